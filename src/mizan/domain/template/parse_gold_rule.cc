#include <algorithm>
#include <array>

#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

constexpr std::array kRuleNames = {
#define MIZAN_GOLD_RULE_NAME(rule, meaning) std::string_view(#rule),
    MIZAN_GOLD_RULES(MIZAN_GOLD_RULE_NAME)
#undef MIZAN_GOLD_RULE_NAME
};

/// The rules that fit a kind; the first is the default.
std::vector<GoldRuleKind> rules_of(QuestionKind kind) {
  using enum GoldRuleKind;
  switch (kind) {
    case QuestionKind::choice:
      return {exact, none};
    case QuestionKind::choices:
      return {exact, set_f1, none};
    case QuestionKind::rating:
    case QuestionKind::number:
    case QuestionKind::preference:
      return {exact, tolerance, none};
    case QuestionKind::text:
      return {normalised, exact, none};
    case QuestionKind::ranking:
      return {exact, kendall, none};
    case QuestionKind::rubric:
      return {exact, agreement, tolerance, none};
    case QuestionKind::spans:
      return {span_f1, span_overlap, exact, none};
    case QuestionKind::boxes:
      return {box_f1, none};
    case QuestionKind::chat:
    case QuestionKind::file:
      return {none};
  }
  return {none};
}

GoldRule default_rule(QuestionKind kind) {
  GoldRule rule;
  rule.kind = rules_of(kind).front();
  if (rule.kind == GoldRuleKind::span_f1 || rule.kind == GoldRuleKind::box_f1) rule.at_least = 0.8;
  return rule;
}

std::string rule_list(const std::vector<GoldRuleKind>& rules) {
  std::string out;
  for (const GoldRuleKind rule : rules) out += (out.empty() ? "" : ", ") + std::string(gold_rule_name(rule));
  return out;
}

void read_rule_kind(QuestionKind kind, ObjectReader& reader, GoldRule& out) {
  const std::string word = reader.text("rule", {.is_needed = true});
  const auto rules = rules_of(kind);
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](GoldRuleKind rule) { return gold_rule_name(rule) == word; });
  if (found == rules.end()) {
    reader.complaint().say(reader.where("rule"),
                           quoted(word) + " does not score " + std::string(question_kind_name(kind)),
                           "one of: " + rule_list(rules));
    return;
  }
  out.kind = *found;
}

void read_members(ObjectReader& reader, GoldRule& out) {
  using enum GoldRuleKind;
  switch (out.kind) {
    case tolerance:
      if (!reader.has("within")) reader.complaint().say(reader.where(), "'within' is missing");
      out.within = reader.number("within", 0).value_or(0);
      break;
    case box_f1:
      out.iou = reader.number("iou", 0.01, 1).value_or(0.5);
      [[fallthrough]];
    case set_f1:
    case span_f1:
    case span_overlap:
    case agreement:
      out.at_least = reader.number("at_least", 0, 1).value_or(0.8);
      break;
    case kendall:
      out.at_least = reader.number("at_least", -1, 1).value_or(0.8);
      break;
    case exact:
    case normalised:
    case none:
      break;
  }
}

}  // namespace

std::string_view gold_rule_name(GoldRuleKind kind) {
  return kRuleNames[static_cast<std::size_t>(kind)];
}

GoldRule parse_gold_rule(QuestionKind kind, ObjectReader& question) {
  GoldRule out = default_rule(kind);
  const auto* value = question.member("gold");
  if (value == nullptr) return out;
  ObjectReader reader(*value, question.where("gold"), question.complaint());
  read_rule_kind(kind, reader, out);
  if (!question.complaint().is_clean()) return out;
  read_members(reader, out);
  reader.finish();
  return out;
}

}  // namespace mizan::domain
