// A project at a glance: what was done on each day, what it was agreed to cost, and how sure its tasks are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/engine/routing/labels_to_go.h"
#include "mizan/store/quality/report_facts.h"

namespace mizan::app {

struct ConfidenceBins {
  std::string question{};
  std::vector<std::int64_t> task_counts{};  ///< 20: confidence in [i/20, (i+1)/20)
};

/// Annotations, without gold, until every task that is under way has ended.
struct AnnotationsToGo {
  routing::LabelsToGo count{};
  std::optional<double> target_posterior{};  ///< what ends a task; none = a number of labels
};

struct ProjectOverview {
  std::vector<store::DayCount> days{};        ///< by day, then supplier
  std::vector<store::SupplierSpend> spend{};  ///< by supplier and currency
  std::vector<ConfidenceBins> confidence{};   ///< by question; empty for a supplier's people
  std::optional<AnnotationsToGo> to_go{};     ///< none for a supplier's people
};

struct ReadOverview {
  domain::ProjectId project;
  std::int64_t day_count = 14;  ///< back from today
};
/// A supplier sees its own days and prices.
/// @cost O(annotations of the project) over narrow columns
[[nodiscard]] Result<ProjectOverview> read_overview(Service& service, const Caller& caller,
                                                    const ReadOverview& query);

}  // namespace mizan::app
