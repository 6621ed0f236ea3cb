// What only a shared database does to its clients: it collides, it goes away.
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "mizan/store/database.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr Query kMakePair{"make_pair",
                          "CREATE TABLE pairs (name @text PRIMARY KEY, count @int NOT NULL) @clustered"};
constexpr Query kAddPair{"add_pair", "INSERT INTO pairs (name, count) VALUES ($1, 0)"};
constexpr Query kIncrementPair{"increment_pair", "UPDATE pairs SET count = count + 1 WHERE name = $1"};
constexpr Query kPairSum{"pair_sum", "SELECT sum(count) FROM pairs"};
constexpr Query kSetOnce{"set_once", "UPDATE pairs SET count = $1 WHERE name = 'left' AND count < $1"};
constexpr Query kPairLeft{"pair_left", "SELECT count FROM pairs WHERE name = 'left'"};
constexpr Query kOwnBackend{"own_backend", "SELECT pg_backend_pid()"};
constexpr Query kEndBackends{"end_backends",
                             "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                             "WHERE application_name = $1 AND pid <> pg_backend_pid()"};
const auto kInteger = [](const Row& row) { return row.integer(0); };

class PostgresFaults : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_postgres()) GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set";
    database_ = test::TestDatabase::make_empty(Dialect::postgres, {.readers = 2, .writers = 3});
    const auto made = (*database_)->write([](Transaction& tx) -> Result<void> {
      MIZAN_CHECK_OK(tx.queue(kMakePair));
      MIZAN_CHECK_OK(tx.queue(kAddPair, "left"));
      return tx.queue(kAddPair, "right");
    });
    ASSERT_TRUE(made) << to_string(made.error());
  }
  // A node whose connections can be told from those of other tests.
  std::unique_ptr<Database> open_named() {
    auto opened =
        Database::open(database_->url() + "&application_name=" + name_, {.readers = 2, .writers = 3});
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }
  Result<std::int64_t> end_named() {
    return (*database_)->read([this](Transaction& tx) { return tx.row(kEndBackends, kInteger, name_); });
  }
  const std::string name_ = "faults_" + std::to_string(::getpid());
  std::unique_ptr<test::TestDatabase> database_;
};

TEST_F(PostgresFaults, writers_that_lock_in_opposite_order_both_succeed) {
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 10; ++n) {
        const auto done = (*database_)->write([&](Transaction& tx) -> Result<void> {
          MIZAN_TRY([[maybe_unused]] const auto first,
                    tx.execute(kIncrementPair, i % 2 == 0 ? "left" : "right"));
          MIZAN_TRY([[maybe_unused]] const auto second,
                    tx.execute(kIncrementPair, i % 2 == 0 ? "right" : "left"));
          return {};
        });
        if (!done) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ((*database_)->read([](Transaction& tx) { return tx.row(kPairSum, kInteger); }), 160);
}

TEST_F(PostgresFaults, killed_connections_are_replaced_and_no_write_is_lost) {
  std::atomic<bool> stop{false};
  std::atomic<int> kills{0};
  const auto node = open_named();
  std::thread killer([&] {
    while (!stop) {
      if (const auto ended = end_named()) kills += static_cast<int>(*ended);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  // Each value is set by a statement that finds its own trace when it runs again.
  constexpr int kEnoughKills = 3;
  constexpr int kMostWrites = 50'000;
  int written = 0;
  int failed = 0;
  while (written < kMostWrites && (written < 150 || kills < kEnoughKills)) {
    const int n = ++written;
    const auto done = node->write([n](Transaction& tx) { return tx.queue(kSetOnce, n); });
    if (!done) ++failed;
  }
  stop = true;
  killer.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GE(kills, kEnoughKills);
  EXPECT_EQ((*database_)->read([](Transaction& tx) { return tx.row(kPairLeft, kInteger); }), written);
}

TEST_F(PostgresFaults, reader_whose_idle_connection_was_ended_reads_again) {
  const auto node = open_named();
  const auto pid = [&] { return node->read([](Transaction& tx) { return tx.row(kOwnBackend, kInteger); }); };
  const auto before = pid();
  ASSERT_TRUE(before);
  ASSERT_TRUE(end_named());
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto again = pid();
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_NE(*again, *before);
}

TEST(PostgresOpen, of_several_hosts_the_one_that_answers_is_used) {
  if (!test::has_postgres()) GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set";
  std::string url = std::getenv("MIZAN_TEST_POSTGRES");
  const auto host = url.find('@') + 1;
  url.insert(host, "127.0.0.1:1,");
  const auto opened = Database::open(url);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_TRUE((*opened)->read([](Transaction& tx) { return tx.row(kOwnBackend, kInteger); }));
}

TEST(PostgresOpen, unreachable_server_is_a_clear_error) {
  const auto opened = Database::open("postgresql://nobody@127.0.0.1:1/nothing");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::database_unavailable);
}

}  // namespace
}  // namespace mizan::store
