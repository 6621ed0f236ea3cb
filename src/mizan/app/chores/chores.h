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

/// A chore keeps no state that matters: killed between two steps, it goes on where the database says. On
/// PostgreSQL several nodes run it; one that may run only once takes its turn in chore_turns.
struct Chore {
  std::string name;                        ///< "publish_events"; appears in logs and metrics
  Duration interval = {1'000'000};         ///< to wait after a step that found nothing more to do
  std::function<Result<Step>()> run_once;  ///< one bounded step; an error is reported and tried again later
};

/// Runs chores until it is stopped or destroyed. After errors a chore waits longer and longer, up to 30 s.
class Chores {
 public:
  /// Told of every failed step, from the chore's thread.
  using Report = std::function<void(std::string_view chore, const Error& error)>;
  explicit Chores(Report report);
  ~Chores();
  Chores(const Chores&) = delete;
  Chores& operator=(const Chores&) = delete;

  void start(Chore chore);
  /// Lets running steps finish; returns when all threads have ended.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::app
