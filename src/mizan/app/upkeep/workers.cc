#include "mizan/app/upkeep/workers.h"

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

// Foreign exceptions stop here: a worker's thread outlives a failed step.
Result<Step> guarded_step(const Worker& worker) {
  try {
    return worker.run_once();
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what(), worker.name);
  }
}

}  // namespace

struct Workers::State {
  explicit State(Report report_) : report(std::move(report_)) {}

  // False: the workers were stopped meanwhile.
  bool wait(Duration span) {
    std::unique_lock lock(mutex);
    stopping.wait_for(lock, std::chrono::microseconds(span.us), [&] { return is_stopped; });
    return !is_stopped;
  }

  void run(const Worker& worker) {
    Duration pause = worker.interval;
    while (true) {
      const Result<Step> step = guarded_step(worker);
      if (!step) {
        report(worker.name, step.error());
        pause = std::min(Duration{std::max<std::int64_t>(pause.us, 1000) * 2}, kLongestWait);
      } else {
        pause = *step == Step::more ? Duration{0} : worker.interval;
      }
      if (!wait(pause)) return;
      if (step && *step == Step::more) pause = worker.interval;
    }
  }

  const Report report;
  std::mutex mutex;
  std::condition_variable stopping;
  bool is_stopped = false;
  std::vector<std::thread> threads;
};

Workers::Workers(Report report) : state_(std::make_unique<State>(std::move(report))) {}
Workers::~Workers() {
  stop();
}

void Workers::start(Worker worker) {
  state_->threads.emplace_back([state = state_.get(), worker = std::move(worker)] { state->run(worker); });
}

void Workers::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->stopping.notify_all();
  for (std::thread& thread : state_->threads)
    if (thread.joinable()) thread.join();
}

}  // namespace mizan::app
