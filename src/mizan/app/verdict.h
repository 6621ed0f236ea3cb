// Says what an audit found in at most three sentences, and what it cannot know.
#pragma once

#include <vector>

#include "mizan/app/audit_report.h"

namespace mizan::app {

/// Who labels best; what that costs, or how sure the consensus is; what deserves a person's look. In this
/// order.
[[nodiscard]] std::vector<Message> verdict(const QuestionReport& question);

/// Everything that a finished question report cannot know or leans on, beside what the engine itself noted.
/// @in suppliers_named  whether the input names suppliers at all
[[nodiscard]] std::vector<Message> limits(const QuestionReport& question, bool suppliers_named);

}  // namespace mizan::app
