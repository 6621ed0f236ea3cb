// Where a task stands in its project's queue. Pure.
//
//   open ⇄ full              by counts alone: open while live + done < wanted
//   open, full ──▶ done | escalated | open (wanted + 1)     the decision after an answer
//   done, escalated ──▶ open                                reopened: a review sent an answer back
//   open ⇄ held, open ──▶ cancelled                         with the batch: held while it does not run
//
// Only `open` tasks are in the queue's index. A `gold` task stands outside the queue: it is mixed in among
// the others and may be given to any number of annotators.
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/enum_names.h"

namespace mizan::rules {

enum class TaskState : std::uint8_t { open, full, done, escalated, held, cancelled, gold };
inline constexpr EnumNames<TaskState, 7> kTaskStates{
    "state of a task", {"open", "full", "done", "escalated", "held", "cancelled", "gold"}};
[[nodiscard]] constexpr std::string_view to_text(TaskState state) {
  return kTaskStates(state);
}

/// Invariants: 0 <= live_count, 0 <= done_count, live_count + done_count <= wanted_count (the overlap).
struct TaskCounts {
  int wanted_count = 1;
  int live_count = 0;
  int done_count = 0;

  [[nodiscard]] constexpr bool has_room() const { return live_count + done_count < wanted_count; }
};

/// What is believed after an answer came.
enum class Decision : std::uint8_t { enough, ask_again, escalate };
inline constexpr EnumNames<Decision, 3> kDecisions{"decision", {"enough", "ask_again", "escalate"}};
[[nodiscard]] constexpr std::string_view to_text(Decision decision) {
  return kDecisions(decision);
}

/// The state by counts alone: for a task whose batch runs and about which nothing was decided.
[[nodiscard]] constexpr TaskState undecided_state(const TaskCounts& counts) {
  return counts.has_room() ? TaskState::open : TaskState::full;
}

/// The state after an answer and the decision on it; `counts` already has the answer in it (and, after
/// ask_again, one more in wanted_count if there was no room). While others are still at work nothing is
/// closed under their hands: a task with live assignments is full until the last of them is settled.
[[nodiscard]] constexpr TaskState decided_state(const TaskCounts& counts, Decision decision) {
  if (decision == Decision::ask_again) return undecided_state(counts);
  if (counts.live_count > 0) return TaskState::full;
  return decision == Decision::enough ? TaskState::done : TaskState::escalated;
}

}  // namespace mizan::rules
