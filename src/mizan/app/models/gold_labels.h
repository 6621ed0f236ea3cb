// What is known for certain of a project's tasks, as inference sees it: the right class of each question, by
// gold answers and by reviewers.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// By task, then question: the class code.
using GoldLabels = std::map<domain::TaskId, std::map<std::string, std::int64_t, std::less<>>>;

/// Read by the project's newest template. Answers that it does not allow (questions that are gone) and
/// classes that have no code are left out.
/// @cost O(gold tasks)
[[nodiscard]] Result<GoldLabels> gold_labels(store::Transaction& tx, domain::ProjectId project);

/// What reviewers settled (consensus of basis "review").
/// @cost O(consensus of the project)
[[nodiscard]] Result<GoldLabels> reviewed_labels(store::Transaction& tx, domain::ProjectId project);
/// The same of one task: by question.
[[nodiscard]] Result<GoldLabels::mapped_type> reviewed_labels_of(store::Transaction& tx,
                                                                 const store::TaskKey& task);

/// Gold, or else what a reviewer settled: what skills are learnt from as the truth.
/// @cost O(gold tasks + consensus of the project)
[[nodiscard]] Result<GoldLabels> known_labels(store::Transaction& tx, domain::ProjectId project);

}  // namespace mizan::app
