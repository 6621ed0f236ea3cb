#include "mizan/app/chores/chores.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mizan::app {
namespace {

constexpr Duration kLongestWait = seconds(30);

// Foreign exceptions stop here: a chore's thread outlives a failed step.
Result<Step> guarded_step(const Chore& chore) {
  try {
    return chore.run_once();
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what(), chore.name);
  }
}

}  // namespace

struct Chores::State {
  explicit State(Report report_) : report(std::move(report_)) {}

  // False: the chores were stopped meanwhile.
  bool wait(Duration span) {
    std::unique_lock lock(mutex);
    stopping.wait_for(lock, std::chrono::microseconds(span.us), [&] { return is_stopped; });
    return !is_stopped;
  }

  void run(const Chore& chore) {
    Duration pause = chore.interval;
    while (true) {
      const Result<Step> step = guarded_step(chore);
      if (!step) {
        report(chore.name, step.error());
        pause = std::min(Duration{std::max<std::int64_t>(pause.us, 1000) * 2}, kLongestWait);
      } else {
        pause = *step == Step::more ? Duration{0} : chore.interval;
      }
      if (!wait(pause)) return;
      if (step && *step == Step::more) pause = chore.interval;
    }
  }

  const Report report;
  std::mutex mutex;
  std::condition_variable stopping;
  bool is_stopped = false;
  std::vector<std::thread> threads;
};

Chores::Chores(Report report) : state_(std::make_unique<State>(std::move(report))) {}
Chores::~Chores() {
  stop();
}

void Chores::start(Chore chore) {
  state_->threads.emplace_back([state = state_.get(), chore = std::move(chore)] { state->run(chore); });
}

void Chores::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->stopping.notify_all();
  for (std::thread& thread : state_->threads)
    if (thread.joinable()) thread.join();
}

}  // namespace mizan::app
