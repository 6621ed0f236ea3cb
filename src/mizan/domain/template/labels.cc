#include "mizan/domain/template/labels.h"

#include <algorithm>

#include "mizan/domain/template/options.h"

namespace mizan::domain {

namespace {

std::vector<std::string> levels_of(const RatingQuestion& rating) {
  std::vector<std::string> out;
  for (std::int32_t level = rating.min; level <= rating.max; ++level) out.push_back(std::to_string(level));
  return out;
}

void add_choices(const TemplateQuestion& question, const ChoicesAnswer& answer,
                 std::vector<QuestionLabel>& out) {
  const auto& body = std::get<ChoicesQuestion>(question.body);
  for (const std::string& value : answer_values(body.options, body.any_level)) {
    const bool picked = std::find(answer.values.begin(), answer.values.end(), value) != answer.values.end();
    out.push_back({question.name + "/" + value, picked ? "yes" : "no"});
  }
}

void add_labels(const TemplateQuestion& question, const Answer& answer, std::vector<QuestionLabel>& out) {
  if (const auto* choice = std::get_if<ChoiceAnswer>(&answer)) {
    out.push_back({question.name, choice->value});
  } else if (const auto* choices = std::get_if<ChoicesAnswer>(&answer)) {
    add_choices(question, *choices, out);
  } else if (const auto* rating = std::get_if<RatingAnswer>(&answer)) {
    out.push_back({question.name, std::to_string(rating->level)});
  } else if (const auto* preference = std::get_if<PreferenceAnswer>(&answer)) {
    out.push_back({question.name, preference->winner, preference->strength});
  } else if (const auto* rubric = std::get_if<RubricAnswer>(&answer)) {
    for (const CriterionAnswer& each : rubric->criteria)
      out.push_back({question.name + "/" + each.criterion, each.verdict});
  }
}

}  // namespace

std::vector<std::string> classes_of(const TemplateQuestion& question) {
  if (const auto* choice = std::get_if<ChoiceQuestion>(&question.body))
    return answer_values(choice->options, choice->any_level);
  if (std::holds_alternative<ChoicesQuestion>(question.body)) return {"yes", "no"};
  if (const auto* rating = std::get_if<RatingQuestion>(&question.body)) return levels_of(*rating);
  if (const auto* preference = std::get_if<PreferenceQuestion>(&question.body))
    return preference->has_tie ? std::vector<std::string>{"a", "b", "tie"}
                               : std::vector<std::string>{"a", "b"};
  std::vector<std::string> out;
  if (const auto* rubric = std::get_if<RubricQuestion>(&question.body))
    for (const Verdict& verdict : rubric->verdicts) out.push_back(verdict.value);
  return out;
}

std::vector<QuestionLabel> labels_of(const Template& task_template, const Answers& answers) {
  std::vector<QuestionLabel> out;
  for (const TemplateQuestion& question : task_template.questions) {
    if (question.inference != InferenceModel::classes) continue;
    if (const Answer* answer = answers.find(question.name)) add_labels(question, *answer, out);
  }
  return out;
}

std::vector<InferenceQuestion> inference_questions(const Template& task_template) {
  std::vector<InferenceQuestion> out;
  for (const TemplateQuestion& question : task_template.questions) {
    if (question.inference != InferenceModel::classes) continue;
    const auto classes = classes_of(question);
    if (const auto* choices = std::get_if<ChoicesQuestion>(&question.body)) {
      for (const std::string& value : answer_values(choices->options, choices->any_level))
        out.push_back({question.name + "/" + value, classes});
    } else if (const auto* rubric = std::get_if<RubricQuestion>(&question.body)) {
      for (const Criterion& criterion : rubric->criteria)
        out.push_back({question.name + "/" + criterion.name, classes});
    } else {
      out.push_back({question.name, classes, question.kind() == QuestionKind::rating});
    }
  }
  return out;
}

RubricScore rubric_score(const RubricQuestion& question, const RubricAnswer& answer) {
  RubricScore out;
  double best = 0;
  for (const Verdict& verdict : question.verdicts) best = std::max(best, verdict.score);
  for (const Criterion& criterion : question.criteria) {
    if (criterion.weight > 0) out.most += criterion.weight * best;
    for (const CriterionAnswer& each : answer.criteria) {
      if (each.criterion != criterion.name) continue;
      const auto verdict = std::find_if(question.verdicts.begin(), question.verdicts.end(),
                                        [&](const Verdict& known) { return known.value == each.verdict; });
      if (verdict != question.verdicts.end()) out.points += verdict->score * criterion.weight;
    }
  }
  if (out.most > 0) out.percent = 100 * out.points / out.most;
  return out;
}

}  // namespace mizan::domain
