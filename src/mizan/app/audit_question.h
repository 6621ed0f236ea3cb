// The audit of one question: everything the engine can say about it, gathered into a QuestionReport.
#pragma once

#include "mizan/app/audit.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::app {

struct QuestionOutcome {
  QuestionReport report;
  QuestionTables tables;
};

/// @in     question  index in table.questions
/// @errors too_few_classes; those of the truth method
[[nodiscard]] Result<QuestionOutcome> audit_question(const domain::LabelTable& table, std::size_t question,
                                                     const AuditRequest& request, truth::Run run);

}  // namespace mizan::app
