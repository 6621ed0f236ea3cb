// The answers of one annotation: one value a question that was answered, checked against the template. Pure
// values.
//
// On the wire: {"<question>": <answer>, …}. The shapes by kind:
//   choice      "value"                              choices   ["value", …]
//   rating      4                                    number    12.5
//   text        "…"
//   preference  {"winner": "a" | "b" | "tie", "strength": 1, "rewrite": "…"}
//   ranking     [["best"], ["second", "as good"], …]
//   rubric      {"<criterion>": {"verdict": "met", "reason": "…"}, …}
//   spans       [{"start": 0, "end": 5, "label": "drug"}, …]       code points, end excluded
//   boxes       [{"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.1, "label": "cat"}, …]      shares of the
//   picture chat        {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "model": "a",
//   "content": "…"}]} file        [{"name": "x.png", "media_type": "image/png", "size_bytes": 12, "sha256":
//   "…", "uri": "…"}]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/json/fwd.hpp>

#include "mizan/base/result.h"
#include "mizan/domain/template/template.h"

namespace mizan::domain {

struct ChoiceAnswer {
  std::string value{};
  friend bool operator==(const ChoiceAnswer&, const ChoiceAnswer&) = default;
};
/// In the order of the template.
struct ChoicesAnswer {
  std::vector<std::string> values{};
  friend bool operator==(const ChoicesAnswer&, const ChoicesAnswer&) = default;
};
struct RatingAnswer {
  std::int32_t level = 0;
  friend bool operator==(const RatingAnswer&, const RatingAnswer&) = default;
};
struct NumberAnswer {
  double number = 0;
  friend bool operator==(const NumberAnswer&, const NumberAnswer&) = default;
};
struct TextAnswer {
  std::string text{};
  friend bool operator==(const TextAnswer&, const TextAnswer&) = default;
};
struct PreferenceAnswer {
  std::string winner{};        ///< "a", "b" or "tie"
  std::uint32_t strength = 0;  ///< 1 … levels/2; 0 for a tie, and where there are 2 levels
  std::string rewrite{};       ///< empty = the winner is left as it is
  friend bool operator==(const PreferenceAnswer&, const PreferenceAnswer&) = default;
};
/// Best first; those in one group are tied. Within a group in the order of the template.
struct RankingAnswer {
  std::vector<std::vector<std::string>> groups{};
  friend bool operator==(const RankingAnswer&, const RankingAnswer&) = default;
};
struct CriterionAnswer {
  std::string criterion{};
  std::string verdict{};
  std::string reason{};
  friend bool operator==(const CriterionAnswer&, const CriterionAnswer&) = default;
};
/// In the order of the template. Complete, but in gold answers.
struct RubricAnswer {
  std::vector<CriterionAnswer> criteria{};
  friend bool operator==(const RubricAnswer&, const RubricAnswer&) = default;
};
struct Span {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string label{};
  friend auto operator<=>(const Span&, const Span&) = default;
};
/// By start, end, label.
struct SpansAnswer {
  std::vector<Span> spans{};
  friend bool operator==(const SpansAnswer&, const SpansAnswer&) = default;
};
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  std::string label{};
  friend bool operator==(const Box&, const Box&) = default;
};
struct BoxesAnswer {
  std::vector<Box> boxes{};
  friend bool operator==(const BoxesAnswer&, const BoxesAnswer&) = default;
};
struct ChatMessage {
  bool is_from_model = false;
  std::string model{};  ///< "a" or "b" where two models answer
  bool is_preferred = false;
  std::string content{};
  friend bool operator==(const ChatMessage&, const ChatMessage&) = default;
};
struct ChatAnswer {
  std::vector<ChatMessage> messages{};
  friend bool operator==(const ChatAnswer&, const ChatAnswer&) = default;
};
struct AnswerFile {
  std::string name{};
  std::string media_type{};
  std::uint64_t size_bytes = 0;
  std::string sha256{};
  std::string uri{};
  friend bool operator==(const AnswerFile&, const AnswerFile&) = default;
};
struct FileAnswer {
  std::vector<AnswerFile> files{};
  friend bool operator==(const FileAnswer&, const FileAnswer&) = default;
};

/// The alternatives stand in the order of QuestionKind.
using Answer =
    std::variant<ChoiceAnswer, ChoicesAnswer, RatingAnswer, NumberAnswer, TextAnswer, PreferenceAnswer,
                 RankingAnswer, RubricAnswer, SpansAnswer, BoxesAnswer, ChatAnswer, FileAnswer>;

/// By question; only questions that were answered. Equal answers compare equal however they were written.
struct Answers {
  std::map<std::string, Answer, std::less<>> by_question{};

  [[nodiscard]] const Answer* find(std::string_view question) const;
  friend bool operator==(const Answers&, const Answers&) = default;
};

/// Checks an annotator's answers. null counts as not answered.
/// @in     answers  the object of the wire
/// @errors bad_answer: an unknown question, a value that the question does not allow, an answer to a question
/// that
///         these answers hide, a required one missing; `where` is "/answers/<question>/…"
/// @cost   O(bytes)
[[nodiscard]] Result<Answers> parse_answers(const Template& task_template, const boost::json::value& answers);

/// Checks gold answers: as above, but nothing is required and nothing is hidden; "" and null are left out
/// (not scored), and a rubric may lack criteria.
/// @errors bad_answer: `where` is "/gold/<question>/…"
[[nodiscard]] Result<Answers> parse_gold_answers(const Template& task_template,
                                                 const boost::json::value& gold);

/// Checks the answers of a draft: as gold answers; `where` is "/answers/…".
[[nodiscard]] Result<Answers> parse_draft_answers(const Template& task_template,
                                                  const boost::json::value& answers);

/// The wire form, in the order of the template, the same text for equal answers.
[[nodiscard]] std::string to_json(const Template& task_template, const Answers& answers);

/// Is a question shown, given the answers to those before it?
[[nodiscard]] bool is_shown(const Template& task_template, const TemplateQuestion& question,
                            const Answers& answers);

}  // namespace mizan::domain
