#include "mizan/app/quality/overview.h"

#include <algorithm>

#include <boost/json.hpp>

#include "mizan/app/models/live_models.h"
#include "mizan/domain/project_settings.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::size_t kBins = 20;

Result<std::vector<ConfidenceBins>> confidence_of(store::Transaction& tx, Service& service,
                                                  domain::ProjectId project) {
  MIZAN_TRY(const auto classes, service.shared<LiveModels>().reload_classes(tx, project));
  std::vector<ConfidenceBins> all;
  for (const auto& [question, names] : *classes) {
    MIZAN_TRY(const auto counts, store::count_by_confidence(tx, project, question));
    if (counts.empty()) continue;
    ConfidenceBins bins{question, std::vector<std::int64_t>(kBins, 0)};
    for (const store::ConfidenceCount& each : counts)
      bins.task_counts[static_cast<std::size_t>(std::clamp<std::int64_t>(each.bin, 0, kBins - 1))] +=
          each.task_count;
    all.push_back(std::move(bins));
  }
  return all;
}

// Where tasks are decided: adaptive up to the cap, split ones up to the extra labels, others at what they
// want.
routing::DecisionRange decision_range(const domain::ProjectSettings& settings) {
  const domain::OverlapSettings& overlap = settings.overlap;
  routing::DecisionRange range{.first = overlap.labels_per_task, .cap = overlap.labels_per_task};
  if (overlap.kind == domain::Overlap::adaptive) range.cap = overlap.max_labels_per_task;
  if (overlap.kind == domain::Overlap::fixed && settings.tie_breaker)
    range.cap = overlap.labels_per_task + settings.tie_breaker->max_extra_labels;
  return range;
}

Result<AnnotationsToGo> to_go_of(store::Transaction& tx, domain::ProjectId project) {
  MIZAN_TRY(const auto row, store::find_project(tx, project));
  if (!row) return fail(ErrorCode::not_found, "there is no project " + to_text(project), "project_id");
  MIZAN_TRY(const auto settings,
            domain::parse_project_settings(boost::json::parse(row->settings).as_object()));
  MIZAN_TRY(const auto counts, store::count_by_labels(tx, project));
  std::vector<routing::TaskGroup> groups;
  for (const store::TaskLabelCount& each : counts)
    groups.push_back({each.is_ended, each.wanted_count, each.done_count, each.task_count});
  AnnotationsToGo out{.count = routing::labels_to_go(groups, decision_range(settings))};
  if (settings.overlap.kind == domain::Overlap::adaptive)
    out.target_posterior = settings.overlap.target_posterior;
  return out;
}

}  // namespace

Result<ProjectOverview> read_overview(Service& service, const Caller& caller, const ReadOverview& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_progress, rules::at(query.project)));
  const std::int64_t first_day = service.now().us / kDayUs - query.day_count + 1;
  return service.database().read([&](store::Transaction& tx) -> Result<ProjectOverview> {
    ProjectOverview overview;
    MIZAN_TRY(overview.days, store::count_by_day(tx, query.project, Instant{first_day * kDayUs}));
    MIZAN_TRY(overview.spend, store::spend_by_supplier(tx, query.project));
    std::erase_if(overview.days, [&](const auto& each) { return !grant.covers(each.supplier); });
    std::erase_if(overview.spend, [&](const auto& each) { return !grant.covers(each.supplier); });
    if (grant.reach == rules::Reach::all) {
      MIZAN_TRY(overview.confidence, confidence_of(tx, service, query.project));
      MIZAN_TRY(overview.to_go, to_go_of(tx, query.project));
    }
    return overview;
  });
}

}  // namespace mizan::app
