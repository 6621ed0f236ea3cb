#include "mizan/app/quality/take_labels.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "mizan/app/models/live_models.h"
#include "mizan/engine/routing/next_step.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

routing::StoppingRule stopping_rule(const TaskWants& wants) {
  const domain::ProjectSettings& settings = wants.settings;
  routing::StoppingRule rule;
  rule.labels_per_task = wants.labels_per_task;
  rule.cap = std::max(wants.labels_per_task, settings.overlap.max_labels_per_task);
  if (settings.overlap.kind == domain::Overlap::adaptive)
    rule.target_posterior = settings.overlap.target_posterior;
  if (settings.tie_breaker) {
    rule.split_below = settings.tie_breaker->top_share_below;
    rule.max_extra_labels = settings.tie_breaker->max_extra_labels;
  }
  rule.can_escalate = !settings.escalate_to.empty();
  return rule;
}

rules::Decision decision_of(routing::NextStep step) {
  switch (step) {
    case routing::NextStep::done:
      return rules::Decision::enough;
    case routing::NextStep::ask_again:
      return rules::Decision::ask_again;
    case routing::NextStep::escalate:
      return rules::Decision::escalate;
  }
  return rules::Decision::enough;
}

void decide(const TaskWants& wants, TaskDecision& decision) {
  routing::TaskEvidence evidence;
  evidence.label_count = wants.annotation_count;
  evidence.confidence = decision.confidence;
  evidence.top_share = decision.top_share;
  evidence.was_escalated = wants.was_escalated;
  evidence.expert_answered = wants.was_escalated;
  decision.decision = decision_of(routing::next_step(stopping_rule(wants), evidence));
}

Result<std::int64_t> code_of(store::Transaction& tx, Service& service, domain::ProjectId project,
                             const domain::QuestionLabel& label) {
  MIZAN_TRY(auto classes, service.shared<LiveModels>().classes(tx, project));
  std::int64_t code = class_code_of(*classes, label.question, label.label);
  if (code >= 0) return code;
  MIZAN_TRY(classes, service.shared<LiveModels>().reload_classes(tx, project));
  code = class_code_of(*classes, label.question, label.label);
  if (code >= 0) return code;
  return fail(ErrorCode::bad_answer,
              "question '" + label.question + "' of this project has no class '" + label.label + "'",
              "/answers/" + label.question);
}

// @out the labels that were put
Result<std::vector<store::TaskLabel>> put_labels(store::Transaction& tx, Service& service,
                                                 const TakenAnnotation& taken) {
  if (taken.is_revision)
    MIZAN_CHECK_OK(store::delete_labels_of_annotator(tx, {taken.project, taken.task}, taken.annotator));
  std::vector<store::TaskLabel> put;
  for (const domain::QuestionLabel& label : taken.labels) {
    MIZAN_TRY(const std::int64_t code, code_of(tx, service, taken.project, label));
    put.push_back({taken.task, label.question, taken.annotator, taken.supplier, code, taken.annotation});
    MIZAN_CHECK_OK(store::put_label(tx, taken.project, put.back()));
  }
  return put;
}

// Puts a label where labels_of_task would have it: questions together, in each by annotator.
void merge(std::vector<store::TaskLabel>& labels, const store::TaskLabel& label) {
  auto at = std::find_if(labels.begin(), labels.end(),
                         [&](const auto& other) { return other.question == label.question; });
  const auto is_before = [&](const auto& other) {
    return other.question == label.question && other.annotator.value < label.annotator.value;
  };
  while (at != labels.end() && is_before(*at)) ++at;
  if (at != labels.end() && at->question == label.question && at->annotator == label.annotator)
    *at = label;
  else
    labels.insert(at, label);
}

// The task's labels with those of this annotation, which are put. What was there is read first: an answer
// that was asked for ahead (Transaction::foresee) is of before.
Result<std::vector<store::TaskLabel>> add_labels(store::Transaction& tx, Service& service,
                                                 const TakenAnnotation& taken) {
  MIZAN_TRY(auto labels, store::labels_of_task(tx, {taken.project, taken.task}));
  const auto is_own = [&](const auto& label) { return label.annotator == taken.annotator; };
  if (taken.is_revision) labels.erase(std::remove_if(labels.begin(), labels.end(), is_own), labels.end());
  MIZAN_TRY(const auto put, put_labels(tx, service, taken));
  for (const store::TaskLabel& label : put) merge(labels, label);
  return labels;
}

// The labels of one question, the least sure of which decide.
Result<void> believe_question(store::Transaction& tx, Service& service, domain::ProjectId project,
                              std::span<const store::TaskLabel> labels, TaskDecision& decision) {
  const store::TaskLabel& first = labels.front();
  const store::QuestionKey key{project, first.question};
  MIZAN_TRY(const auto model, service.shared<LiveModels>().find(tx, key));
  MIZAN_TRY(const auto classes, service.shared<LiveModels>().classes(tx, project));
  const auto known = classes->find(first.question);
  const QuestionBelief belief =
      believe(*model, {.labels = labels, .class_count = known == classes->end() ? 0 : known->second.size()});
  decision.confidence = std::min(decision.confidence, belief.confidence);
  decision.top_share = std::min(decision.top_share, belief.top_share);
  store::ConsensusRow row;
  row.task = first.task;
  row.question = first.question;
  row.class_code = belief.class_code;
  row.confidence = belief.confidence;
  row.posterior = belief.calibrated;
  row.raw_posterior = belief.raw;
  row.top_share = belief.top_share;
  row.label_count = static_cast<std::int64_t>(labels.size());
  row.model_version = model->version;
  row.updated_at = service.now();
  return store::put_consensus(tx, project, row);
}

// All labels of a task, those of a question together.
Result<TaskDecision> believe_labels(store::Transaction& tx, Service& service, domain::ProjectId project,
                                    const std::vector<store::TaskLabel>& labels, const TaskWants& wants) {
  TaskDecision decision;
  for (std::size_t begin = 0; begin < labels.size();) {
    std::size_t end = begin + 1;
    while (end < labels.size() && labels[end].question == labels[begin].question) ++end;
    MIZAN_CHECK_OK(
        believe_question(tx, service, project, std::span(labels).subspan(begin, end - begin), decision));
    begin = end;
  }
  decide(wants, decision);
  return decision;
}

}  // namespace

Result<TaskDecision> update_consensus(store::Transaction& tx, Service& service, const store::TaskKey& task,
                                      const TaskWants& wants) {
  MIZAN_TRY(const auto labels, store::labels_of_task(tx, task));
  return believe_labels(tx, service, task.project, labels, wants);
}

Result<void> take_late_labels(store::Transaction& tx, Service& service, const TakenAnnotation& taken,
                              const TaskWants& wants) {
  MIZAN_TRY(const auto labels, add_labels(tx, service, taken));
  MIZAN_CHECK_OK(store::recount_settled_consensus(tx, {taken.project, taken.task}));
  MIZAN_CHECK_OK(believe_labels(tx, service, taken.project, labels, wants));
  return {};
}

Result<TaskDecision> take_labels(store::Transaction& tx, Service& service, const TakenAnnotation& taken,
                                 const TaskWants& wants) {
  const store::TaskKey task{taken.project, taken.task};
  if (taken.is_gold) {
    MIZAN_CHECK_OK(put_labels(tx, service, taken));
    MIZAN_CHECK_OK(store::recount_settled_consensus(tx, task));
    return TaskDecision{};
  }
  MIZAN_TRY(const auto labels, add_labels(tx, service, taken));
  if (taken.is_revision) MIZAN_CHECK_OK(store::delete_empty_consensus(tx, task));
  return believe_labels(tx, service, taken.project, labels, wants);
}

Result<void> take_back_labels(store::Transaction& tx, const store::TaskKey& task,
                              domain::AnnotationId annotation) {
  MIZAN_CHECK_OK(store::delete_labels_of_annotation(tx, task, annotation));
  MIZAN_CHECK_OK(store::delete_empty_consensus(tx, task));
  return store::recount_settled_consensus(tx, task);
}

}  // namespace mizan::app
