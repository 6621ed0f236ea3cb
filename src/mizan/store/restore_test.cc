#include "mizan/store/restore.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "mizan/store/database.h"
#include "mizan/store/migrate.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr Query kMakeBooks{"make_books",
                           "CREATE TABLE books (name @text PRIMARY KEY, amount @int NOT NULL) @clustered"};
constexpr Query kOpenBook{"open_book", "INSERT INTO books (name, amount) VALUES ($1, 0)"};
constexpr Query kMove{"move_amount", "UPDATE books SET amount = amount + $2 WHERE name = $1"};
constexpr Query kBalance{"balance", "SELECT sum(amount) FROM books"};
constexpr Query kLeft{"left_amount", "SELECT amount FROM books WHERE name = 'left'"};
constexpr Query kPretendNewer{"pretend_newer",
                              "INSERT INTO schema_migrations (number, name) VALUES (999, 'later')"};
const auto kInteger = [](const Row& row) { return row.integer(0); };

class Restore : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = (*database_)->write([](Transaction& tx) -> Result<void> {
      MIZAN_CHECK_OK(tx.queue(kMakeBooks));
      MIZAN_CHECK_OK(tx.queue(kOpenBook, "left"));
      return tx.queue(kOpenBook, "right");
    });
    ASSERT_TRUE(made) << to_string(made.error());
  }
  Result<void> transfer() {
    return (*database_)->write([](Transaction& tx) -> Result<void> {
      MIZAN_CHECK_OK(tx.queue(kMove, "left", 1));
      return tx.queue(kMove, "right", -1);
    });
  }
  static Result<std::int64_t> ask(const std::string& path, const Query& query) {
    MIZAN_TRY(const auto opened, Database::open(path));
    return opened->read([&](Transaction& tx) { return tx.row(query, kInteger); });
  }

  std::unique_ptr<test::TestDatabase> database_ = test::TestDatabase::make(Dialect::sqlite);
  const std::string path_ = database_->url();
  const std::string copy_ = path_ + ".copy";
};

TEST_F(Restore, backup_of_a_database_at_work_is_of_one_moment) {
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) EXPECT_TRUE(transfer());
  });
  while ((*database_)->read([](Transaction& tx) { return tx.row(kLeft, kInteger); }).value_or(0) < 100) {
    std::this_thread::yield();
  }
  const auto copied = (*database_)->backup(copy_);
  stop = true;
  writer.join();
  ASSERT_TRUE(copied) << to_string(copied.error());
  EXPECT_EQ(ask(copy_, kBalance), 0);
  EXPECT_GE(ask(copy_, kLeft).value_or(0), 100);
}

TEST_F(Restore, backup_does_not_overwrite) {
  ASSERT_TRUE((*database_)->backup(copy_));
  const auto again = (*database_)->backup(copy_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::file_unwritable);
}

TEST_F(Restore, restored_database_is_as_it_was_backed_up) {
  ASSERT_TRUE(transfer());
  ASSERT_TRUE((*database_)->backup(copy_));
  ASSERT_TRUE(transfer());
  const RestoreRequest request{.backup = copy_, .database = path_, .replace = true};
  EXPECT_EQ(restore_database(request).error().code, ErrorCode::database_unavailable) << "in use";
  (*database_)->close();
  EXPECT_EQ(restore_database({.backup = copy_, .database = path_}).error().code, ErrorCode::file_unwritable);
  const auto restored = restore_database(request);
  ASSERT_TRUE(restored) << to_string(restored.error());
  EXPECT_EQ(ask(path_, kLeft), 1);
  EXPECT_EQ(ask(path_ + ".replaced", kLeft), 2);
}

TEST_F(Restore, restored_elsewhere_it_holds_the_same) {
  ASSERT_TRUE(transfer());
  ASSERT_TRUE((*database_)->backup(copy_));
  const std::string elsewhere = path_ + ".elsewhere";
  ASSERT_TRUE(transfer());
  EXPECT_EQ(restore_database({.backup = copy_, .database = elsewhere}),
            static_cast<int>(all_migrations().size()));
  EXPECT_EQ(ask(elsewhere, kLeft), 1);
  // Over one that is there, and not in use.
  ASSERT_TRUE((*database_)->backup(copy_ + "2"));
  EXPECT_FALSE(restore_database({.backup = copy_ + "2", .database = elsewhere}));
  const auto replaced = restore_database({.backup = copy_ + "2", .database = elsewhere, .replace = true});
  ASSERT_TRUE(replaced) << to_string(replaced.error());
  EXPECT_EQ(ask(elsewhere, kLeft), 2);
  EXPECT_EQ(ask(elsewhere + ".replaced", kLeft), 1);
}

TEST_F(Restore, unusable_backup_leaves_everything_as_it_was) {
  const std::string elsewhere = path_ + ".elsewhere";
  const auto refusal = [&](const std::string& from) {
    const auto restored = restore_database({.backup = from, .database = elsewhere});
    EXPECT_FALSE(std::filesystem::exists(elsewhere));
    EXPECT_FALSE(std::filesystem::exists(elsewhere + ".unfinished"));
    return restored ? ErrorCode::internal : restored.error().code;
  };
  EXPECT_EQ(refusal(path_ + ".nothing"), ErrorCode::file_not_found);
  EXPECT_EQ(refusal(path_), ErrorCode::unsupported_format) << "in use";
  std::ofstream(copy_) << "this is not a database, though it is long enough to look at: "
                       << std::string(4096, 'x');
  EXPECT_EQ(refusal(copy_), ErrorCode::database_corrupt);
  ASSERT_TRUE(Database::open(copy_ + "2"));
  EXPECT_EQ(refusal(copy_ + "2"), ErrorCode::unsupported_format) << "not Mizan's";
  ASSERT_TRUE((*database_)->write([](Transaction& tx) { return tx.queue(kPretendNewer); }));
  ASSERT_TRUE((*database_)->backup(copy_ + "3"));
  EXPECT_EQ(refusal(copy_ + "3"), ErrorCode::schema_too_new);
}

TEST_F(Restore, damaged_pages_are_noticed) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE((*database_)->write([i](Transaction& tx) {
      return tx.queue(kOpenBook, std::string(900, 'a') + std::to_string(i));
    }));
  }
  ASSERT_TRUE((*database_)->backup(copy_));
  {
    std::fstream file(copy_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-20'000, std::ios::end);
    file << std::string(9'000, '\x5a');
  }
  const auto restored = restore_database({.backup = copy_, .database = path_ + ".elsewhere"});
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, ErrorCode::database_corrupt);
}

}  // namespace
}  // namespace mizan::store
