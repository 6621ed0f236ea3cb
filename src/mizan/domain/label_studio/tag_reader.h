// Reads the attributes of one tag and remembers which were understood. Of this folder only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/label_studio/xml.h"

namespace mizan::domain {

/// Not thread-safe; the element outlives it.
class TagReader {
 public:
  explicit TagReader(const XmlElement& element) : element_(element) {}

  [[nodiscard]] const XmlElement& element() const { return element_; }
  /// The attribute, or "" where it is absent; it counts as understood.
  [[nodiscard]] std::string text(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const { return element_.attribute(name) != nullptr; }
  /// true, false, or absent = `otherwise`.
  [[nodiscard]] bool flag(std::string_view name, bool otherwise = false);
  /// @errors malformed_template: absent or empty
  [[nodiscard]] Result<std::string> needed(std::string_view name);
  /// @errors malformed_template: there, and no whole number
  [[nodiscard]] Result<std::optional<std::int64_t>> whole(std::string_view name);
  /// These only change how it looks.
  void pass_over(std::initializer_list<std::string_view> names);

  /// The JSON pointer of "$text", "$a.b" or "$list[0]".
  /// @errors malformed_template: it names no variable, or text stands around it
  [[nodiscard]] Result<std::string> path(std::string_view name);

  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& message, std::string hint = {}) const;
  /// A sentence for each attribute that nobody asked for.
  void note_rest(std::vector<std::string>& notes) const;

 private:
  const XmlElement& element_;
  std::set<std::string, std::less<>> understood_{};
};

}  // namespace mizan::domain
