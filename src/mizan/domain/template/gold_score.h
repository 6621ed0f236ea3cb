// How an annotator did on a gold task: every question against its gold answer, by the question's gold rule.
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/domain/template/answers.h"

namespace mizan::domain {

enum class GoldResult : std::uint8_t { not_scored, correct, incorrect };

struct GoldScore {
  std::string question{};
  GoldResult result = GoldResult::not_scored;
  /// How near the answer came, by the measure of the rule: F1, overlap, tau, share; 1 or 0 where it is all or
  /// nothing.
  double measure = 0;
};

/// One score a question of the template, in its order. Not scored are a question without a gold answer, one
/// whose rule is none, and one that the annotator's own earlier answers hid (that mistake is counted where it
/// was made). A question that has a gold answer, was shown and was not answered is incorrect.
/// @in gold  of parse_gold_answers
[[nodiscard]] std::vector<GoldScore> score_gold(const Template& task_template, const Answers& gold,
                                                const Answers& answers);

/// Is the answer right under the rule of the question? Both are answers to it.
[[nodiscard]] GoldScore score_question(const TemplateQuestion& question, const Answer& gold,
                                       const Answer& answer);

/// "correct", "incorrect", "not_scored".
[[nodiscard]] std::string_view gold_result_name(GoldResult result);

}  // namespace mizan::domain
