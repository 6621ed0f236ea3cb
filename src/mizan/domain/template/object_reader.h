// Reads the members of a JSON object and remembers the first complaint with its place. What stands in the way
// of the happy path is then one question at the end, not one after each member. Of this folder only.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "mizan/base/result.h"

namespace mizan::domain {

/// `where` + "/" + `member`, escaped as a JSON pointer (RFC 6901).
[[nodiscard]] std::string pointer_to(const std::string& where, std::string_view member);
[[nodiscard]] std::string pointer_to(const std::string& where, std::size_t index);
/// Is it empty, or "/" and escaped parts?
[[nodiscard]] bool is_json_pointer(std::string_view text);
/// Characters of valid UTF-8, as Unicode counts them.
[[nodiscard]] std::size_t code_point_count(std::string_view text);
/// 'value' for a message, cut when it is long.
[[nodiscard]] std::string quoted(std::string_view text);

/// The first complaint of a document; later ones are often its consequences.
class Complaint {
 public:
  explicit Complaint(ErrorCode code) : code_(code) {}
  void say(std::string where, std::string message, std::string hint = {});
  [[nodiscard]] bool is_clean() const { return !error_; }
  /// Nothing, or the complaint.
  [[nodiscard]] Result<void> result() const;

 private:
  ErrorCode code_;
  std::optional<Error> error_{};
};

struct TextRule {
  bool is_needed = false;
  std::size_t max_length = 10'000;  ///< code points
};
struct WholeRule {
  std::int64_t low = 0;
  std::int64_t high = std::numeric_limits<std::int32_t>::max();
  std::int64_t otherwise = 0;
};
struct ListRule {
  std::size_t min = 0;
  std::size_t max = 1000;
  bool is_needed = false;
};

/// One object at one place. Every reading returns the member, or something harmless after a complaint.
class ObjectReader {
 public:
  ObjectReader(const boost::json::value& value, std::string where, Complaint& complaint);

  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] std::string where(std::string_view member) const { return pointer_to(where_, member); }
  [[nodiscard]] Complaint& complaint() { return complaint_; }

  /// The member, or nullptr; it is known from now on.
  const boost::json::value* member(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const;
  std::string text(std::string_view name, const TextRule& rule = {});
  /// A JSON pointer.
  std::string path(std::string_view name, bool is_needed = false);
  bool flag(std::string_view name, bool otherwise);
  std::int64_t whole(std::string_view name, const WholeRule& rule);
  std::optional<double> number(std::string_view name, double low = -1e300, double high = 1e300);
  /// One of the words; `otherwise` when it is not there, and an empty `otherwise` means that it is needed.
  std::string word(std::string_view name, std::initializer_list<std::string_view> words,
                   std::string_view otherwise);
  using OnElement = std::function<void(const boost::json::value& element, const std::string& where)>;
  void each(std::string_view name, const ListRule& rule, const OnElement& on_element);
  std::vector<std::string> texts(std::string_view name, const ListRule& rule, const TextRule& text = {});

  /// Refuses members that nobody asked for. Call it last.
  void finish();

 private:
  void say(std::string_view member, std::string message, std::string hint = {});

  const boost::json::object* object_;
  std::string where_;
  Complaint& complaint_;
  std::vector<std::string_view> known_{};
};

/// The text of a value that must be one.
[[nodiscard]] std::string text_of(const boost::json::value& value, const std::string& where,
                                  const TextRule& rule, Complaint& complaint);
/// A number, whole or not, or nothing.
[[nodiscard]] std::optional<double> number_of(const boost::json::value& value);
[[nodiscard]] std::optional<std::int64_t> whole_of(const boost::json::value& value);
/// "an object", "a text", … for messages.
[[nodiscard]] std::string_view kind_of(const boost::json::value& value);

}  // namespace mizan::domain
