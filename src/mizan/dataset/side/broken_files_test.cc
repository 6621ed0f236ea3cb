// Every kind of broken input gives its one error, with a place and a hint.
#include "support/broken_files.h"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/side/gold_file.h"
#include "mizan/dataset/side/prices.h"
#include "mizan/dataset/side/supplier_file.h"

namespace mizan::dataset {
namespace {

namespace fs = std::filesystem;
using test::BrokenFile;

/// What a command does with its inputs before it weighs anything.
Result<void> read_all(const test::BrokenInput& paths, bool is_strict) {
  ThreadPool pool(2);
  const Progress progress;
  MIZAN_TRY(ReadOutcome outcome, read_labels({.path = paths.labels, .strict = is_strict}, pool, progress));
  if (!paths.suppliers.empty()) {
    MIZAN_TRY(const Input input, open_input(paths.suppliers, progress));
    MIZAN_TRY(const auto kinds, assign_suppliers(input, outcome, pool, is_strict));
    static_cast<void>(kinds);
  }
  if (!paths.gold.empty()) {
    MIZAN_TRY(const Input input, open_input(paths.gold, progress));
    MIZAN_CHECK_OK(add_gold_file(input, outcome, pool, is_strict));
  }
  if (paths.price.empty()) return {};
  MIZAN_TRY(const SupplierPrice price, parse_supplier_price(paths.price));
  return set_prices(outcome.table, std::vector{price});
}

class BrokenFiles : public testing::TestWithParam<BrokenFile> {
 protected:
  BrokenFiles() {
    std::string pattern = (fs::temp_directory_path() / "mizan-broken-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~BrokenFiles() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_P(BrokenFiles, gives_one_error_with_a_place_and_a_hint) {
  const BrokenFile& broken = GetParam();
  const auto done = read_all(test::lay_out(broken, folder_), broken.is_strict);
  if (broken.refused_by == test::RefusedBy::audit) {
    EXPECT_TRUE(done);
    return;
  }
  ASSERT_FALSE(done);
  const Error& error = done.error();
  EXPECT_EQ(error_name(error.code), error_name(broken.code)) << to_string(error);
  EXPECT_THAT(error.where, testing::EndsWith(broken.where)) << to_string(error);
  EXPECT_FALSE(error.where.empty()) << to_string(error);
  EXPECT_FALSE(error.hint.empty()) << to_string(error);
  EXPECT_LT(error.message.size(), 1000U);
}

INSTANTIATE_TEST_SUITE_P(Kinds, BrokenFiles, testing::ValuesIn(test::broken_files()),
                         [](const auto& one) { return one.param.name; });

TEST(BrokenFileTable, has_at_least_thirty_kinds_of_unlike_names) {
  std::vector<std::string> names;
  for (const BrokenFile& broken : test::broken_files()) names.push_back(broken.name);
  std::sort(names.begin(), names.end());
  EXPECT_GE(names.size(), 30U);
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace mizan::dataset
