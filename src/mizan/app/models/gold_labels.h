// The gold answers of a project as inference sees them: the right class of each question of each gold task.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// By task, then question: the class code.
using GoldLabels = std::map<domain::TaskId, std::map<std::string, std::int64_t, std::less<>>>;

/// Read by the project's newest template. Answers that it does not allow (questions that are gone) and
/// classes that have no code are left out.
/// @cost O(gold tasks)
[[nodiscard]] Result<GoldLabels> gold_labels(store::Transaction& tx, domain::ProjectId project);

}  // namespace mizan::app
