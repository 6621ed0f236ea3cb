#include "mizan/domain/label_studio/tag_reader.h"

#include <charconv>
#include <optional>

namespace mizan::domain {

std::string TagReader::text(std::string_view name) {
  understood_.emplace(name);
  const std::string* value = element_.attribute(name);
  return value == nullptr ? std::string() : *value;
}

bool TagReader::flag(std::string_view name, bool otherwise) {
  const std::string value = text(name);
  return value.empty() ? otherwise : value == "true";
}

Result<std::string> TagReader::needed(std::string_view name) {
  std::string value = text(name);
  if (value.empty()) return wrong("has no " + std::string(name));
  return value;
}

Result<std::optional<std::int64_t>> TagReader::whole(std::string_view name) {
  const std::string value = text(name);
  if (value.empty()) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size())
    return wrong("has " + std::string(name) + "=\"" + value + "\", which is no whole number");
  return std::optional(number);
}

void TagReader::pass_over(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) understood_.emplace(name);
}

Result<std::string> TagReader::path(std::string_view name) {
  MIZAN_TRY(const std::string value, needed(name));
  const auto refuse = [&] {
    return wrong("has " + std::string(name) + "=\"" + value + "\"",
                 "a value is one variable of the task, like $text or $images[0].url");
  };
  if (value.size() < 2 || value[0] != '$') return refuse();
  std::string pointer;
  bool is_open = true;  // a name may begin here
  for (std::size_t i = 1; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '.' || c == '[') {
      if (is_open && c == '.') return refuse();
      is_open = true;
    } else if (c == ']') {
      if (is_open) return refuse();
    } else if (c == ' ' || c == '$') {
      return refuse();
    } else {
      if (is_open) pointer += '/';
      is_open = false;
      pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
  }
  if (is_open) return refuse();
  return pointer;
}

tl::unexpected<Error> TagReader::wrong(const std::string& message, std::string hint) const {
  return fail(ErrorCode::malformed_template, "<" + element_.name + "> " + message,
              "line " + std::to_string(element_.line), std::move(hint));
}

void TagReader::note_rest(std::vector<std::string>& notes) const {
  for (const auto& [name, value] : element_.attributes) {
    if (understood_.contains(name)) continue;
    std::string note = "line " + std::to_string(element_.line);
    note.append(": <").append(element_.name).append("> ").append(name).append("=\"").append(value);
    notes.push_back(note.append("\" has no counterpart and was left out"));
  }
}

}  // namespace mizan::domain
