#include "mizan/app/inference/run_inference.h"

#include <algorithm>
#include <utility>

#include "mizan/app/inference/publish_models.h"
#include "mizan/app/models/live_models.h"
#include "mizan/store/events/events.h"
#include "mizan/store/upkeep/turns.h"

namespace mizan::app {

InferenceRun::InferenceRun(Service& service, const InferenceOptions& options)
    : service_(service), options_(options), pool_(options.threads) {}

InferenceRun::~InferenceRun() = default;

Result<bool> InferenceRun::has_turn(domain::ProjectId project) {
  const std::string name = "inference " + to_text(project);
  const Instant now = service_.now();
  return service_.database().write([&](store::Transaction& tx) {
    return store::take_turn(tx, {name, service_.node_number()}, now, now + options_.turn);
  });
}

// Nothing has happened since the newest models were published.
Result<bool> InferenceRun::is_learned(domain::ProjectId project, std::int64_t newest_sequence) {
  return service_.database().read([&](store::Transaction& tx) -> Result<bool> {
    MIZAN_TRY(const auto learned, store::learned_sequence(tx, project));
    return learned && *learned >= newest_sequence;
  });
}

bool InferenceRun::is_due(const ProjectRun& run) const {
  if (run.learner->changes() == 0) return false;
  if (at_once_) return true;
  const Duration wait = std::max(options_.between_models, Duration{10 * run.last_took.us});
  return service_.now() - run.published_at >= wait;
}

Result<void> InferenceRun::publish(ProjectRun& run) {
  const Instant start = service_.now();
  const Progress progress;
  MIZAN_TRY(const auto learned, run.learner->learn({pool_, progress}));
  MIZAN_CHECK_OK(publish_models(service_, learned));
  for (const ProjectLearner::Learned& each : learned)
    MIZAN_CHECK_OK(prune_models(service_, each.draft.model.key));
  run.refresh.emplace(run.learner->project(), options_.refresh);
  run.published_at = service_.now();
  run.last_took = run.published_at - start;
  return {};
}

// Loads the project or follows its events. @out whether there are more of them
Result<bool> InferenceRun::hear(domain::ProjectId project, ProjectRun& run) {
  return service_.database().read([&](store::Transaction& tx) -> Result<bool> {
    if (run.learner == nullptr) {
      MIZAN_TRY(run.learner, ProjectLearner::load(tx, project));
      return false;
    }
    MIZAN_TRY(const std::size_t heard, run.learner->follow(tx, options_.events_at_once));
    return static_cast<std::int64_t>(heard) == options_.events_at_once;
  });
}

Result<bool> InferenceRun::step_project(domain::ProjectId project, std::int64_t newest_sequence) {
  const auto known = projects_.find(project);
  const bool is_idle = known != projects_.end() && known->second.learner->changes() == 0 &&
                       !known->second.refresh && known->second.learner->after_sequence() >= newest_sequence;
  if (is_idle) return false;
  if (known == projects_.end()) {
    MIZAN_TRY(const bool is_done, is_learned(project, newest_sequence));
    if (is_done) return false;
  }
  MIZAN_TRY(const bool is_ours, has_turn(project));
  if (!is_ours) {
    projects_.erase(project);  // what this node believed of it may be old by now
    return false;
  }
  ProjectRun& run = projects_[project];
  MIZAN_TRY(const bool has_more_events, hear(project, run));
  if (has_more_events) return true;
  if (is_due(run)) MIZAN_CHECK_OK(publish(run));
  if (!run.refresh) return false;
  MIZAN_TRY(const bool has_more_rows, run.refresh->step(service_));
  if (!has_more_rows) run.refresh.reset();
  return has_more_rows;
}

Result<bool> InferenceRun::step() {
  MIZAN_CHECK_OK(service_.shared<LiveModels>().refresh(service_.database()));
  MIZAN_TRY(const auto heads,
            service_.database().read([](store::Transaction& tx) { return store::event_heads(tx); }));
  bool has_more = false;
  for (const store::EventHead& head : heads) {
    if (head.project_id.value == 0) continue;
    auto stepped = step_project(head.project_id, head.sequence);
    if (!stepped) {
      projects_.erase(head.project_id);  // begins again from the database
      return fail(std::move(stepped).error());
    }
    has_more = has_more || *stepped;
  }
  return has_more;
}

Result<void> InferenceRun::catch_up() {
  at_once_ = true;
  bool has_more = true;
  while (has_more) {
    MIZAN_TRY(has_more, step());
  }
  at_once_ = false;
  return {};
}

}  // namespace mizan::app
