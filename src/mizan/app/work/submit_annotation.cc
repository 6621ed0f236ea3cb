#include "mizan/app/work/submit_annotation.h"

#include <algorithm>
#include <future>
#include <utility>

#include <boost/json/parse.hpp>

#include "mizan/app/work/find_assignment.h"
#include "mizan/app/work/take_annotation.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/store/work/annotator_standing.h"
#include "mizan/store/work/drafts.h"
#include "mizan/store/work/gold_answers.h"
#include "mizan/store/work/lanes.h"

namespace mizan::app {
namespace {

using rules::AssignmentState;

// Answers within this time after the end may still be taken, if the task has room.
constexpr Duration kGraceIfRoom = seconds(30LL * 24 * 3600);
constexpr Duration kGraceAlways = seconds(100LL * 365 * 24 * 3600);

rules::LateRule late_rule(domain::Grace grace, const store::TaskStateRow& task) {
  if (grace == domain::Grace::refuse) return {};
  if (grace == domain::Grace::always) return {.grace = kGraceAlways, .task_has_room = true};
  const bool has_room = task.state == rules::TaskState::gold ||
                        ((task.state == rules::TaskState::open || task.state == rules::TaskState::held) &&
                         task.counts.has_room());
  return {.grace = kGraceIfRoom, .task_has_room = has_room};
}

// One annotation on its way. What the transaction finds is set anew at each run.
class Submitting : public std::enable_shared_from_this<Submitting> {
 public:
  Submitting(Service& service, std::shared_ptr<const Caller> caller, SubmitAnnotation command,
             std::function<void(SubmitAnswer)> done)
      : service_(service),
        caller_(std::move(caller)),
        command_(std::move(command)),
        done_(std::move(done)),
        rng_(service.rng()) {}

  void start() {
    if (auto checked = check_ahead(); !checked) return done_(fail(std::move(checked).error()));
    auto self = shared_from_this();
    service_.database().write_async([self](store::Transaction& tx) { return self->run(tx); },
                                    [self](Result<void> outcome) { self->finish(std::move(outcome)); });
  }

 private:
  struct Found {
    SubmittedAnnotation submitted{};
    std::optional<Error> refused{};  // the draft was kept, so the transaction must not fail
    std::optional<store::GoldAnswerRow> gold{};
    std::int64_t template_version = 0;
  };

  // Checks the answers before the writer's turn, when it is known what they answer.
  Result<void> check_ahead() {
    const auto hint = service_.shared<WorkCache>().hint(command_.assignment);
    if (!hint) return {};
    const auto facts = service_.shared<WorkCache>().known_template(hint->project, hint->template_version);
    if (!facts) return {};
    MIZAN_TRY(checked_, check_answers(*facts, hint->template_version, command_.answers));
    return {};
  }

  Result<void> check_now(store::Transaction& tx, const store::AssignmentRow& row) {
    if (checked_ && checked_->template_version == row.template_version) return {};
    MIZAN_TRY(const auto facts,
              service_.shared<WorkCache>().task_template(tx, row.project_id, row.template_version));
    MIZAN_TRY(checked_, check_answers(*facts, row.template_version, command_.answers));
    return {};
  }

  // What run reads when nothing is out of the ordinary, in its order. A hint that is wrong asks in vain.
  void foresee(store::Transaction& tx) {
    const auto hint = service_.shared<WorkCache>().hint(command_.assignment);
    if (!hint) return;
    tx.foresee([&](store::Transaction& ahead) {
      (void)store::lock_assignment(ahead, hint->project, command_.assignment);
      (void)store::hold_progress(ahead, hint->project, hint->annotator);
      (void)store::find_standing(ahead, hint->project, hint->annotator);
      (void)store::lock_task_state(ahead, hint->project, hint->task);
      (void)store::labels_of_task(ahead, {hint->project, hint->task});
      if (!command_.wants_next) return;
      (void)store::lanes_for(
          ahead,
          {.project_id = hint->project, .annotator_id = hint->annotator, .supplier_id = hint->supplier});
    });
  }

  Result<void> run(store::Transaction& tx) {
    found_ = {};
    foresee(tx);
    MIZAN_TRY(auto row, lock_own_assignment(tx, service_, *caller_,
                                            {rules::Action::submit_annotation, command_.assignment}));
    MIZAN_CHECK_OK(check_now(tx, row));
    found_.template_version = row.template_version;
    const bool is_retry = row.terms.state == AssignmentState::submitted;
    const bool was_live = row.terms.state == AssignmentState::live;
    if (is_retry) MIZAN_CHECK_OK(repeat(tx, row));
    if (is_retry && !command_.wants_next) return {};

    MIZAN_CHECK_OK(store::hold_progress(tx, row.project_id, row.annotator_id));
    MIZAN_TRY(auto standing, store::find_standing(tx, row.project_id, row.annotator_id));
    if (!standing) return fail(ErrorCode::internal, "an assignment of no annotator");
    if (!is_retry) MIZAN_CHECK_OK(take(tx, row, *standing));
    if (found_.refused) return {};
    store::ProgressStep step{.project_id = row.project_id, .annotator_id = row.annotator_id};
    if (!is_retry) ++step.submitted;
    if (command_.wants_next) {
      if (was_live) --standing->live_count;
      standing->submitted_count += step.submitted;
      MIZAN_TRY(step.leased, lease_another(tx, row, *standing));
    }
    if (step.submitted == 0 && step.leased == 0) return {};
    return store::add_progress(tx, step);
  }

  // The assignment was submitted before: the first result again, if the answers are the same.
  Result<void> repeat(store::Transaction& tx, const store::AssignmentRow& row) {
    MIZAN_TRY(const auto annotations, store::annotations_of_task(tx, row.project_id, row.task_id));
    const auto first = std::find_if(annotations.begin(), annotations.end(), [&](const auto& annotation) {
      return annotation.assignment_id == row.assignment_id && !annotation.revises;
    });
    if (first == annotations.end())
      return fail(ErrorCode::internal, "a submitted assignment without an annotation");
    if (first->answers != checked_->text)
      return fail(ErrorCode::conflict,
                  "other answers were submitted for this assignment at " + to_text(first->submitted_at),
                  "/answers", "to change an answer, revise the annotation " + to_text(first->annotation_id));
    found_.submitted = {.project = row.project_id,
                        .assignment = row.assignment_id,
                        .annotation = first->annotation_id,
                        .submitted_at = first->submitted_at,
                        .is_retry = true};
    return find_lesson(tx, row);
  }

  Result<void> take(store::Transaction& tx, store::AssignmentRow& row, const store::StandingRow& standing) {
    const Instant now = service_.now();
    MIZAN_TRY(const auto facts,
              service_.shared<WorkCache>().project(tx, row.project_id, standing.project_version));
    const ProjectFacts& project = *facts;
    MIZAN_TRY(auto task, store::lock_task_state(tx, row.project_id, row.task_id));
    if (!task) return fail(ErrorCode::internal, "an assignment of no task");
    const bool was_live = row.terms.state == AssignmentState::live;
    auto settled = rules::settle(row.terms, now, late_rule(project.settings.grace, *task));
    if (!settled) return refuse(tx, row, std::move(settled).error());

    const store::AnnotationRow annotation{.project_id = row.project_id,
                                          .annotation_id = service_.ids().make<domain::AnnotationId>(),
                                          .task_id = row.task_id,
                                          .assignment_id = row.assignment_id,
                                          .annotator_id = row.annotator_id,
                                          .supplier_id = row.supplier_id,
                                          .template_version = row.template_version,
                                          .answers = checked_->text,
                                          .duration_us = command_.duration_us,
                                          .submitted_at = now,
                                          .price_micros = standing.price_micros,
                                          .currency = standing.currency};
    row.terms = *settled;
    row.annotation_id = annotation.annotation_id;
    MIZAN_CHECK_OK(store::update_assignment(tx, row));
    if (!row.is_gold) count_answer(*task, was_live);
    MIZAN_CHECK_OK(take_annotation(
        tx, service_, {.task = *task, .project = project, .now = now},
        {.row = annotation, .answers = *checked_, .is_gold_assignment = row.is_gold, .rng = rng_.split(0)}));
    found_.submitted = {.project = row.project_id,
                        .assignment = row.assignment_id,
                        .annotation = annotation.annotation_id,
                        .submitted_at = now};
    if (!project.settings.gold.training) return {};
    return find_lesson(tx, row);
  }

  static void count_answer(store::TaskStateRow& task, bool was_live) {
    if (was_live) --task.counts.live_count;
    ++task.counts.done_count;
    // A late answer that is always taken lifts the task above its overlap.
    task.counts.wanted_count =
        std::max(task.counts.wanted_count, task.counts.live_count + task.counts.done_count);
  }

  Result<void> refuse(store::Transaction& tx, const store::AssignmentRow& row, Error error) {
    error.hint = "the answers were kept as the assignment's draft; " + error.hint;
    found_.refused = std::move(error);
    return store::save_draft(tx, {.project_id = row.project_id,
                                  .assignment_id = row.assignment_id,
                                  .answers = checked_->text,
                                  .saved_at = service_.now()});
  }

  Result<void> find_lesson(store::Transaction& tx, const store::AssignmentRow& row) {
    MIZAN_TRY(const auto project, project_facts(tx, service_, row.project_id));
    if (!project->settings.gold.training) return {};
    MIZAN_TRY(found_.gold, store::find_gold_answer(tx, row.project_id, row.task_id));
    return {};
  }

  // @out assignments newly given
  Result<std::int64_t> lease_another(store::Transaction& tx, const store::AssignmentRow& row,
                                     const store::StandingRow& standing) {
    auto outcome = lease_uncounted(tx, service_,
                                   {.project = row.project_id,
                                    .annotator = row.annotator_id,
                                    .now = service_.now(),
                                    .rng = rng_.split(1)},
                                   standing);
    // The answer is taken, whether or not there is more work.
    if (!outcome && outcome.error().code == ErrorCode::not_eligible) return 0;
    if (!outcome) return fail(std::move(outcome).error());
    found_.submitted.next = std::move(outcome->given);
    return leased_count(*outcome);
  }

  void finish(Result<void> outcome) {
    if (!outcome) return done_(fail(std::move(outcome).error()));
    if (found_.refused) return done_(fail(*std::move(found_.refused)));
    WorkCache& cache = service_.shared<WorkCache>();
    if (const auto& next = found_.submitted.next) cache.remember_assignment(next->row);
    if (found_.gold) teach(cache);
    done_(std::move(found_.submitted));
  }

  void teach(const WorkCache& cache) {
    const auto facts = cache.known_template(found_.submitted.project, found_.template_version);
    boost::json::error_code bad;
    const auto document = boost::json::parse(found_.gold->answers, bad);
    if (!facts || bad) return;
    const auto gold = domain::parse_gold_answers(facts->parsed, document);
    if (!gold) return;
    found_.submitted.lesson = Lesson{.scores = domain::score_gold(facts->parsed, *gold, checked_->answers),
                                     .right_answers = found_.gold->answers,
                                     .explanation = found_.gold->explanation};
  }

  Service& service_;
  const std::shared_ptr<const Caller> caller_;
  const SubmitAnnotation command_;
  const std::function<void(SubmitAnswer)> done_;
  const Rng rng_;
  std::optional<CheckedAnswers> checked_{};
  Found found_{};
};

}  // namespace

void submit_annotation(Service& service, std::shared_ptr<const Caller> caller, SubmitAnnotation command,
                       std::function<void(SubmitAnswer)> done) {
  std::make_shared<Submitting>(service, std::move(caller), std::move(command), std::move(done))->start();
}

SubmitAnswer submit_annotation(Service& service, const Caller& caller, SubmitAnnotation command) {
  std::promise<SubmitAnswer> promise;
  auto answer = promise.get_future();
  submit_annotation(service, std::make_shared<const Caller>(caller), std::move(command),
                    [&](SubmitAnswer submitted) { promise.set_value(std::move(submitted)); });
  return answer.get();
}

}  // namespace mizan::app
