// Writes JSON text, piece by piece, in the order of the calls: compact, numbers plain and short, strings
// escaped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mizan {

/// Not thread-safe. The caller keeps begin/end paired and names every member of an object; both are checked.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  /// The name of the next value inside an object.
  JsonWriter& key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool flag);
  void value(std::int64_t number);
  void value(std::uint64_t number);
  void value(int number) { value(static_cast<std::int64_t>(number)); }
  void value(std::uint32_t number) { value(static_cast<std::uint64_t>(number)); }
  /// Seven significant digits; a number that is not finite becomes null.
  void value(double number);
  void null();

  template <class T>
  void value(const std::optional<T>& maybe) {
    maybe ? value(*maybe) : null();
  }
  template <class T>
  void value(const std::vector<T>& list) {
    begin_array();
    for (const T& each : list) value(each);
    end_array();
  }
  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

  /// The finished text; the writer is empty afterwards.
  [[nodiscard]] std::string take();

 private:
  void before_value();
  void open(char bracket);
  void close(char bracket);

  std::string text_;
  std::vector<char> open_;  // brackets that wait to be closed
  bool first_ = true;       // nothing stands yet in the innermost bracket
  bool after_key_ = false;
};

/// `text` between quotes, escaped as JSON wants it.
void append_json_string(std::string& out, std::string_view text);

}  // namespace mizan
