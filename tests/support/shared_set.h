// Real labelled sets for tests: read from ../shared/data beside the project (or MIZAN_SHARED_DATA); a test
// skips, visibly, where they are missing. The data are not part of the project.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::test {

struct SharedSet {
  std::string name;
  std::vector<std::string> tasks;
  std::vector<std::string> annotators;
  std::vector<std::string> classes;        ///< sorted
  std::vector<std::string> suppliers;      ///< empty when the set has one
  std::vector<std::uint32_t> supplier_of;  ///< [annotators] or empty
  truth::LabelMatrix labels;
  std::vector<std::int32_t> truth;  ///< [tasks] class or truth::kNoGold
};

/// Nothing when the folder is not there.
[[nodiscard]] std::optional<SharedSet> load_shared_set(const std::string& name,
                                                       truth::Repeats repeats = truth::Repeats::keep_last);

/// The classification sets that have truth.
inline const std::vector<std::string> kSetsWithTruth{
    "adult", "bluebird", "dog", "product", "relevance", "rte", "sentpol", "tweet", "weather_pools", "web"};

}  // namespace mizan::test

/// First line of a test that needs a set: `MIZAN_NEEDS_SET(set, "dog");`
#define MIZAN_NEEDS_SET(variable, name)                                       \
  const auto variable##_optional = ::mizan::test::load_shared_set(name);      \
  if (!variable##_optional) GTEST_SKIP() << "no shared data: set " << (name); \
  const ::mizan::test::SharedSet& variable = *variable##_optional
