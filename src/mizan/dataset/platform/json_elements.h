// Cuts a JSON array, or values one after another (JSON lines), into its top-level objects, so that each can
// be parsed alone: memory is that of the largest object, whatever the size of the file, and an error has a
// line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "mizan/base/progress.h"
#include "mizan/base/result.h"

namespace mizan::dataset {

/// Objects may be nested this deep; more is an attack or a mistake.
inline constexpr std::size_t kMaxJsonDepth = 256;

struct JsonElement {
  std::string_view text;  ///< from { to }
  std::uint64_t number;   ///< 1-based
  std::uint64_t line;     ///< of its first byte, 1-based
};

/// Not thread-safe. Looks only at braces and strings; what is inside an object is the parser's to check.
class JsonElements {
 public:
  /// @in name  of the input, for messages
  JsonElements(std::string_view bytes, std::string name);

  /// The next object, or nothing at the end.
  /// @errors malformed_json: cut short, not objects, text after the array, nested too deep
  [[nodiscard]] Result<std::optional<JsonElement>> next();

 private:
  [[nodiscard]] Result<std::size_t> end_of_object();
  [[nodiscard]] bool skip_string();
  void skip_blank();
  [[nodiscard]] tl::unexpected<Error> malformed(const std::string& message, const std::string& hint) const;
  [[nodiscard]] Result<bool> step_to_object();

  std::string_view bytes_;
  std::string name_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t count_ = 0;
  bool is_array_ = false;
  bool is_closed_ = false;
};

/// Parses objects one at a time. Not thread-safe; an object is valid until the next one is parsed.
class JsonParser {
 public:
  /// @errors malformed_json, at the line where the parser stopped
  [[nodiscard]] Result<const boost::json::object*> parse(const JsonElement& element, const std::string& name);

 private:
  std::vector<unsigned char> memory_ = std::vector<unsigned char>(std::size_t{1} << 16);
  std::optional<boost::json::monotonic_resource> resource_{};
  boost::json::value value_{};
};

/// Calls visit(object, element) for each object of a text that is known to be UTF-8, in order.
/// @errors malformed_json, cancelled
template <class Visit>
[[nodiscard]] Result<void> for_each_object(std::string_view bytes, const std::string& name,
                                           const Progress& progress, std::string_view stage,
                                           const Visit& visit) {
  constexpr std::uint64_t kObjectsPerReport = 1024;
  JsonElements elements(bytes, name);
  JsonParser parser;
  while (true) {
    MIZAN_TRY(const auto element, elements.next());
    if (!element) return {};
    if (element->number % kObjectsPerReport == 0) {
      if (progress.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
      progress.report(stage, static_cast<std::uint64_t>(element->text.data() - bytes.data()), bytes.size());
    }
    MIZAN_TRY(const auto* object, parser.parse(*element, name));
    visit(*object, *element);
  }
}

/// A scalar as text: strings as they are, numbers in the shortest form, true and false; null is empty;
/// nothing for arrays and objects. The view lives as long as the element and `buffer`.
[[nodiscard]] std::optional<std::string_view> scalar_text(const boost::json::value& value,
                                                          std::string& buffer);

/// The member of an object as text; empty if it is not there, null, or not a scalar.
[[nodiscard]] std::string_view member_text(const boost::json::object& object, std::string_view key,
                                           std::string& buffer);
/// The member of an object if it is an object, or an array; nullptr otherwise.
[[nodiscard]] const boost::json::object* object_of(const boost::json::object& parent, std::string_view key);
[[nodiscard]] const boost::json::array* array_of(const boost::json::object& parent, std::string_view key);
/// The texts of a scalar or of a list of scalars; nothing when it is anything else.
[[nodiscard]] std::optional<std::vector<std::string>> scalar_texts(const boost::json::value& value);

}  // namespace mizan::dataset
