#include "mizan/dataset/platform/questions.h"

#include <algorithm>

#include "mizan/domain/label_table.h"

namespace mizan::dataset {
namespace {

// Fewer answers than this do not tell free text from a choice.
constexpr std::uint64_t kMinAnswers = 20;

}  // namespace

bool QuestionSurvey::Question::is_free_text() const {
  return answers.size() > domain::kMaxClasses ||
         (answer_count >= kMinAnswers && answers.size() * 2 > answer_count);
}

void QuestionSurvey::meet(std::string_view question, std::string_view answer) {
  auto found = std::ranges::find(questions_, question, &Question::name);
  if (found == questions_.end()) found = questions_.insert(questions_.end(), Question{std::string(question)});
  if (answer.empty()) return;
  ++found->answer_count;
  if (found->answers.size() <= domain::kMaxClasses) found->answers.emplace(answer);
}

Result<std::vector<std::string>> QuestionSurvey::chosen(const ColumnRoles& roles, const std::string& name,
                                                        const std::string& thing) const {
  for (const std::string& wanted : roles.label)
    if (std::ranges::find(questions_, wanted, &Question::name) == questions_.end())
      return fail(ErrorCode::missing_column, "there is no question \"" + wanted + "\"; there are: " + list(),
                  name, "name a question that is there with --label");
  if (!roles.label.empty()) return roles.label;
  std::vector<std::string> names;
  for (const Question& question : questions_)
    if (!question.is_free_text()) names.push_back(question.name);
  if (!names.empty()) return names;
  if (questions_.empty())
    return fail(ErrorCode::missing_column, "there is no label: the file has not " + thing, name,
                "export it with its answers, or tell the format with --format");
  return fail(ErrorCode::missing_column, "every question looks like free text: " + list(), name,
              "name the question to weigh with --label");
}

void QuestionSurvey::note_left_out(const ColumnRoles& roles, LabelTableBuilder& builder) const {
  if (!roles.label.empty()) return;
  for (const Question& question : questions_)
    if (question.is_free_text())
      builder.note(
          OddityCode::unsupported_answer, 0,
          "the question \"" + question.name + "\" looks like free text; name it with --label to use it");
}

std::string QuestionSurvey::list() const {
  std::string names;
  for (const Question& question : questions_) names += (names.empty() ? "" : ", ") + question.name;
  return names.empty() ? "none" : names;
}

RowLabels::RowLabels(const std::vector<std::string>& questions)
    : questions_(questions), texts_(questions.size()), views_(questions.size()) {}

void RowLabels::clear() {
  for (std::string& text : texts_) text.clear();
}

std::optional<std::size_t> RowLabels::index_of(std::string_view question) const {
  const auto found = std::ranges::find(questions_, question);
  if (found == questions_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - questions_.begin());
}

void RowLabels::set(std::size_t question, std::string_view text) {
  texts_[question].assign(text);
}

bool RowLabels::empty() const {
  return std::ranges::all_of(texts_, &std::string::empty);
}

std::span<const std::string_view> RowLabels::views() {
  std::ranges::copy(texts_, views_.begin());
  return views_;
}

Result<void> check_roles(const ColumnRoles& roles, const std::string& format) {
  const char* flag = nullptr;
  if (roles.annotator) flag = "--annotator";
  if (roles.supplier) flag = "--supplier";
  if (roles.price) flag = "--price";
  if (roles.seconds) flag = "--seconds";
  if (roles.time) flag = "--time";
  if (!roles.gold.empty()) flag = "--gold";
  if (flag == nullptr) return {};
  return fail(ErrorCode::invalid_argument,
              std::string("a column cannot be named here: the fields of ") + format + " are known", flag,
              "leave the flag out, or tell another format with --format");
}

std::vector<ColumnUse> uses_of(const std::vector<std::string>& questions, std::vector<ColumnUse> fixed) {
  for (const std::string& question : questions) fixed.push_back({question, Role::label});
  return fixed;
}

std::string joined_choices(std::vector<std::string> choices) {
  std::ranges::sort(choices);
  std::string joined;
  for (const std::string& choice : choices) joined += (joined.empty() ? "" : " | ") + choice;
  return joined;
}

}  // namespace mizan::dataset
