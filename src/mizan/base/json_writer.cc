#include "mizan/base/json_writer.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "mizan/base/assert.h"

namespace mizan {

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void JsonWriter::before_value() {
  const bool in_object = !open_.empty() && open_.back() == '}';
  MIZAN_ASSERT(in_object == after_key_);
  if (!after_key_ && !first_) text_ += ',';
  first_ = false;
  after_key_ = false;
}

void JsonWriter::open(char bracket) {
  before_value();
  text_ += bracket;
  open_.push_back(bracket == '{' ? '}' : ']');
  first_ = true;
}

void JsonWriter::close(char bracket) {
  MIZAN_ASSERT(!open_.empty() && open_.back() == bracket && !after_key_);
  text_ += bracket;
  open_.pop_back();
  first_ = false;
}

void JsonWriter::begin_object() {
  open('{');
}
void JsonWriter::end_object() {
  close('}');
}
void JsonWriter::begin_array() {
  open('[');
}
void JsonWriter::end_array() {
  close(']');
}

JsonWriter& JsonWriter::key(std::string_view name) {
  MIZAN_ASSERT(!open_.empty() && open_.back() == '}' && !after_key_);
  if (!first_) text_ += ',';
  append_json_string(text_, name);
  text_ += ':';
  first_ = false;
  after_key_ = true;
  return *this;
}

void JsonWriter::value(std::string_view text) {
  before_value();
  append_json_string(text_, text);
}
void JsonWriter::value(bool flag) {
  before_value();
  text_ += flag ? "true" : "false";
}
void JsonWriter::value(std::int64_t number) {
  before_value();
  text_ += std::to_string(number);
}
void JsonWriter::value(std::uint64_t number) {
  before_value();
  text_ += std::to_string(number);
}
void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  before_value();
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::general, 7).ptr;
  text_.append(buffer, end);
}
void JsonWriter::null() {
  before_value();
  text_ += "null";
}

std::string JsonWriter::take() {
  MIZAN_ASSERT(open_.empty());
  first_ = true;
  return std::exchange(text_, {});
}

}  // namespace mizan
