#include "mizan/engine/routing/next_step.h"

namespace mizan::routing {
namespace {

NextStep give_up(const StoppingRule& rule) {
  return rule.can_escalate ? NextStep::escalate : NextStep::done;
}

}  // namespace

NextStep next_step(const StoppingRule& rule, const TaskEvidence& evidence) {
  if (evidence.was_escalated) return evidence.expert_answered ? NextStep::done : NextStep::escalate;
  if (evidence.label_count < rule.labels_per_task) return NextStep::ask_again;
  if (rule.target_posterior) {
    if (evidence.confidence >= *rule.target_posterior) return NextStep::done;
    return evidence.label_count < rule.cap ? NextStep::ask_again : give_up(rule);
  }
  const bool is_split = rule.split_below && evidence.top_share < *rule.split_below;
  if (!is_split) return NextStep::done;
  const std::int64_t most = rule.labels_per_task + rule.max_extra_labels;
  return evidence.label_count < most ? NextStep::ask_again : give_up(rule);
}

std::string_view next_step_name(NextStep step) {
  switch (step) {
    case NextStep::done:
      return "done";
    case NextStep::ask_again:
      return "ask_again";
    case NextStep::escalate:
      return "escalate";
  }
  return "";
}

}  // namespace mizan::routing
