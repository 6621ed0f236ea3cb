#include "mizan/store/projects/question_classes.h"

#include <algorithm>

namespace mizan::store {
namespace {

constexpr Query kQuestionClasses{"question_classes",
                                 "SELECT question, class_code, class FROM question_classes "
                                 "WHERE project_id = $1 ORDER BY question, class_code"};
constexpr Query kClassesOfQuestion{"classes_of_question",
                                   "SELECT class FROM question_classes "
                                   "WHERE project_id = $1 AND question = $2 ORDER BY class_code"};
constexpr Query kInsertQuestionClass{"insert_question_class",
                                     "INSERT INTO question_classes (project_id, question, class_code, class) "
                                     "VALUES ($1, $2, $3, $4)"};

}  // namespace

Result<std::vector<QuestionClass>> question_classes(Transaction& tx, domain::ProjectId project_id) {
  return tx.rows(
      kQuestionClasses,
      [](const Row& row) {
        return QuestionClass{
            .question = row.string(0), .class_code = row.integer(1), .class_name = row.string(2)};
      },
      project_id);
}

Result<void> append_question_classes(Transaction& tx, const QuestionClassNames& wanted) {
  MIZAN_TRY(auto known, tx.rows(
                            kClassesOfQuestion, [](const Row& row) { return row.string(0); },
                            wanted.project_id, wanted.question));
  for (const std::string& each : wanted.classes) {
    if (std::find(known.begin(), known.end(), each) != known.end()) continue;
    MIZAN_CHECK_OK(tx.queue(kInsertQuestionClass, wanted.project_id, wanted.question,
                            static_cast<std::int64_t>(known.size()), each));
    known.push_back(each);
  }
  return {};
}

}  // namespace mizan::store
