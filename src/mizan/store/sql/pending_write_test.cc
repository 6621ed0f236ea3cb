#include "mizan/store/sql/pending_write.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

namespace mizan::store {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

void put(WriteQueue& queue, int count) {
  for (int i = 0; i < count; ++i) queue.put({.fn = {}, .done = [](const Result<void>&) {}});
}

TEST(WriteQueueGathering, ends_as_soon_as_the_company_has_come) {
  WriteQueue queue(100);
  put(queue, 1);
  std::thread others([&] { put(queue, 4); });
  const auto began = SteadyClock::now();
  EXPECT_EQ(queue.take(10, {.wanted = 5, .patience = 60s}).size(), 5U);
  EXPECT_LT(SteadyClock::now() - began, 30s);
  others.join();
}

TEST(WriteQueueGathering, is_no_longer_than_its_patience) {
  WriteQueue queue(100);
  put(queue, 2);
  EXPECT_EQ(queue.take(10, {.wanted = 5, .patience = 1ms}).size(), 2U);
  EXPECT_EQ(queue.size(), 0U);
  // A later write alone wakes the writer again.
  std::thread later([&] { put(queue, 1); });
  EXPECT_EQ(queue.take(10).size(), 1U);
  later.join();
}

TEST(WriteQueueGathering, never_waits_for_more_than_fit_into_a_group) {
  WriteQueue queue(100);
  put(queue, 4);
  EXPECT_EQ(queue.take(3, {.wanted = 1'000, .patience = 60s}).size(), 3U);
  EXPECT_EQ(queue.size(), 1U);
}

TEST(WriteQueueGathering, ends_when_the_queue_is_closed) {
  WriteQueue queue(100);
  put(queue, 1);
  std::thread closing([&] { queue.close(); });
  EXPECT_EQ(queue.take(10, {.wanted = 5, .patience = 60s}).size(), 1U);
  closing.join();
}

}  // namespace
}  // namespace mizan::store
