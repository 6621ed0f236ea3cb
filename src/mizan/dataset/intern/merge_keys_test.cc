#include "mizan/dataset/intern/merge_keys.h"

#include <string>
#include <unordered_map>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"

namespace mizan::intern {
namespace {

TEST(KeySet, knows_short_and_long_strings_of_every_length_apart) {
  KeySet set;
  std::vector<std::string> strings;
  for (std::size_t length = 0; length < 70; ++length)
    for (const char last : {'a', 'b', '\0'}) {
      std::string text(length, 'x');
      if (length > 0) text.back() = last;
      if (length > 0 || last == 'a') strings.push_back(text);
      if (length > 2) strings.push_back(std::string(1, last) + text.substr(1, length - 2) + "y");
    }
  for (std::size_t round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < strings.size(); ++i)
      ASSERT_EQ(set.intern(strings[i], Bytes::fleeting), i) << strings[i];
  for (std::size_t i = 0; i < strings.size(); ++i) EXPECT_EQ(set.text(i), strings[i]);
}

TEST(KeySet, keeps_fleeting_bytes) {
  KeySet set;
  std::string buffer = "0123456789abcdef0123";
  set.intern(buffer, Bytes::fleeting);
  buffer.assign(20, '-');
  EXPECT_EQ(set.text(0), "0123456789abcdef0123");
}

// What merging must give, the plain way.
struct Expected {
  std::vector<std::string> strings;
  std::unordered_map<std::string, std::uint32_t> number;
};

std::string some_string(Rng& rng, std::uint64_t kinds) {
  const std::string digits = std::to_string(rng.below(kinds));
  return rng.below(3) == 0 ? "a long one, longer than fifteen bytes: " + digits : digits;
}

void expect_merged_as_by_hand(std::uint64_t seed, std::size_t parts, std::size_t rows, std::uint64_t kinds) {
  Rng rng(seed);
  std::vector<KeySet> sets(parts);
  std::vector<std::vector<std::string>> texts(parts);
  Expected expected;
  for (std::size_t p = 0; p < parts; ++p)
    for (std::size_t i = rng.below(rows + 1); i > 0; --i) {
      const std::string text = some_string(rng, kinds);
      if (sets[p].intern(text, Bytes::fleeting) == texts[p].size()) texts[p].push_back(text);
      if (expected.number.try_emplace(text, expected.strings.size()).second) expected.strings.push_back(text);
    }
  std::vector<const KeySet*> pointers;
  for (const KeySet& set : sets) pointers.push_back(&set);
  for (const std::size_t threads : {1, 4}) {
    ThreadPool pool(threads);
    const MergedKeys merged = merge_keys(pool, pointers);
    ASSERT_EQ(merged.dictionary.size(), expected.strings.size());
    for (std::size_t i = 0; i < expected.strings.size(); ++i)
      ASSERT_EQ(merged.dictionary[i], expected.strings[i]);
    for (std::size_t p = 0; p < parts; ++p)
      for (std::size_t i = 0; i < texts[p].size(); ++i)
        ASSERT_EQ(merged.number[p][i], expected.number.at(texts[p][i]));
  }
}

TEST(MergeKeys, gives_numbers_by_first_appearance_like_one_hash_map_would) {
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    expect_merged_as_by_hand(seed, 1 + seed % 7, 50, 1 + seed * 3);
}

TEST(MergeKeys, does_so_across_many_partitions) {
  expect_merged_as_by_hand(99, 9, 40'000, 60'000);
}

TEST(MergeKeys, of_nothing_is_empty) {
  ThreadPool pool(2);
  EXPECT_EQ(merge_keys(pool, {}).dictionary.size(), 0U);
  const KeySet none;
  const std::vector<const KeySet*> sets{&none, &none};
  EXPECT_EQ(merge_keys(pool, sets).dictionary.size(), 0U);
}

}  // namespace
}  // namespace mizan::intern
