// The rules of a batch: tasks given to suppliers together, started, paused and accepted together. Pure.
//
//   draft ──stage()──▶ staged ──start()──▶ running ◀──resume()── paused
//     │                  │                 │  │  └────pause()─────▶ │
//     │                  │                 │  └────finish()──▶ finished ◀──finish()
//     └───cancel()───────┴─────cancel()────┴──▶ cancelled ◀──cancel()──┘
//
// No other edge exists; see batch_test.cc "every pair of states".
//
// | state     | tasks may be added | leases its tasks | answers of live assignments count |
// |-----------|--------------------|------------------|-----------------------------------|
// | draft     | yes                | no               | (there are none)                  |
// | staged    | yes                | no               | (there are none)                  |
// | running   | yes                | yes              | yes                               |
// | paused    | yes                | no               | yes                               |
// | finished  | no                 | no               | yes: finishing takes nothing away |
// | cancelled | no                 | no               | yes: cancelling takes nothing away|
#pragma once

#include <cstdint>
#include <string_view>

#include "mizan/base/enum_names.h"
#include "mizan/base/result.h"

namespace mizan::rules {

enum class BatchState : std::uint8_t { draft, staged, running, paused, finished, cancelled };
inline constexpr EnumNames<BatchState, 6> kBatchStates{
    "state of a batch", {"draft", "staged", "running", "paused", "finished", "cancelled"}};
[[nodiscard]] constexpr std::string_view to_text(BatchState state) {
  return kBatchStates(state);
}

/// calibration: a first, small batch that shows whether instructions and suppliers are ready; production: the
/// work.
enum class BatchKind : std::uint8_t { calibration, production };
inline constexpr EnumNames<BatchKind, 2> kBatchKinds{"kind of batch", {"calibration", "production"}};
[[nodiscard]] constexpr std::string_view to_text(BatchKind kind) {
  return kBatchKinds(kind);
}

enum class BatchStep : std::uint8_t { stage, start, pause, resume, finish, cancel };
inline constexpr EnumNames<BatchStep, 6> kBatchSteps{
    "step of a batch", {"stage", "start", "pause", "resume", "finish", "cancel"}};
[[nodiscard]] constexpr std::string_view to_text(BatchStep step) {
  return kBatchSteps(step);
}

/// The state after `step`.
/// @errors illegal_transition: the drawing has no such edge; the hint names the steps that there are
[[nodiscard]] Result<BatchState> after(BatchState state, BatchStep step);

[[nodiscard]] constexpr bool takes_tasks(BatchState state) {
  return state != BatchState::finished && state != BatchState::cancelled;
}
[[nodiscard]] constexpr bool gives_leases(BatchState state) {
  return state == BatchState::running;
}

/// Whether cancelling the batch cancels this task: only if nobody has started it.
[[nodiscard]] constexpr bool cancelled_with_batch(int live_count, int done_count) {
  return live_count == 0 && done_count == 0;
}

}  // namespace mizan::rules
