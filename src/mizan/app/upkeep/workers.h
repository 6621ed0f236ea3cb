// Background work of a server: small steps, done again and again, each on a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"

namespace mizan::app {

/// What one step found. `more`: take the next step at once.
enum class Step : std::uint8_t { done, more };

/// A worker keeps no state that matters: killed between two steps, it goes on where the database says. On
/// PostgreSQL several nodes run it; one that may run only once takes its turn in worker_turns.
struct Worker {
  std::string name;                        ///< "publish_events"; appears in logs and metrics
  Duration interval = {1'000'000};         ///< to wait after a step that found nothing more to do
  std::function<Result<Step>()> run_once;  ///< one bounded step; an error is reported and tried again later
};

/// Runs workers until it is stopped or destroyed. After errors a worker waits longer and longer, up to 30 s.
class Workers {
 public:
  /// Told of every failed step, from the worker's thread.
  using Report = std::function<void(std::string_view worker, const Error& error)>;
  explicit Workers(Report report);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void start(Worker worker);
  /// Lets running steps finish; returns when all threads have ended.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::app
