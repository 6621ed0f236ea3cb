// The class codes of a project's questions: appended, never changed, so that labels of every template version
// fit together.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct QuestionClass {
  std::string question;
  std::int64_t class_code = 0;
  std::string class_name;
};

/// Every class of every question, by question and code: a question's codes are 0, 1, 2 … without a gap.
[[nodiscard]] Result<std::vector<QuestionClass>> question_classes(Transaction& tx,
                                                                  domain::ProjectId project_id);

struct QuestionClassNames {
  domain::ProjectId project_id;
  std::string_view question;
  std::span<const std::string> classes;
};
/// Gives the next codes to those of the classes that the question does not have yet, in the order given. The
/// caller holds the project's row (take_template_version), so that nobody else appends meanwhile.
[[nodiscard]] Result<void> append_question_classes(Transaction& tx, const QuestionClassNames& wanted);

}  // namespace mizan::store
