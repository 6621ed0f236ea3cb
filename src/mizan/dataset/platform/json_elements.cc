#include "mizan/dataset/platform/json_elements.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace mizan::dataset {
namespace {

constexpr const char* kExpected = "an export is one JSON array of objects, or one JSON object a line";

std::string place(const std::string& name, std::uint64_t line) {
  return name + ":" + std::to_string(line);
}

std::uint64_t newlines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

JsonElements::JsonElements(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {
  skip_blank();
  if (at_ < bytes_.size() && bytes_[at_] == '[') {
    is_array_ = true;
    ++at_;
  }
}

Result<std::optional<JsonElement>> JsonElements::next() {
  MIZAN_TRY(const bool is_there, step_to_object());
  if (!is_there) return std::optional<JsonElement>{};
  MIZAN_TRY(const std::size_t end, end_of_object());
  const JsonElement element{bytes_.substr(at_, end - at_), ++count_, line_};
  line_ += newlines(element.text);
  at_ = end;
  return element;
}

/// Moves to the first byte of the next object; false at the end of the input.
Result<bool> JsonElements::step_to_object() {
  skip_blank();
  const bool is_at_end = at_ >= bytes_.size();
  if (!is_array_ && is_at_end) return false;
  if (is_closed_) {
    if (is_at_end) return false;
    return malformed("there is text after the array's closing bracket", kExpected);
  }
  if (is_at_end)
    return malformed("the JSON is cut short: the array is not closed", "export or copy the file again");
  if (is_array_ && bytes_[at_] == ']') {
    is_closed_ = true;
    ++at_;
    return step_to_object();
  }
  if (is_array_ && count_ > 0) {
    if (bytes_[at_] != ',')
      return malformed("a comma or the closing bracket is missing between two objects", kExpected);
    ++at_;
    skip_blank();
  }
  if (at_ < bytes_.size() && bytes_[at_] == '{') return true;
  return malformed("an object was expected here", kExpected);
}

Result<std::size_t> JsonElements::end_of_object() {
  const std::size_t begin = at_;
  std::size_t depth = 0;
  for (; at_ < bytes_.size(); ++at_) {
    const char c = bytes_[at_];
    if (c == '"') {
      if (!skip_string()) break;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxJsonDepth) {
        line_ += newlines(bytes_.substr(begin, at_ - begin));
        return malformed("the JSON is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels",
                         "this is not an export of labels; look at the file");
      }
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return std::exchange(at_, begin) + 1;
    }
  }
  return malformed("the JSON is cut short: the object that begins here is not closed",
                   "export or copy the file again");
}

/// From the opening quote to the closing one; false if there is none.
bool JsonElements::skip_string() {
  for (++at_; at_ < bytes_.size(); ++at_) {
    if (bytes_[at_] == '\\') {
      ++at_;
    } else if (bytes_[at_] == '"') {
      return true;
    }
  }
  return false;
}

void JsonElements::skip_blank() {
  for (; at_ < bytes_.size(); ++at_) {
    const char c = bytes_[at_];
    if (c == '\n') ++line_;
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
  }
}

tl::unexpected<Error> JsonElements::malformed(const std::string& message, const std::string& hint) const {
  return fail(ErrorCode::malformed_json, message, place(name_, line_), hint);
}

Result<const boost::json::object*> JsonParser::parse(const JsonElement& element, const std::string& name) {
  value_ = nullptr;  // before its memory goes
  resource_.emplace(memory_.data(), memory_.size());
  boost::json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::json::parser parser({}, options);
  parser.reset(&*resource_);
  boost::system::error_code error;
  const std::size_t read = parser.write_some(element.text.data(), element.text.size(), error);
  if (!error && read == element.text.size()) {
    value_ = parser.release();
    if (const auto* object = value_.if_object()) return object;
  }
  const std::string reason = error ? error.message() : "text follows it";
  return fail(ErrorCode::malformed_json,
              "object " + std::to_string(element.number) + " is not valid JSON: " + reason,
              place(name, element.line + newlines(element.text.substr(0, read))),
              "export the file again, or check it with a JSON validator");
}

std::optional<std::string_view> scalar_text(const boost::json::value& value, std::string& buffer) {
  char digits[40];
  const auto number = [&](auto n) -> std::string_view {
    buffer.assign(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
    return buffer;
  };
  using boost::json::kind;
  switch (value.kind()) {
    case kind::string:
      return std::string_view(value.get_string());
    case kind::int64:
      return number(value.get_int64());
    case kind::uint64:
      return number(value.get_uint64());
    case kind::double_:
      return number(value.get_double());
    case kind::bool_:
      return value.get_bool() ? "true" : "false";
    case kind::null:
      return std::string_view{};
    case kind::array:
    case kind::object:
      break;
  }
  return std::nullopt;
}

std::string_view member_text(const boost::json::object& object, std::string_view key, std::string& buffer) {
  const boost::json::value* value = object.if_contains(key);
  return value == nullptr ? std::string_view{} : scalar_text(*value, buffer).value_or(std::string_view{});
}

const boost::json::object* object_of(const boost::json::object& parent, std::string_view key) {
  const boost::json::value* value = parent.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

const boost::json::array* array_of(const boost::json::object& parent, std::string_view key) {
  const boost::json::value* value = parent.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

std::optional<std::vector<std::string>> scalar_texts(const boost::json::value& value) {
  std::vector<std::string> texts;
  std::string buffer;
  const auto add = [&](const boost::json::value& one) {
    const auto text = scalar_text(one, buffer);
    if (text) texts.emplace_back(*text);
    return text.has_value();
  };
  if (const auto* list = value.if_array()) {
    for (const boost::json::value& one : *list)
      if (!add(one)) return std::nullopt;
    return texts;
  }
  if (!add(value)) return std::nullopt;
  return texts;
}

}  // namespace mizan::dataset
