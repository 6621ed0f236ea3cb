// Which questions are shown: conditions over answers.
#include <algorithm>

#include "mizan/domain/template/answers.h"
#include "mizan/domain/template/options.h"

namespace mizan::domain {

namespace {

/// The single value of an answer that `equals` looks at; empty when it has none.
std::string single_value(const Answer& answer, std::string_view criterion) {
  if (const auto* choice = std::get_if<ChoiceAnswer>(&answer)) return choice->value;
  if (const auto* rating = std::get_if<RatingAnswer>(&answer)) return std::to_string(rating->level);
  if (const auto* preference = std::get_if<PreferenceAnswer>(&answer)) return preference->winner;
  if (const auto* rubric = std::get_if<RubricAnswer>(&answer)) {
    for (const CriterionAnswer& each : rubric->criteria)
      if (each.criterion == criterion) return each.verdict;
  }
  return {};
}

bool equals(const Condition& condition, const TemplateQuestion& question, const std::string& value) {
  const auto* choice = std::get_if<ChoiceQuestion>(&question.body);
  return !value.empty() &&
         std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& wanted) {
           return choice == nullptr ? value == wanted : is_at_or_below(choice->options, wanted, value);
         });
}

bool includes(const Condition& condition, const TemplateQuestion& question, const Answer& answer) {
  const auto* choices = std::get_if<ChoicesQuestion>(&question.body);
  const auto* picked = std::get_if<ChoicesAnswer>(&answer);
  if (choices == nullptr || picked == nullptr) return false;
  return std::any_of(picked->values.begin(), picked->values.end(), [&](const std::string& value) {
    return is_at_or_below(choices->options, condition.values.front(), value);
  });
}

bool between(const Condition& condition, const Answer& answer) {
  double number = 0;
  if (const auto* rating = std::get_if<RatingAnswer>(&answer)) {
    number = rating->level;
  } else if (const auto* plain = std::get_if<NumberAnswer>(&answer)) {
    number = plain->number;
  } else {
    return false;
  }
  return number >= condition.at_least.value_or(number) && number <= condition.at_most.value_or(number);
}

bool leaf_holds(const Condition& condition, const Template& task_template, const Answers& answers) {
  const std::string_view name = condition.question;
  const std::size_t slash = name.find('/');
  const std::string_view criterion = slash == std::string_view::npos ? "" : name.substr(slash + 1);
  const auto* question = find_question(task_template, name.substr(0, slash));
  // Hidden questions have no answers: parse_answers refuses them, drafts leave them out.
  const auto* answer = question == nullptr ? nullptr : answers.find(question->name);
  if (condition.kind == ConditionKind::answered) {
    const bool is_answered =
        answer != nullptr && (criterion.empty() || !single_value(*answer, criterion).empty());
    return is_answered == condition.is_answered;
  }
  if (answer == nullptr) return false;
  if (condition.kind == ConditionKind::between) return between(condition, *answer);
  if (condition.kind == ConditionKind::includes) return includes(condition, *question, *answer);
  return equals(condition, *question, single_value(*answer, criterion));
}

bool holds(const Condition& condition, const Template& task_template, const Answers& answers) {
  const auto part_holds = [&](const Condition& part) { return holds(part, task_template, answers); };
  const auto& parts = condition.parts;
  switch (condition.kind) {
    case ConditionKind::all:
      return std::all_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::any:
      return std::any_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::negation:
      return std::none_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::equals:
    case ConditionKind::includes:
    case ConditionKind::between:
    case ConditionKind::answered:
      break;
  }
  return leaf_holds(condition, task_template, answers);
}

}  // namespace

bool is_shown(const Template& task_template, const TemplateQuestion& question, const Answers& answers) {
  return !question.show_if || holds(*question.show_if, task_template, answers);
}

}  // namespace mizan::domain
