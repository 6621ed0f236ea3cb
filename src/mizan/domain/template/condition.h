// When a question is shown: a condition on the answers to questions that stand before it. Pure values.
//
//   {"question": "safe", "equals": "no"}             the answer is this value
//   {"question": "safe", "in": ["no", "unsure"]}     ... one of these
//   {"question": "tags", "includes": "medical"}      a choices question has this value among its own
//   {"question": "score", "at_least": 3, "at_most": 4}     ratings and numbers; one bound suffices
//   {"question": "note", "answered": true}
//   {"and": [...]}  {"or": [...]}  {"not": {...}}
//
// A criterion of a rubric is named "rubric/criterion". A question that is hidden counts as not answered.
// A condition names only questions before its own, so there are no cycles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mizan::domain {

enum class ConditionKind : std::uint8_t { equals, includes, between, answered, all, any, negation };

/// Which members mean something depends on the kind; the others are empty.
struct Condition {
  ConditionKind kind = ConditionKind::answered;
  std::string question{};             ///< "name" or "rubric/criterion"; of all but all, any, negation
  std::vector<std::string> values{};  ///< equals: any of these; includes: one value
  std::optional<double> at_least{};   ///< between
  std::optional<double> at_most{};
  bool is_answered = true;         ///< answered: what is asked for
  std::vector<Condition> parts{};  ///< all, any: one or more; negation: exactly one
};

}  // namespace mizan::domain
