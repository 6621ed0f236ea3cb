#include <algorithm>
#include <array>

#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

constexpr std::array<std::string_view, 12> kKindNames = {"choice", "choices",    "rating",  "number",
                                                         "text",   "preference", "ranking", "rubric",
                                                         "spans",  "boxes",      "chat",    "file"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

InferenceModel read_inference(ObjectReader& reader, QuestionKind kind) {
  const bool can = has_classes(kind);
  const std::string word = reader.word("inference", {"classes", "none"}, can ? "classes" : "none");
  if (word != "classes") return InferenceModel::none;
  if (!can)
    reader.complaint().say(reader.where("inference"),
                           "a " + std::string(question_kind_name(kind)) + " question has no classes to infer",
                           "write \"none\", or leave it out");
  return InferenceModel::classes;
}

bool is_key(std::string_view key) {
  constexpr std::array<std::string_view, 11> kNamed = {"enter", "space", "tab",   "backspace", "delete", "up",
                                                       "down",  "left",  "right", "home",      "end"};
  if (std::find(kNamed.begin(), kNamed.end(), key) != kNamed.end()) return true;
  if (key.size() == 1)
    return key[0] > ' ' && key[0] != '+' && key[0] != 0x7f && !(key[0] >= 'A' && key[0] <= 'Z');
  return key.size() <= 3 && key[0] == 'f' && is_digit(key[1]) && key[1] != '0' &&
         (key.size() == 2 || is_digit(key[2]));
}

bool is_shortcut(std::string_view text) {
  for (const std::string_view modifier : {"ctrl+", "alt+", "shift+"})
    if (text.substr(0, modifier.size()) == modifier) text.remove_prefix(modifier.size());
  return !text.empty() && is_key(text);
}

}  // namespace

std::string_view question_kind_name(QuestionKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

bool has_classes(QuestionKind kind) {
  return kind == QuestionKind::choice || kind == QuestionKind::choices || kind == QuestionKind::rating ||
         kind == QuestionKind::preference || kind == QuestionKind::rubric;
}

std::string parse_name(ObjectReader& reader) {
  std::string name = reader.text("name", {.is_needed = true});
  const bool fits = !name.empty() && name.size() <= 64 && is_letter(name[0]) &&
                    std::all_of(name.begin(), name.end(),
                                [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
  if (!fits)
    reader.complaint().say(reader.where("name"), quoted(name) + " cannot be a name",
                           "a letter, then letters, digits, _ and -, at most 64 in all");
  return name;
}

std::string parse_shortcut(ObjectReader& reader) {
  std::string shortcut = reader.text("shortcut");
  if (reader.has("shortcut") && !is_shortcut(shortcut))
    reader.complaint().say(reader.where("shortcut"), quoted(shortcut) + " is not a key",
                           "one key such as 1, a or enter, with ctrl+, alt+, shift+ before it in this order");
  return shortcut;
}

TemplateQuestion parse_question(const boost::json::value& value, const std::string& where,
                                const std::vector<TemplateQuestion>& before, Complaint& complaint) {
  ObjectReader reader(value, where, complaint);
  TemplateQuestion out;
  out.name = parse_name(reader);
  const std::string type = reader.word("type",
                                       {"choice", "choices", "rating", "number", "text", "preference",
                                        "ranking", "rubric", "spans", "boxes", "chat", "file"},
                                       "");
  out.title = reader.text("title");
  out.help = reader.text("help");
  out.is_required = reader.flag("required", true);
  out.shortcut = parse_shortcut(reader);
  if (const auto* condition = reader.member("show_if"))
    out.show_if = parse_condition(*condition, reader.where("show_if"), before, complaint);
  if (!complaint.is_clean()) return out;
  out.body = parse_body(type, reader);
  if (auto* file = std::get_if<FileQuestion>(&out.body);
      file != nullptr && out.is_required && !reader.has("min"))
    file->min = 1;
  out.gold = parse_gold_rule(out.kind(), reader);
  out.inference = read_inference(reader, out.kind());
  reader.finish();
  return out;
}

}  // namespace mizan::domain
