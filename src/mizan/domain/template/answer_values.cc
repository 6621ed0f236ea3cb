#include "mizan/domain/template/answer_values.h"

#include <algorithm>
#include <cmath>

#include "mizan/domain/template/options.h"

namespace mizan::domain {

namespace {

ChoiceAnswer choice(const ChoiceQuestion& question, const AnswerPlace& place) {
  ChoiceAnswer out{text_of(place.value, place.where, {}, place.complaint)};
  if (!place_of(answer_values(question.options, question.any_level), out.value))
    place.say(quoted(out.value) + " is not one of the options");
  return out;
}

/// Texts that are each one of `allowed` and there once; in the order of `allowed`.
std::vector<std::string> picked(const boost::json::array& array, const std::vector<std::string>& allowed,
                                const AnswerPlace& place) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string at = pointer_to(place.where, i);
    const std::string text = text_of(array[i], at, {}, place.complaint);
    const auto found = place_of(allowed, text);
    if (!found) {
      place.complaint.say(at, quoted(text) + " is not one of the options");
      return {};
    }
    if (std::find(places.begin(), places.end(), *found) != places.end())
      place.complaint.say(at, quoted(text) + " is there twice");
    places.push_back(*found);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string> out;
  for (const std::size_t each : places) out.push_back(allowed[each]);
  return out;
}

ChoicesAnswer choices(const ChoicesQuestion& question, const AnswerPlace& place) {
  const auto* array = place.value.if_array();
  if (array == nullptr) {
    place.say("an array of options is needed, not " + std::string(kind_of(place.value)));
    return {};
  }
  ChoicesAnswer out{picked(*array, answer_values(question.options, question.any_level), place)};
  if (place.is_whole() && out.values.size() < question.min)
    place.say("at least " + std::to_string(question.min) + " of the options are needed");
  if (question.max > 0 && out.values.size() > question.max)
    place.say("at most " + std::to_string(question.max) + " of the options are allowed");
  return out;
}

RatingAnswer rating(const RatingQuestion& question, const AnswerPlace& place) {
  const auto level = whole_of(place.value);
  if (level && *level >= question.min && *level <= question.max) return {static_cast<std::int32_t>(*level)};
  place.say("a whole number from " + std::to_string(question.min) + " to " + std::to_string(question.max) +
            " is needed");
  return {};
}

NumberAnswer number(const NumberQuestion& question, const AnswerPlace& place) {
  const auto number = number_of(place.value);
  if (!number) {
    place.say("a number is needed, not " + std::string(kind_of(place.value)));
  } else if (question.is_whole && std::trunc(*number) != *number) {
    place.say("a whole number is needed");
  } else if (*number < question.min.value_or(*number) || *number > question.max.value_or(*number)) {
    place.say("the number is out of range");
  }
  return {number.value_or(0) + 0.0};  // + 0.0: a negative zero is zero
}

TextAnswer text(const TextQuestion& question, const AnswerPlace& place) {
  TextAnswer out{text_of(place.value, place.where, {.max_length = question.max_length}, place.complaint)};
  if (place.is_whole() && code_point_count(out.text) < question.min_length)
    place.say("the text is shorter than " + std::to_string(question.min_length) + " characters");
  return out;
}

PreferenceAnswer preference(const PreferenceQuestion& question, const AnswerPlace& place) {
  ObjectReader reader(place.value, place.where, place.complaint);
  PreferenceAnswer out;
  out.winner = reader.word("winner", {"a", "b", "tie"}, "");
  const bool is_tie = out.winner == "tie";
  if (is_tie && !question.has_tie) place.complaint.say(reader.where("winner"), "this question has no tie");
  if (is_tie && reader.has("strength"))
    place.complaint.say(reader.where("strength"), "a tie has no strength");
  if (!is_tie) {
    const auto strongest = static_cast<std::int64_t>(question.max_strength());
    const bool is_needed = strongest > 1 && place.is_whole();
    if (is_needed && !reader.has("strength")) place.complaint.say(place.where, "'strength' is missing");
    const auto strength = reader.whole("strength", {.low = 1, .high = strongest, .otherwise = 0});
    out.strength = strongest > 1 ? static_cast<std::uint32_t>(strength) : 0;
  }
  if (question.has_rewrite && !is_tie) out.rewrite = reader.text("rewrite", {.max_length = 1'000'000});
  if (is_tie && reader.has("rewrite"))
    place.complaint.say(reader.where("rewrite"), "a tie has no winner to rewrite");
  reader.finish();
  return out;
}

RankingAnswer ranking(const RankingQuestion& question, const AnswerPlace& place) {
  const auto allowed = answer_values(question.options, false);
  RankingAnswer out;
  std::vector<std::string> seen;
  each_element(place, 1, allowed.size(), [&](const boost::json::value& value, const std::string& where) {
    const auto* group = value.if_array();
    if (group == nullptr || group->empty())
      return place.complaint.say(where, "a group of options is needed",
                                 "[[\"best\"], [\"second\", \"as good\"]]");
    if (group->size() > 1 && !question.has_ties)
      return place.complaint.say(where, "this ranking has no ties");
    auto values = picked(*group, allowed, {value, where, place.completeness, place.complaint});
    for (const std::string& each : values)
      if (place_of(seen, each)) place.complaint.say(where, quoted(each) + " is there twice");
    seen.insert(seen.end(), values.begin(), values.end());
    out.groups.push_back(std::move(values));
  });
  if (place.is_whole() && seen.size() < allowed.size())
    for (const std::string& each : allowed)
      if (!place_of(seen, each)) place.say(quoted(each) + " is not ranked");
  return out;
}

}  // namespace

void each_element(const AnswerPlace& place, std::size_t min, std::size_t max,
                  const ObjectReader::OnElement& on_element) {
  const auto* array = place.value.if_array();
  if (array == nullptr) return place.say("an array is needed, not " + std::string(kind_of(place.value)));
  if (place.is_whole() && array->size() < min)
    return place.say("at least " + std::to_string(min) + " are needed, not " + std::to_string(array->size()));
  if (array->size() > max)
    return place.say("at most " + std::to_string(max) + " are allowed, not " + std::to_string(array->size()));
  for (std::size_t i = 0; i < array->size() && place.complaint.is_clean(); ++i)
    on_element((*array)[i], pointer_to(place.where, i));
}

std::optional<Answer> parse_answer(const TemplateQuestion& question, const boost::json::value& value,
                                   const std::string& where, Completeness completeness,
                                   Complaint& complaint) {
  if (value.is_null()) return std::nullopt;
  // "" is never a value: in gold it means "not scored", in an annotation "not answered".
  if (const auto* empty = value.if_string(); empty != nullptr && empty->empty()) return std::nullopt;
  const AnswerPlace place{value, where, completeness, complaint};
  struct Visitor {
    const AnswerPlace& place;
    Answer operator()(const ChoiceQuestion& q) const { return choice(q, place); }
    Answer operator()(const ChoicesQuestion& q) const { return choices(q, place); }
    Answer operator()(const RatingQuestion& q) const { return rating(q, place); }
    Answer operator()(const NumberQuestion& q) const { return number(q, place); }
    Answer operator()(const TextQuestion& q) const { return text(q, place); }
    Answer operator()(const PreferenceQuestion& q) const { return preference(q, place); }
    Answer operator()(const RankingQuestion& q) const { return ranking(q, place); }
    Answer operator()(const RubricQuestion& q) const { return parse_rubric_answer(q, place); }
    Answer operator()(const SpansQuestion& q) const { return parse_spans_answer(q, place); }
    Answer operator()(const BoxesQuestion& q) const { return parse_boxes_answer(q, place); }
    Answer operator()(const ChatQuestion& q) const { return parse_chat_answer(q, place); }
    Answer operator()(const FileQuestion& q) const { return parse_file_answer(q, place); }
  };
  Answer out = std::visit(Visitor{place}, question.body);
  if (!complaint.is_clean()) return std::nullopt;
  return out;
}

}  // namespace mizan::domain
