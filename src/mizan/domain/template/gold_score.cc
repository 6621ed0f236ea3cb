#include "mizan/domain/template/gold_score.h"

#include <algorithm>
#include <cmath>

#include "mizan/domain/template/labels.h"
#include "mizan/domain/template/likeness.h"

namespace mizan::domain {

namespace {

constexpr double kRounding = 1e-9;

double all_or_nothing(bool is_right) {
  return is_right ? 1 : 0;
}

bool is_near(double gold, double answer, double within) {
  return std::abs(gold - answer) <= within + kRounding * std::max(1.0, std::abs(gold));
}

/// a much better is positive, b much better negative, a tie 0.
double signed_strength(const PreferenceAnswer& answer) {
  if (answer.winner == "tie") return 0;
  const double strength = std::max(1U, answer.strength);
  return answer.winner == "a" ? strength : -strength;
}

/// What of a ranking the gold answer speaks about.
RankingAnswer restricted(const RankingAnswer& ranking, const RankingAnswer& gold) {
  const auto is_in_gold = [&](const std::string& value) {
    return std::any_of(gold.groups.begin(), gold.groups.end(), [&](const auto& group) {
      return std::find(group.begin(), group.end(), value) != group.end();
    });
  };
  RankingAnswer out;
  for (const auto& group : ranking.groups) {
    std::vector<std::string> kept;
    std::copy_if(group.begin(), group.end(), std::back_inserter(kept), is_in_gold);
    if (!kept.empty()) out.groups.push_back(std::move(kept));
  }
  return out;
}

RubricAnswer restricted(const RubricAnswer& answer, const RubricAnswer& gold) {
  RubricAnswer out;
  for (const CriterionAnswer& each : answer.criteria)
    for (const CriterionAnswer& known : gold.criteria)
      if (known.criterion == each.criterion) out.criteria.push_back(each);
  return out;
}

double verdict_agreement(const RubricAnswer& gold, const RubricAnswer& answer) {
  std::size_t equal = 0;
  for (const CriterionAnswer& known : gold.criteria)
    for (const CriterionAnswer& each : answer.criteria)
      if (known.criterion == each.criterion && known.verdict == each.verdict) ++equal;
  return gold.criteria.empty() ? 1 : static_cast<double>(equal) / static_cast<double>(gold.criteria.size());
}

/// The measure of a rule; what is right is decided from it in one place. One overload a kind.
struct Measure {
  const TemplateQuestion& question;
  const Answer& answer;

  template <class T>
  const T& other() const {
    return std::get<T>(answer);
  }
  [[nodiscard]] const GoldRule& rule() const { return question.gold; }
  [[nodiscard]] bool is(GoldRuleKind kind) const { return question.gold.kind == kind; }

  double operator()(const ChoiceAnswer& gold) const { return all_or_nothing(gold == other<ChoiceAnswer>()); }
  double operator()(const ChoicesAnswer& gold) const {
    const auto& values = other<ChoicesAnswer>().values;
    return is(GoldRuleKind::set_f1) ? set_f1(gold.values, values) : all_or_nothing(gold.values == values);
  }
  double operator()(const RatingAnswer& gold) const {
    return all_or_nothing(is_near(gold.level, other<RatingAnswer>().level, rule().within));
  }
  double operator()(const NumberAnswer& gold) const {
    return all_or_nothing(is_near(gold.number, other<NumberAnswer>().number, rule().within));
  }
  double operator()(const TextAnswer& gold) const {
    const auto& text = other<TextAnswer>().text;
    return all_or_nothing(is(GoldRuleKind::normalised) ? normalised(gold.text) == normalised(text)
                                                       : gold.text == text);
  }
  double operator()(const PreferenceAnswer& gold) const {
    const auto& picked = other<PreferenceAnswer>();
    if (!is(GoldRuleKind::tolerance)) return all_or_nothing(gold.winner == picked.winner);
    return all_or_nothing(is_near(signed_strength(gold), signed_strength(picked), rule().within));
  }
  double operator()(const RankingAnswer& gold) const {
    const auto part = restricted(other<RankingAnswer>(), gold);
    return is(GoldRuleKind::kendall) ? kendall_tau(gold, part) : all_or_nothing(gold == part);
  }
  double operator()(const RubricAnswer& gold) const {
    const auto& given = other<RubricAnswer>();
    if (!is(GoldRuleKind::tolerance)) return verdict_agreement(gold, given);
    const auto& body = std::get<RubricQuestion>(question.body);
    return all_or_nothing(is_near(rubric_score(body, gold).points,
                                  rubric_score(body, restricted(given, gold)).points, rule().within));
  }
  double operator()(const SpansAnswer& gold) const {
    const auto& spans = other<SpansAnswer>().spans;
    return is(GoldRuleKind::span_overlap) ? span_overlap(gold.spans, spans) : span_f1(gold.spans, spans);
  }
  double operator()(const BoxesAnswer& gold) const {
    return box_f1(gold.boxes, other<BoxesAnswer>().boxes, rule().iou);
  }
  // Their only rule is none.
  double operator()(const ChatAnswer&) const { return 0; }
  double operator()(const FileAnswer&) const { return 0; }
};

}  // namespace

std::string_view gold_result_name(GoldResult result) {
  return result == GoldResult::correct     ? "correct"
         : result == GoldResult::incorrect ? "incorrect"
                                           : "not_scored";
}

GoldScore score_question(const TemplateQuestion& question, const Answer& gold, const Answer& answer) {
  GoldScore out{.question = question.name};
  if (question.gold.kind == GoldRuleKind::none || gold.index() != answer.index()) return out;
  out.measure = std::visit(Measure{question, answer}, gold);
  out.result =
      out.measure >= question.gold.at_least - kRounding ? GoldResult::correct : GoldResult::incorrect;
  return out;
}

std::vector<GoldScore> score_gold(const Template& task_template, const Answers& gold,
                                  const Answers& answers) {
  std::vector<GoldScore> out;
  for (const TemplateQuestion& question : task_template.questions) {
    const Answer* right = gold.find(question.name);
    const Answer* given = answers.find(question.name);
    if (right != nullptr && given != nullptr) {
      out.push_back(score_question(question, *right, *given));
      continue;
    }
    const bool is_missed = right != nullptr && question.gold.kind != GoldRuleKind::none &&
                           is_shown(task_template, question, answers);
    out.push_back({question.name, is_missed ? GoldResult::incorrect : GoldResult::not_scored});
  }
  return out;
}

}  // namespace mizan::domain
