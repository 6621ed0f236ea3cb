// What to do with a task after an annotation: is what we know enough, shall one more annotator be asked, or
// somebody better? Pure values: the posterior was computed elsewhere (engine/truth/online/task_posterior.h).
//
//   labels < wanted ............................. ask_again
//   an expert was asked and has answered ........ done
//   adaptive:  confidence >= target ............. done
//              labels < cap ..................... ask_again
//              cap reached, somebody better ..... escalate, else done
//   otherwise: answers split, extra labels left . ask_again
//              still split, somebody better ..... escalate, else done
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mizan::routing {

enum class NextStep : std::uint8_t { done, ask_again, escalate };

/// When a task is known well enough. Made from a project's settings.
struct StoppingRule {
  std::int64_t labels_per_task = 3;
  std::int64_t cap = 7;                      ///< labels beyond which nobody else of the same kind is asked
  std::optional<double> target_posterior{};  ///< adaptive; nothing = a fixed number of labels
  std::optional<double>
      split_below{};                  ///< a task is split while its most frequent answer has a smaller share
  std::int64_t max_extra_labels = 0;  ///< for split answers
  bool can_escalate = false;          ///< there is a kind of supplier to ask when labels do not settle it
};

/// What is known of a task now. With several questions: the least of each.
struct TaskEvidence {
  std::int64_t label_count = 0;
  double confidence = 0;       ///< highest posterior, calibrated
  double top_share = 1;        ///< share of the most frequent answer among the labels
  bool was_escalated = false;  ///< somebody better was asked; `expert_answered` when they did
  bool expert_answered = false;
};

/// The table above. Monotone: more confidence never asks for more.
[[nodiscard]] NextStep next_step(const StoppingRule& rule, const TaskEvidence& evidence);

/// "done", "ask_again", "escalate".
[[nodiscard]] std::string_view next_step_name(NextStep step);

}  // namespace mizan::routing
