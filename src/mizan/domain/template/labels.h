// What inference sees of answers: for every question that has classes, the class that was answered. Pure.
//
// One question of a template can ask several things of inference, each with a name of its own:
//   choice, rating, preference     "<question>"               the value; the level ("4"); "a", "b" or "tie"
//   choices                        "<question>/<option>"      "yes" or "no" for each option
//   rubric                         "<question>/<criterion>"   the verdict
// Numbers, texts, rankings, spans, boxes, chats and files have no classes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/domain/template/answers.h"

namespace mizan::domain {

struct QuestionLabel {
  std::string question{};      ///< "safe", "tags/medical", "grading/correct"
  std::string label{};         ///< the name of the class
  std::uint32_t strength = 0;  ///< preference with levels: how strong; 0 = it has none
  friend bool operator==(const QuestionLabel&, const QuestionLabel&) = default;
};

/// One thing asked of inference.
struct InferenceQuestion {
  std::string name{};                  ///< as QuestionLabel::question
  std::vector<std::string> classes{};  ///< in the order of the template; ordinal for ratings
  bool is_ordinal = false;
};

/// The labels of an annotation, in the order of the template. Questions that are hidden, not answered,
/// without classes or served by no model give none.
[[nodiscard]] std::vector<QuestionLabel> labels_of(const Template& task_template, const Answers& answers);

/// Everything that a template asks of inference, in its order.
[[nodiscard]] std::vector<InferenceQuestion> inference_questions(const Template& task_template);

/// The classes of one question of a template (for choices and rubrics: of each of its parts); empty = it has
/// none.
[[nodiscard]] std::vector<std::string> classes_of(const TemplateQuestion& question);

/// The result of a rubric: Σ score·weight, and its share of the most that can be reached.
struct RubricScore {
  double points = 0;
  double most = 0;  ///< Σ of the positive weights, each at the best score
  /// 100 · points / most; may be below 0. No value when no weight is positive.
  std::optional<double> percent{};
};
[[nodiscard]] RubricScore rubric_score(const RubricQuestion& question, const RubricAnswer& answer);

}  // namespace mizan::domain
