#include "mizan/dataset/oddities.h"

#include <algorithm>
#include <tuple>

namespace mizan::dataset {
namespace {

struct CodeFacts {
  std::string_view name;
  bool is_fatal_when_strict;
  ErrorCode error;
};
constexpr std::array<CodeFacts, kOddityCodeCount> kFacts{{
#define MIZAN_ODDITY_FACTS(code, fatal, error) {#code, fatal, ErrorCode::error},
    MIZAN_ODDITY_CODES(MIZAN_ODDITY_FACTS)
#undef MIZAN_ODDITY_FACTS
}};

std::string sentence(std::string_view place_word, std::uint64_t place, const std::string& text) {
  if (place == 0) return text;
  return std::string(place_word) + " " + std::to_string(place) + ": " + text;
}

}  // namespace

std::string_view oddity_name(OddityCode code) {
  return kFacts[static_cast<std::size_t>(code)].name;
}

void OddityTally::note(OddityCode code, std::uint64_t place, std::string_view text) {
  ++of(code).count;
  if (needs_example(code)) of(code).examples.push_back({place, std::string(text)});
}

void OddityTally::add(const OddityTally& later, std::uint64_t place_offset) {
  for (std::size_t k = 0; k < kOddityCodeCount; ++k) {
    kinds_[k].count += later.kinds_[k].count;
    for (const Example& example : later.kinds_[k].examples) {
      if (kinds_[k].examples.size() >= kMaxExamples) break;
      kinds_[k].examples.push_back({example.place == 0 ? 0 : example.place + place_offset, example.text});
    }
  }
}

std::vector<Oddity> OddityTally::list(std::string_view place_word) const {
  std::vector<Oddity> oddities;
  for (std::size_t k = 0; k < kOddityCodeCount; ++k) {
    if (kinds_[k].count == 0) continue;
    Oddity oddity{std::string(kFacts[k].name), kinds_[k].count};
    for (const Example& example : kinds_[k].examples)
      oddity.examples.push_back(sentence(place_word, example.place, example.text));
    oddities.push_back(std::move(oddity));
  }
  return oddities;
}

std::optional<Error> OddityTally::first_fatal(const std::string& name) const {
  const Example* first = nullptr;
  ErrorCode code = ErrorCode::unusable_row;
  for (std::size_t k = 0; k < kOddityCodeCount; ++k) {
    if (!kFacts[k].is_fatal_when_strict || kinds_[k].examples.empty()) continue;
    const Example& example = kinds_[k].examples.front();
    if (first != nullptr && first->place <= example.place) continue;
    first = &example;
    code = kFacts[k].error;
  }
  if (first == nullptr) return std::nullopt;
  return Error{code, first->text, first->place == 0 ? name : name + ":" + std::to_string(first->place),
               "mend the input, or leave out --strict to go on without it and have it counted"};
}

}  // namespace mizan::dataset
