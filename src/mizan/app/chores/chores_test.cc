#include "mizan/app/chores/chores.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace mizan::app {
namespace {

TEST(Chores, take_steps_until_stopped_and_survive_errors_and_exceptions) {
  std::atomic<int> steps{0}, reports{0};
  Chores chores([&](std::string_view name, const Error&) {
    EXPECT_EQ(name, "test");
    ++reports;
  });
  chores.start({.name = "test", .interval = {1000}, .run_once = [&]() -> Result<Step> {
                  const int step = ++steps;
                  if (step == 1) return fail(ErrorCode::internal, "once");
                  if (step == 2) throw std::runtime_error("twice");
                  return step < 100 ? Step::more : Step::done;
                }});
  while (steps < 102) std::this_thread::yield();
  chores.stop();
  EXPECT_EQ(reports, 2);
  const int stopped_at = steps;
  std::this_thread::yield();
  EXPECT_EQ(steps, stopped_at);
}

}  // namespace
}  // namespace mizan::app
