// Answers that are lists of objects: rubrics, spans, boxes, chats, files.
#include <algorithm>
#include <tuple>

#include "mizan/domain/template/answer_values.h"
#include "mizan/domain/template/options.h"

namespace mizan::domain {

namespace {

CriterionAnswer criterion_answer(const RubricQuestion& question, const Criterion& criterion,
                                 const boost::json::value& value, const AnswerPlace& place) {
  ObjectReader reader(value, place.where, place.complaint);
  CriterionAnswer out{.criterion = criterion.name};
  out.verdict = reader.text("verdict", {.is_needed = place.is_whole()});
  const bool is_known = std::any_of(question.verdicts.begin(), question.verdicts.end(),
                                    [&](const Verdict& verdict) { return verdict.value == out.verdict; });
  if (!is_known && !out.verdict.empty())
    place.complaint.say(reader.where("verdict"), quoted(out.verdict) + " is not one of the verdicts");
  if (question.reasons != Reasons::none)
    out.reason =
        reader.text("reason", {.is_needed = place.is_whole() && question.reasons == Reasons::required});
  reader.finish();
  return out;
}

std::string mark_label(ObjectReader& reader, const std::vector<Option>& labels) {
  std::string label = reader.text("label", {.is_needed = true});
  if (!place_of(answer_values(labels, false), label))
    reader.complaint().say(reader.where("label"), quoted(label) + " is not one of the labels");
  return label;
}

Span span(ObjectReader& reader, const SpansQuestion& question) {
  Span out;
  for (const std::string_view bound : {"start", "end"})
    if (!reader.has(bound)) reader.complaint().say(reader.where(), "'" + std::string(bound) + "' is missing");
  out.start = static_cast<std::uint32_t>(reader.whole("start", {}));
  out.end = static_cast<std::uint32_t>(reader.whole("end", {}));
  if (out.end <= out.start) reader.complaint().say(reader.where("end"), "'end' must be greater than 'start'");
  out.label = mark_label(reader, question.labels);
  reader.finish();
  return out;
}

/// `spans` are sorted by start.
void check_overlap(const std::vector<Span>& spans, bool may_overlap, const AnswerPlace& place) {
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i] == spans[i - 1]) return place.say("the same span is there twice");
    if (!may_overlap && spans[i].start < spans[i - 1].end)
      return place.say("two spans overlap at character " + std::to_string(spans[i].start));
  }
}

double share(ObjectReader& reader, std::string_view name) {
  if (!reader.has(name)) reader.complaint().say(reader.where(), "'" + std::string(name) + "' is missing");
  return reader.number(name, 0, 1).value_or(0) + 0.0;
}

Box box(ObjectReader& reader, const BoxesQuestion& question) {
  constexpr double kRounding = 1e-6;  // of sums of decimal fractions
  Box out;
  out.x = share(reader, "x");
  out.y = share(reader, "y");
  out.width = share(reader, "width");
  out.height = share(reader, "height");
  if (out.width <= 0 || out.height <= 0) reader.complaint().say(reader.where(), "the box is empty");
  if (out.x + out.width > 1 + kRounding || out.y + out.height > 1 + kRounding)
    reader.complaint().say(reader.where(), "the box reaches beyond the picture",
                           "x, y, width and height are shares of the picture, from 0 to 1");
  out.label = mark_label(reader, question.labels);
  reader.finish();
  return out;
}

ChatMessage message(ObjectReader& reader, const ChatQuestion& question) {
  ChatMessage out;
  out.is_from_model = reader.word("role", {"user", "assistant"}, "") == "assistant";
  out.content = reader.text("content", {.is_needed = true, .max_length = 1'000'000});
  if (out.is_from_model && question.models == 2) {
    out.model = reader.word("model", {"a", "b"}, "");
    out.is_preferred = reader.flag("preferred", false);
  }
  reader.finish();
  return out;
}

void check_turns(const std::vector<ChatMessage>& messages, const ChatQuestion& question,
                 const AnswerPlace& place) {
  const auto turns = static_cast<std::size_t>(std::count_if(
      messages.begin(), messages.end(), [](const ChatMessage& each) { return !each.is_from_model; }));
  if (place.is_whole() && turns < question.min_turns)
    place.say("at least " + std::to_string(question.min_turns) + " turns are needed, not " +
              std::to_string(turns));
  if (turns > question.max_turns)
    place.say("at most " + std::to_string(question.max_turns) + " turns are allowed, not " +
              std::to_string(turns));
}

bool fits_media_type(const std::vector<std::string>& allowed, std::string_view media_type) {
  return allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](std::string_view each) {
           if (!each.ends_with("/*")) return each == media_type;
           return media_type.substr(0, each.size() - 1) == each.substr(0, each.size() - 1);
         });
}

AnswerFile file(ObjectReader& reader, const FileQuestion& question) {
  AnswerFile out;
  out.name = reader.text("name", {.is_needed = true, .max_length = 255});
  out.media_type = reader.text("media_type", {.is_needed = true, .max_length = 100});
  out.size_bytes = static_cast<std::uint64_t>(reader.whole("size_bytes", {.high = 1LL << 50}));
  out.sha256 = reader.text("sha256", {.max_length = 64});
  out.uri = reader.text("uri", {.is_needed = true, .max_length = 4000});
  if (!fits_media_type(question.media_types, out.media_type))
    reader.complaint().say(reader.where("media_type"),
                           quoted(out.media_type) + " is not a media type that is taken here");
  if (question.max_bytes > 0 && out.size_bytes > question.max_bytes)
    reader.complaint().say(reader.where("size_bytes"), "the file is larger than allowed");
  const bool is_hash =
      out.sha256.empty() ||
      (out.sha256.size() == 64 && out.sha256.find_first_not_of("0123456789abcdef") == std::string::npos);
  if (!is_hash)
    reader.complaint().say(reader.where("sha256"), "64 hexadecimal digits in lower case are needed");
  reader.finish();
  return out;
}

}  // namespace

RubricAnswer parse_rubric_answer(const RubricQuestion& question, const AnswerPlace& place) {
  ObjectReader reader(place.value, place.where, place.complaint);
  RubricAnswer out;
  for (const Criterion& criterion : question.criteria) {
    const auto* value = reader.member(criterion.name);
    if (value == nullptr) {
      if (place.is_whole()) place.say("the criterion " + quoted(criterion.name) + " has no verdict");
      continue;
    }
    const std::string at = reader.where(criterion.name);
    auto answer =
        criterion_answer(question, criterion, *value, {*value, at, place.completeness, place.complaint});
    if (!answer.verdict.empty()) out.criteria.push_back(std::move(answer));
  }
  reader.finish();
  return out;
}

SpansAnswer parse_spans_answer(const SpansQuestion& question, const AnswerPlace& place) {
  SpansAnswer out;
  each_element(place, question.min, question.max,
               [&](const boost::json::value& value, const std::string& where) {
                 ObjectReader reader(value, where, place.complaint);
                 out.spans.push_back(span(reader, question));
               });
  std::sort(out.spans.begin(), out.spans.end());
  check_overlap(out.spans, question.may_overlap, place);
  return out;
}

BoxesAnswer parse_boxes_answer(const BoxesQuestion& question, const AnswerPlace& place) {
  BoxesAnswer out;
  each_element(place, question.min, question.max,
               [&](const boost::json::value& value, const std::string& where) {
                 ObjectReader reader(value, where, place.complaint);
                 out.boxes.push_back(box(reader, question));
               });
  const auto key = [](const Box& b) { return std::tie(b.x, b.y, b.width, b.height, b.label); };
  std::sort(out.boxes.begin(), out.boxes.end(), [&](const Box& a, const Box& b) { return key(a) < key(b); });
  return out;
}

ChatAnswer parse_chat_answer(const ChatQuestion& question, const AnswerPlace& place) {
  constexpr std::size_t kMostMessages = 1000;
  ChatAnswer out;
  ObjectReader reader(place.value, place.where, place.complaint);
  reader.each("messages", {.min = 1, .max = kMostMessages, .is_needed = true},
              [&](const boost::json::value& value, const std::string& where) {
                ObjectReader one(value, where, place.complaint);
                out.messages.push_back(message(one, question));
              });
  reader.finish();
  check_turns(out.messages, question, place);
  return out;
}

FileAnswer parse_file_answer(const FileQuestion& question, const AnswerPlace& place) {
  FileAnswer out;
  each_element(place, question.min, question.max,
               [&](const boost::json::value& value, const std::string& where) {
                 ObjectReader reader(value, where, place.complaint);
                 out.files.push_back(file(reader, question));
               });
  return out;
}

}  // namespace mizan::domain
