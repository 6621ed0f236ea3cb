// What was odd about an input: counted, with the first few examples, never silently passed over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// A code of docs/formats/labels.md, how often it was met, and where first.
struct Oddity {
  std::string code;
  std::uint64_t count = 0;
  std::vector<std::string> examples{};  ///< "line 12: the label is empty"
};

// X(code, whether --strict makes it fatal, the error it then is)
#define MIZAN_ODDITY_CODES(X)                  \
  X(unusable_row, true, unusable_row)          \
  X(bad_price, true, bad_number)               \
  X(bad_seconds, true, bad_number)             \
  X(bad_time, true, bad_number)                \
  X(bad_gold, true, bad_gold)                  \
  X(missing_supplier, true, unusable_row)      \
  X(shared_annotator_id, false, unusable_row)  \
  X(similar_classes, false, unusable_row)      \
  X(trimmed_space, false, unusable_row)        \
  X(blank_line, false, unusable_row)           \
  X(cancelled_annotation, false, unusable_row) \
  X(rejected_annotation, false, unusable_row)  \
  X(unsupported_answer, false, unusable_row)   \
  X(several_choices, false, unusable_row)

enum class OddityCode : std::uint8_t {
#define MIZAN_ODDITY_ENUM(code, fatal, error) code,
  MIZAN_ODDITY_CODES(MIZAN_ODDITY_ENUM)
#undef MIZAN_ODDITY_ENUM
};
#define MIZAN_ODDITY_COUNT(code, fatal, error) +1
inline constexpr std::size_t kOddityCodeCount = 0 MIZAN_ODDITY_CODES(MIZAN_ODDITY_COUNT);
#undef MIZAN_ODDITY_COUNT

[[nodiscard]] std::string_view oddity_name(OddityCode code);

/// A tally of oddities of one part of an input. Not thread-safe: one for each part, added up in the order of
/// the parts, so that the result does not depend on how the input was cut.
class OddityTally {
 public:
  static constexpr std::size_t kMaxExamples = 5;

  /// Counts one. `place` is a line or row number, 1-based within this part; 0 = no place.
  void note(OddityCode code, std::uint64_t place, std::string_view text);
  /// Counts without building an example when enough are there; `text()` is called only if needed.
  template <class Text>
  void note_lazily(OddityCode code, std::uint64_t place, Text&& text) {
    if (needs_example(code)) {
      note(code, place, text());
    } else {
      ++of(code).count;
    }
  }
  /// Adds a later part whose places begin after `place_offset`.
  void add(const OddityTally& later, std::uint64_t place_offset);

  [[nodiscard]] std::uint64_t count(OddityCode code) const { return of(code).count; }
  /// The oddities that were met, in the order of MIZAN_ODDITY_CODES. `place_word`: "line", "row", "record".
  [[nodiscard]] std::vector<Oddity> list(std::string_view place_word) const;
  /// The first oddity that strict reading does not forgive, as an error at "<name>:<place>".
  [[nodiscard]] std::optional<Error> first_fatal(const std::string& name) const;

 private:
  struct Example {
    std::uint64_t place;
    std::string text;
  };
  struct Kind {
    std::uint64_t count = 0;
    std::vector<Example> examples;
  };
  [[nodiscard]] bool needs_example(OddityCode code) const { return of(code).examples.size() < kMaxExamples; }
  [[nodiscard]] Kind& of(OddityCode code) { return kinds_[static_cast<std::size_t>(code)]; }
  [[nodiscard]] const Kind& of(OddityCode code) const { return kinds_[static_cast<std::size_t>(code)]; }

  std::array<Kind, kOddityCodeCount> kinds_{};
};

}  // namespace mizan::dataset
