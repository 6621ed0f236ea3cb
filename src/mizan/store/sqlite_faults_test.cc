// What only an embedded database does to its server: its disk fills up, its file is not one.
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "mizan/store/database.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr Query kMakePages{"make_pages",
                           "CREATE TABLE pages (number @int PRIMARY KEY, content @text NOT NULL) @table"};
constexpr Query kAddPage{"add_page", "INSERT INTO pages (number, content) VALUES ($1, $2)"};
constexpr Query kCountPages{"count_pages", "SELECT count(*) FROM pages"};
// As a disk that has no room for more than it holds now, and then for a lot.
constexpr Query kNoRoom{"no_room", "PRAGMA max_page_count = 1"};
constexpr Query kRoom{"room", "PRAGMA max_page_count = 1000000"};
const auto kInteger = [](const Row& row) { return row.integer(0); };

class SqliteFaults : public testing::Test {
 protected:
  Result<void> write(const Query& query) {
    return (*database_)->write([&](Transaction& tx) { return tx.queue(query); });
  }
  Result<void> add(int number) {
    return (*database_)->write([&](Transaction& tx) {
      return tx.queue(kAddPage, number, std::string(20'000, 'x'));
    });
  }
  std::unique_ptr<test::TestDatabase> database_ = test::TestDatabase::make(Dialect::sqlite);
};

TEST_F(SqliteFaults, full_disk_refuses_clearly_loses_nothing_and_recovers) {
  ASSERT_TRUE(write(kMakePages));
  ASSERT_TRUE(add(1));
  ASSERT_TRUE(write(kNoRoom));
  const auto full = add(2);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::database_full);
  const auto count = [&] {
    return (*database_)->read([](Transaction& tx) { return tx.row(kCountPages, kInteger); });
  };
  EXPECT_EQ(count(), 1);
  ASSERT_TRUE(write(kRoom));
  EXPECT_TRUE(add(2));
  EXPECT_EQ(count(), 2);
  EXPECT_EQ((*database_)->integrity_check(), std::vector<std::string>{});
}

TEST(SqliteOpen, file_that_is_no_database_is_a_clear_error) {
  const auto path =
      std::filesystem::temp_directory_path() / ("mizan_no_database_" + std::to_string(::getpid()));
  std::ofstream(path) << std::string(5'000, 'x');
  const auto opened = Database::open(path.string());
  std::filesystem::remove(path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::database_corrupt);
}

TEST(SqliteOpen, folder_that_is_not_there_is_a_clear_error) {
  const auto opened = Database::open("/no/such/folder/mizan.db");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::database_unavailable);
}

}  // namespace
}  // namespace mizan::store
