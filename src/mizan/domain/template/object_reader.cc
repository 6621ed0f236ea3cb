#include "mizan/domain/template/object_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mizan::domain {

namespace {

const boost::json::object& empty_object() {
  static const boost::json::object empty;
  return empty;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

}  // namespace

std::string pointer_to(const std::string& where, std::string_view member) {
  std::string out = where + "/";
  for (const char c : member) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pointer_to(const std::string& where, std::size_t index) {
  return where + "/" + std::to_string(index);
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '~') continue;
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

std::size_t code_point_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 80;
  if (text.size() <= kShown) return "'" + std::string(text) + "'";
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "'" + std::string(text.substr(0, end)) + "…'";
}

void Complaint::say(std::string where, std::string message, std::string hint) {
  if (!error_)
    error_ = Error{code_, std::move(message), where.empty() ? "/" : std::move(where), std::move(hint)};
}

Result<void> Complaint::result() const {
  if (error_) return fail(*error_);
  return {};
}

ObjectReader::ObjectReader(const boost::json::value& value, std::string where, Complaint& complaint)
    : object_(value.if_object()), where_(std::move(where)), complaint_(complaint) {
  if (object_ != nullptr) return;
  complaint_.say(where_, "an object is needed here, not " + std::string(kind_of(value)));
  object_ = &empty_object();
}

void ObjectReader::say(std::string_view member, std::string message, std::string hint) {
  complaint_.say(where(member), std::move(message), std::move(hint));
}

bool ObjectReader::has(std::string_view name) const {
  return object_->contains(name);
}

const boost::json::value* ObjectReader::member(std::string_view name) {
  known_.push_back(name);
  return object_->if_contains(name);
}

std::string ObjectReader::text(std::string_view name, const TextRule& rule) {
  const auto* value = member(name);
  if (value != nullptr) return text_of(*value, where(name), rule, complaint_);
  if (rule.is_needed) complaint_.say(where_, "'" + std::string(name) + "' is missing");
  return {};
}

std::string ObjectReader::path(std::string_view name, bool is_needed) {
  std::string text = this->text(name, {.is_needed = is_needed, .max_length = 1000});
  if (is_needed && has(name) && text.empty())
    say(name, "a path into the payload is needed", "such as \"/prompt\"");
  if (!is_json_pointer(text))
    say(name, quoted(text) + " is not a path into the payload", "write it as a JSON pointer: \"/prompt\"");
  return text;
}

bool ObjectReader::flag(std::string_view name, bool otherwise) {
  const auto* value = member(name);
  if (value == nullptr) return otherwise;
  if (const bool* flag = value->if_bool()) return *flag;
  say(name, "true or false is needed, not " + std::string(kind_of(*value)));
  return otherwise;
}

std::int64_t ObjectReader::whole(std::string_view name, const WholeRule& rule) {
  const auto* value = member(name);
  if (value == nullptr) return rule.otherwise;
  const auto number = whole_of(*value);
  if (number && *number >= rule.low && *number <= rule.high) return *number;
  say(name,
      "a whole number from " + std::to_string(rule.low) + " to " + std::to_string(rule.high) + " is needed");
  return rule.otherwise;
}

std::optional<double> ObjectReader::number(std::string_view name, double low, double high) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  const auto number = number_of(*value);
  if (!number) {
    say(name, "a number is needed, not " + std::string(kind_of(*value)));
  } else if (*number < low || *number > high) {
    say(name, "the number is out of range");
  } else {
    return number;
  }
  return std::nullopt;
}

std::string ObjectReader::word(std::string_view name, std::initializer_list<std::string_view> words,
                               std::string_view otherwise) {
  std::string word = text(name, {.is_needed = otherwise.empty()});
  if (!has(name)) return std::string(otherwise);
  if (std::find(words.begin(), words.end(), word) == words.end())
    say(name, quoted(word) + " is not known here", "one of: " + joined(words));
  return word;
}

void ObjectReader::each(std::string_view name, const ListRule& rule, const OnElement& on_element) {
  const auto* value = member(name);
  if (value == nullptr) {
    if (rule.is_needed) complaint_.say(where_, "'" + std::string(name) + "' is missing");
    return;
  }
  const auto* array = value->if_array();
  if (array == nullptr) return say(name, "an array is needed, not " + std::string(kind_of(*value)));
  if (array->size() < rule.min)
    return say(name, "at least " + counted(rule.min, "element") + " are needed, not " +
                         std::to_string(array->size()));
  if (array->size() > rule.max)
    return say(name, "at most " + counted(rule.max, "element") + " are allowed, not " +
                         std::to_string(array->size()));
  const std::string at = where(name);
  for (std::size_t i = 0; i < array->size() && complaint_.is_clean(); ++i)
    on_element((*array)[i], pointer_to(at, i));
}

std::vector<std::string> ObjectReader::texts(std::string_view name, const ListRule& rule,
                                             const TextRule& text) {
  std::vector<std::string> out;
  each(name, rule, [&](const boost::json::value& element, const std::string& at) {
    out.push_back(text_of(element, at, text, complaint_));
  });
  return out;
}

void ObjectReader::finish() {
  for (const auto& member : *object_) {
    const std::string_view name = member.key();
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string hint;
    for (const std::string_view known : known_) hint += (hint.empty() ? "" : ", ") + std::string(known);
    return say(name, "there is no member " + quoted(name) + " here", "the members are: " + hint);
  }
}

std::string text_of(const boost::json::value& value, const std::string& where, const TextRule& rule,
                    Complaint& complaint) {
  const auto* text = value.if_string();
  if (text == nullptr) {
    complaint.say(where, "a text is needed, not " + std::string(kind_of(value)));
    return {};
  }
  const std::string_view view(text->data(), text->size());
  if (rule.is_needed && view.empty()) complaint.say(where, "the text is empty");
  if (view.size() > rule.max_length && code_point_count(view) > rule.max_length)
    complaint.say(where, "the text is longer than " + counted(rule.max_length, "character"));
  if (view.find('\0') != std::string_view::npos) complaint.say(where, "the text has a NUL character");
  return std::string(view);
}

std::optional<double> number_of(const boost::json::value& value) {
  if (const auto* number = value.if_double()) {
    if (std::isfinite(*number)) return *number;
    return std::nullopt;
  }
  if (const auto* number = value.if_int64()) return static_cast<double>(*number);
  if (const auto* number = value.if_uint64()) return static_cast<double>(*number);
  return std::nullopt;
}

std::optional<std::int64_t> whole_of(const boost::json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  if (const auto* number = value.if_double()) {
    constexpr double kExact = 9007199254740992.0;  // 2^53
    if (std::abs(*number) <= kExact && std::trunc(*number) == *number)
      return static_cast<std::int64_t>(*number);
  }
  return std::nullopt;
}

std::string_view kind_of(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      return "null";
    case boost::json::kind::bool_:
      return "true or false";
    case boost::json::kind::string:
      return "a text";
    case boost::json::kind::array:
      return "an array";
    case boost::json::kind::object:
      return "an object";
    default:
      return "a number";
  }
}

}  // namespace mizan::domain
