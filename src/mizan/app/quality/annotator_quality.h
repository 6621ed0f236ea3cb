// One annotator's work in a project: how good it is and how that changed, what is mistaken for what, how it
// agrees with the others, how fast it is, and what is odd about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/audit_report.h"
#include "mizan/app/quality/scorecards.h"
#include "mizan/app/service.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/engine/supplier/intervals.h"

namespace mizan::app {

/// A stretch of an annotator's labels, in the order in which they came.
struct QualityPeriod {
  Instant from{};
  Instant to{};
  ::mizan::supplier::Accuracy accuracy{};
};

struct AnnotatorQuality {
  std::string question{};
  domain::AnnotatorId annotator;
  domain::SupplierId supplier;
  std::string contributor_id{};
  ::mizan::supplier::Accuracy accuracy{};
  std::vector<QualityPeriod> periods{};
  std::vector<std::string> classes{};
  std::vector<double> confusion{};  ///< [K,K] shares, row = right answer; empty with too many classes
  double agreement = 0;             ///< share of labels that are the consensus
  ::mizan::supplier::Interval agreement_interval{};
  std::optional<double> seconds_median{};
  std::vector<double> others_seconds{};  ///< medians of the project's other annotators, sorted
  std::vector<FlagReport> flags{};
  std::vector<CopiedPairReport> copied_pairs{};  ///< this annotator stands in each of them
};

struct ReadAnnotatorQuality {
  domain::ProjectId project;
  domain::AnnotatorId annotator;
  std::string question{};  ///< empty = the first that has labels
};
/// A supplier sees its own annotators, and nobody's else in pairs.
/// @errors not_found: no labels of this annotator, or not within reach
/// @cost   that of scorecards, and of the project's report when labels have come
[[nodiscard]] Result<AnnotatorQuality> read_annotator_quality(Service& service, const Caller& caller,
                                                              const ReadAnnotatorQuality& query);

}  // namespace mizan::app
