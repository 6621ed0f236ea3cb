// The answer to one question, read from the wire. Of this folder only.
#pragma once

#include <optional>

#include "mizan/domain/template/answers.h"
#include "mizan/domain/template/object_reader.h"

namespace mizan::domain {

/// Partial answers (gold, drafts) need not reach the least lengths and counts, and a rubric may lack
/// criteria.
enum class Completeness : std::uint8_t { whole, partial };

/// @out nothing when the value counts as not answered (null, an empty text), or after a complaint
[[nodiscard]] std::optional<Answer> parse_answer(const TemplateQuestion& question,
                                                 const boost::json::value& value, const std::string& where,
                                                 Completeness completeness, Complaint& complaint);

/// One value as parse_answer reads it, where the question is known to the caller.
struct AnswerPlace {
  const boost::json::value& value;
  const std::string& where;
  Completeness completeness;
  Complaint& complaint;

  void say(std::string message, std::string hint = {}) const {
    complaint.say(where, std::move(message), std::move(hint));
  }
  [[nodiscard]] bool is_whole() const { return completeness == Completeness::whole; }
};

[[nodiscard]] RubricAnswer parse_rubric_answer(const RubricQuestion& question, const AnswerPlace& place);
[[nodiscard]] SpansAnswer parse_spans_answer(const SpansQuestion& question, const AnswerPlace& place);
[[nodiscard]] BoxesAnswer parse_boxes_answer(const BoxesQuestion& question, const AnswerPlace& place);
[[nodiscard]] ChatAnswer parse_chat_answer(const ChatQuestion& question, const AnswerPlace& place);
[[nodiscard]] FileAnswer parse_file_answer(const FileQuestion& question, const AnswerPlace& place);
/// Calls on_element for each element of an array of min (when whole) to max elements.
void each_element(const AnswerPlace& place, std::size_t min, std::size_t max,
                  const ObjectReader::OnElement& on_element);

}  // namespace mizan::domain
