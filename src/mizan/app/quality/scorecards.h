// Scorecards: how good each supplier and each annotator of a project is, with intervals, what their work
// costs, how much of it came back, how long it takes, and whether it is getting worse. A supplier sees its
// own alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/supplier/cost.h"
#include "mizan/engine/supplier/until_known.h"
#include "mizan/store/quality/work_figures.h"

namespace mizan::app {

/// Earlier half of the labels against the later one, by how likely each label is right.
struct DriftHint {
  double change = 0;  ///< later minus earlier
  double z = 0;       ///< in standard errors
};

struct Scorecard {
  domain::SupplierId supplier;
  std::optional<domain::AnnotatorId> annotator{};  ///< none: of the whole supplier
  ::mizan::supplier::Accuracy accuracy{};
  store::WorkFigures figures{};
  std::string currency{};
  ::mizan::supplier::Cost cost{};
  ::mizan::supplier::CostPerCorrect cost_per_accepted_correct{};
  std::optional<DriftHint> drift{};
  std::int64_t moved_label_count = 0;        ///< labels after which another answer was the likeliest
  std::int64_t moved_right_label_count = 0;  ///< and it is what is believed now
  std::vector<std::string> flags{};          ///< getting_worse | much_sent_back | below_chance
};

/// Is a better than b, on the tasks that both labelled, and how sure is that?
struct ScorecardPair {
  domain::SupplierId a;
  domain::SupplierId b;
  ::mizan::supplier::PairComparison comparison{};
  ::mizan::supplier::UntilKnown until_known{};
};

struct Scorecards {
  std::string question{};
  std::vector<Scorecard> suppliers{};
  std::vector<Scorecard> annotators{};
  std::vector<ScorecardPair> pairs{};
};

/// @in     question  empty = the first that has labels
/// @errors not_found: the question has no labels; cannot_be_known: more labels than one answer can weigh
/// @cost   bounded (engine/supplier/accuracy.h): seconds for large projects; what was weighed is kept until a
///         label comes
[[nodiscard]] Result<std::shared_ptr<const Scorecards>> read_scorecards(Service& service,
                                                                        const Caller& caller,
                                                                        domain::ProjectId project,
                                                                        const std::string& question);

}  // namespace mizan::app
