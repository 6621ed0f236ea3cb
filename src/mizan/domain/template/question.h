// What is asked about a task: one TemplateQuestion a question, with what its kind needs. Pure values.
//
// parse_template makes them and guarantees the invariants named here; docs/formats/template.md is the
// reference.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mizan/domain/template/condition.h"

namespace mizan::domain {

/// One thing that can be picked. Values are unique within their question, over all levels.
struct Option {
  std::string value{};
  std::string title{};  ///< what is shown; the value when empty
  std::string help{};
  std::string shortcut{};         ///< "1", "ctrl+k"; unique within the question
  std::string path{};             ///< ranking: where the payload has what is ranked
  std::vector<Option> options{};  ///< choice, choices: a tree
};

/// Exactly one of the options. With nested options it is a tree; only leaves are answers unless any_level.
struct ChoiceQuestion {
  std::vector<Option> options{};
  bool any_level = false;
};
/// Some of the options.
struct ChoicesQuestion {
  std::vector<Option> options{};
  bool any_level = false;
  std::uint32_t min = 0;
  std::uint32_t max = 0;  ///< 0 = all
};
/// A whole number on an ordinal scale, min < max, at most 100 levels.
struct RatingQuestion {
  std::int32_t min = 1;
  std::int32_t max = 5;
  std::vector<std::string> titles{};  ///< one a level, or none at all
};
struct NumberQuestion {
  std::optional<double> min{};
  std::optional<double> max{};
  bool is_whole = false;
  std::string unit{};  ///< what it is counted in: "mg"
};
/// Free text, its length in Unicode code points.
struct TextQuestion {
  bool is_multiline = false;
  std::uint32_t min_length = 0;
  std::uint32_t max_length = 0;  ///< always set: 20,000 unless the template says less or more
};
/// Which of two is better. `levels` counts the points of the whole scale: 2 = a or b; 4 = each at strength 1
/// or 2; 8 = each at strength 1 to 4.
struct PreferenceQuestion {
  std::uint32_t levels = 2;
  bool has_tie = false;
  bool has_rewrite = false;  ///< the winner may be rewritten
  std::string path_a{};      ///< where the payload has the two; may be empty
  std::string path_b{};

  [[nodiscard]] std::uint32_t max_strength() const { return levels / 2; }
};
/// All options, best first.
struct RankingQuestion {
  std::vector<Option> options{};
  bool has_ties = false;
};
struct Criterion {
  std::string name{};
  std::string title{};
  std::string help{};
  double weight = 1;  ///< may be negative: a fault that costs points
};
struct Verdict {
  std::string value{};
  std::string title{};
  double score = 0;  ///< 0 to 1
};
enum class Reasons : std::uint8_t { none, optional, required };
/// A verdict for every criterion; the sum of score × weight is the result.
struct RubricQuestion {
  std::vector<Criterion> criteria{};
  std::vector<Verdict>
      verdicts{};  ///< two or more; "met" (1) and "not_met" (0) unless the template says else
  Reasons reasons = Reasons::optional;
};
/// Marked stretches of a text: [start, end) in Unicode code points.
struct SpansQuestion {
  std::string path{};
  std::vector<Option> labels{};
  bool may_overlap = false;
  std::uint32_t min = 0;
  std::uint32_t max = 0;  ///< always set: 1,000 unless the template says less
};
/// Marked rectangles of a picture, in shares of its width and height.
struct BoxesQuestion {
  std::string path{};
  std::vector<Option> labels{};
  std::uint32_t min = 0;
  std::uint32_t max = 0;  ///< always set: 1,000 unless the template says less
};
/// A conversation with one or two blinded models.
struct ChatQuestion {
  std::uint32_t models = 1;
  std::uint32_t min_turns = 1;  ///< turns of the annotator
  std::uint32_t max_turns = 20;
};
struct FileQuestion {
  std::vector<std::string> media_types{};  ///< "image/png", "audio/*"; empty = any
  std::uint64_t max_bytes = 0;             ///< 0 = what the server allows
  std::uint32_t min = 0;
  std::uint32_t max = 1;
};

/// The alternatives stand in the order of QuestionKind.
using QuestionBody = std::variant<ChoiceQuestion, ChoicesQuestion, RatingQuestion, NumberQuestion,
                                  TextQuestion, PreferenceQuestion, RankingQuestion, RubricQuestion,
                                  SpansQuestion, BoxesQuestion, ChatQuestion, FileQuestion>;
enum class QuestionKind : std::uint8_t {
  choice,
  choices,
  rating,
  number,
  text,
  preference,
  ranking,
  rubric,
  spans,
  boxes,
  chat,
  file
};
/// The spelling in a template: "choice".
[[nodiscard]] std::string_view question_kind_name(QuestionKind kind);

// X(rule as it is written, when an answer is right)
#define MIZAN_GOLD_RULES(X)                                                                             \
  X(exact, "it is the gold answer")                                                                     \
  X(normalised, "text: the same but for case, punctuation and spaces")                                  \
  X(tolerance, "rating, number, rubric points, signed preference strength: no further off than within") \
  X(set_f1, "choices: F1 of the sets reaches at_least")                                                 \
  X(span_f1, "spans: F1 of equal stretches with equal labels reaches at_least")                         \
  X(span_overlap, "spans: intersection over union of the marked characters by label reaches at_least")  \
  X(box_f1, "boxes: F1 of boxes of equal labels that overlap by iou or more reaches at_least")          \
  X(kendall, "ranking: Kendall's tau-b reaches at_least")                                               \
  X(agreement, "rubric: the share of criteria with equal verdicts reaches at_least")                    \
  X(none, "it is not scored")

enum class GoldRuleKind : std::uint8_t {
#define MIZAN_GOLD_RULE_ENUM(rule, meaning) rule,
  MIZAN_GOLD_RULES(MIZAN_GOLD_RULE_ENUM)
#undef MIZAN_GOLD_RULE_ENUM
};
[[nodiscard]] std::string_view gold_rule_name(GoldRuleKind kind);

struct GoldRule {
  GoldRuleKind kind = GoldRuleKind::exact;
  double within = 0;    ///< tolerance
  double at_least = 1;  ///< the F1, overlap, tau and agreement rules
  double iou = 0.5;     ///< box_f1
};

/// Which inference model serves a question: `classes` = the posterior over its classes; `none` = answers are
/// kept as they are.
enum class InferenceModel : std::uint8_t { none, classes };

/// Invariants: name is [A-Za-z][A-Za-z0-9_-]*, at most 64 bytes, unique in the template; show_if names only
/// questions before this one; the gold rule fits the kind; only kinds with classes are served by `classes`.
struct TemplateQuestion {
  std::string name{};
  std::string title{};
  std::string help{};
  bool is_required = true;  ///< of a question that is shown; a hidden one is never required
  std::optional<Condition> show_if{};
  std::string shortcut{};
  GoldRule gold{};
  InferenceModel inference = InferenceModel::none;
  QuestionBody body{};

  [[nodiscard]] QuestionKind kind() const { return static_cast<QuestionKind>(body.index()); }
};

}  // namespace mizan::domain
