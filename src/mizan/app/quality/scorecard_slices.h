// How good suppliers are in each domain, or each language: the same figures as their scorecards, from the
// tasks of one domain at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/quality/scorecards.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"

namespace mizan::app {

enum class SliceBy : std::uint8_t { domain, language };

struct SupplierSlice {
  domain::SupplierId supplier;
  ::mizan::supplier::Accuracy accuracy{};
};
struct ScorecardSlice {
  std::string value{};  ///< the domain or language; empty = tasks without one
  std::size_t task_count = 0;
  std::vector<SupplierSlice> suppliers{};  ///< those with labels
  std::vector<ScorecardPair> pairs{};
};
struct ScorecardSlices {
  std::string question{};
  std::vector<ScorecardSlice> slices{};  ///< most tasks first
  std::size_t left_out_count = 0;        ///< smaller slices that are not weighed
};

struct ReadSlices {
  domain::ProjectId project;
  std::string question{};  ///< empty = the first that has labels
  SliceBy by = SliceBy::domain;
};
/// A supplier sees its own rows alone, and no comparison.
/// @errors as read_scorecards
/// @cost   that of scorecards for each of the 12 largest slices
[[nodiscard]] Result<ScorecardSlices> read_scorecard_slices(Service& service, const Caller& caller,
                                                            const ReadSlices& query);

}  // namespace mizan::app
