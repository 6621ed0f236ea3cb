// What every database promises, tested with many threads on each.
#include "mizan/store/database.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr Query kMakeCounters{
    "make_counters", "CREATE TABLE counters (name @text PRIMARY KEY, count @int NOT NULL) @clustered"};
constexpr Query kAddCounter{"add_counter", "INSERT INTO counters (name, count) VALUES ($1, $2)"};
constexpr Query kIncrement{"increment", "UPDATE counters SET count = count + 1 WHERE name = $1"};
constexpr Query kCountOf{"count_of", "SELECT count FROM counters WHERE name = $1"};
constexpr Query kRowCount{"row_count", "SELECT count(*) FROM counters"};

const auto kInteger = [](const Row& row) { return row.integer(0); };

class DatabaseContract : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(write([](Transaction& tx) { return tx.queue(kMakeCounters); }));
    ASSERT_TRUE(add("shared", 0));
  }
  template <class Fn>
  Result<void> write(Fn fn) {
    return database().write([&](Transaction& tx) -> Result<void> { return fn(tx); });
  }
  Result<void> add(const std::string& name, int count) {
    return write([&](Transaction& tx) { return tx.queue(kAddCounter, name, count); });
  }
  Result<std::int64_t> count_of(const std::string& name) {
    return database().read([&](Transaction& tx) { return tx.row(kCountOf, kInteger, name); });
  }
  Result<std::int64_t> row_count() {
    return database().read([&](Transaction& tx) { return tx.row(kRowCount, kInteger); });
  }
};
MIZAN_ON_EACH_DATABASE(DatabaseContract);

void on_threads(int count, const std::function<void(int)>& fn) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(fn, i);
  for (std::thread& thread : threads) thread.join();
}

TEST_P(DatabaseContract, concurrent_increments_are_all_counted) {
  constexpr int kThreads = 64;
  constexpr int kEach = 20;
  std::atomic<int> failed{0};
  on_threads(kThreads, [&](int) {
    for (int i = 0; i < kEach; ++i) {
      const auto done = database().write(
          [](Transaction& tx) -> Result<std::int64_t> { return tx.execute(kIncrement, "shared"); });
      if (!done || *done != 1) ++failed;
    }
  });
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(count_of("shared"), kThreads * kEach);
}

TEST_P(DatabaseContract, failed_function_leaves_nothing) {
  const auto outcome = write([](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(tx.queue(kAddCounter, "half", 1));
    MIZAN_TRY([[maybe_unused]] const auto changed, tx.execute(kIncrement, "shared"));
    return fail(ErrorCode::bad_answer, "no");
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::bad_answer);
  EXPECT_EQ(row_count(), 1);
  EXPECT_EQ(count_of("shared"), 0);
}

// Holds the writers until a whole group waits behind them, so that it is committed together.
class Gate {
 public:
  Result<void> wait_until_open() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
    return {};
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

class Outcomes {
 public:
  explicit Outcomes(std::size_t count) : outcomes_(count) {}
  std::function<void(Result<void>)> at(std::size_t place) {
    return [this, place](Result<void> outcome) {
      const std::lock_guard lock(mutex_);
      outcomes_[place] = std::move(outcome);
      ++told_;
      changed_.notify_all();
    };
  }
  const std::vector<std::optional<Result<void>>>& wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return told_ == outcomes_.size(); });
    return outcomes_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t told_ = 0;
  std::vector<std::optional<Result<void>>> outcomes_;
};

class OneWriterContract : public DatabaseContract {
 protected:
  DatabaseOptions options() const override { return {.readers = 2, .writers = 1, .queue_limit = 40}; }
  void block_writer() {
    database().write_async(
        [this](Transaction&) {
          blocked_ = true;
          blocked_.notify_all();
          return gate_.wait_until_open();
        },
        [](const Result<void>&) {});
    blocked_.wait(false);
  }
  Gate gate_;
  std::atomic<bool> blocked_{false};
};
MIZAN_ON_EACH_DATABASE(OneWriterContract);

TEST_P(OneWriterContract, failure_of_one_does_not_touch_its_group) {
  constexpr std::size_t kWrites = 30;
  block_writer();
  Outcomes outcomes(kWrites);
  for (std::size_t i = 0; i < kWrites; ++i) {
    const auto fn = [i](Transaction& tx) -> Result<void> {
      MIZAN_CHECK_OK(tx.queue(kAddCounter, "w" + std::to_string(i), 1));
      if (i == 7) return fail(ErrorCode::bad_answer, "seven");
      // A constraint of the database: "shared" is there already.
      if (i == 11) MIZAN_CHECK_OK(tx.queue(kAddCounter, "shared", 1));
      return {};
    };
    database().write_async(fn, outcomes.at(i));
  }
  gate_.open();
  const auto& told = outcomes.wait();
  for (std::size_t i = 0; i < kWrites; ++i) {
    if (i == 7) {
      EXPECT_EQ(told[i]->error().code, ErrorCode::bad_answer);
    } else if (i == 11) {
      EXPECT_EQ(told[i]->error().code, ErrorCode::conflict);
    } else {
      EXPECT_TRUE(told[i]->has_value()) << i;
    }
  }
  EXPECT_EQ(row_count(), 1 + static_cast<std::int64_t>(kWrites) - 2);
}

TEST_P(OneWriterContract, full_queue_refuses_and_does_nothing) {
  block_writer();
  Outcomes outcomes(60);
  for (std::size_t i = 0; i < 60; ++i) {
    database().write_async([i](Transaction& tx) { return tx.queue(kAddCounter, "w" + std::to_string(i), 1); },
                           outcomes.at(i));
  }
  gate_.open();
  int refused = 0;
  for (const auto& outcome : outcomes.wait()) {
    if (*outcome) continue;
    EXPECT_EQ(outcome->error().code, ErrorCode::overloaded);
    ++refused;
  }
  EXPECT_EQ(refused, 20);
  EXPECT_EQ(row_count(), 41);
}

TEST_P(OneWriterContract, reads_do_not_wait_for_a_writer_and_see_one_snapshot) {
  Outcomes outcomes(1);
  database().write_async(
      [this](Transaction& tx) -> Result<void> {
        MIZAN_TRY([[maybe_unused]] const auto changed, tx.execute(kIncrement, "shared"));
        blocked_ = true;
        blocked_.notify_all();
        return gate_.wait_until_open();
      },
      outcomes.at(0));
  blocked_.wait(false);
  EXPECT_EQ(count_of("shared"), 0);
  const auto same = database().read([&](Transaction& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    MIZAN_TRY(const auto before, tx.row(kCountOf, kInteger, "shared"));
    gate_.open();
    (void)outcomes.wait();
    MIZAN_TRY(const auto after, tx.row(kCountOf, kInteger, "shared"));
    return std::pair(before, after);
  });
  ASSERT_TRUE(same) << to_string(same.error());
  EXPECT_EQ(*same, std::pair(std::int64_t{0}, std::int64_t{0}));
  EXPECT_EQ(count_of("shared"), 1);
}

TEST_P(DatabaseContract, reads_cannot_change_data) {
  const auto outcome = database().read(
      [](Transaction& tx) -> Result<std::int64_t> { return tx.execute(kIncrement, "shared"); });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(count_of("shared"), 0);
}

TEST_P(DatabaseContract, queued_error_surfaces_before_anything_is_committed) {
  const auto outcome = write([](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(tx.queue(kIncrement, "shared"));
    (void)tx.queue(kAddCounter, "shared", 1);
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::conflict);
  EXPECT_EQ(count_of("shared"), 0);
}

TEST_P(DatabaseContract, swallowed_failure_is_not_committed) {
  const auto outcome = write([](Transaction& tx) -> Result<void> {
    (void)tx.execute(kAddCounter, "shared", 1);
    (void)tx.execute(kIncrement, "shared");
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::conflict);
  EXPECT_EQ(count_of("shared"), 0);
}

TEST_P(DatabaseContract, failed_attempt_undoes_only_itself) {
  const auto outcome = write([](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(tx.queue(kIncrement, "shared"));
    const auto attempted = tx.attempt([](Transaction& inner) -> Result<void> {
      MIZAN_CHECK_OK(inner.queue(kAddCounter, "inner", 1));
      return inner.queue(kAddCounter, "shared", 1);
    });
    EXPECT_FALSE(attempted);
    return tx.queue(kIncrement, "shared");
  });
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(count_of("shared"), 2);
  EXPECT_EQ(row_count(), 1);
}

TEST_P(DatabaseContract, what_was_foreseen_answers_the_next_to_ask_and_nobody_after) {
  std::vector<std::int64_t> seen;
  const auto done = write([&](Transaction& tx) -> Result<void> {
    tx.foresee([](Transaction& ahead) {
      (void)ahead.row(kCountOf, kInteger, "shared");
      (void)ahead.row(kCountOf, kInteger, "nobody");
      (void)ahead.execute(kIncrement, "shared");  // nothing is written ahead
      (void)ahead.queue(kIncrement, "shared");
    });
    MIZAN_TRY([[maybe_unused]] const auto changed, tx.execute(kIncrement, "shared"));
    for (int i = 0; i < 2; ++i) {
      MIZAN_TRY(const auto count, tx.row(kCountOf, kInteger, "shared"));
      seen.push_back(count);
    }
    MIZAN_TRY(const auto nobody, tx.maybe_row(kCountOf, kInteger, "nobody"));
    EXPECT_FALSE(nobody);
    MIZAN_TRY(const auto rows, tx.row(kRowCount, kInteger));  // was not foreseen
    EXPECT_EQ(rows, 1);
    return {};
  });
  ASSERT_TRUE(done) << to_string(done.error());
  // PostgreSQL was asked before the change; SQLite is only ever asked when it is time.
  const bool is_ahead = GetParam() == Dialect::postgres;
  EXPECT_THAT(seen, testing::ElementsAre(is_ahead ? 0 : 1, 1));
  EXPECT_EQ(count_of("shared"), 1);
}

// PostgreSQL compiles a statement, at each run, when its plan looks costly to its end. A walk of a long queue
// looks so, and stops at the first task.
TEST_P(DatabaseContract, statements_are_not_compiled) {
  if (GetParam() == Dialect::sqlite) return;  // SQLite never compiles
  static constexpr Query kJit{"setting_jit", "SELECT current_setting('jit')"};
  const auto text = [](const Row& row) { return row.string(0); };
  EXPECT_EQ(*database().read([&](Transaction& tx) { return tx.row(kJit, text); }), "off");
  EXPECT_EQ(*database().write([&](Transaction& tx) { return tx.row(kJit, text); }), "off");
}

TEST_P(DatabaseContract, what_was_foreseen_in_one_transaction_is_unknown_in_the_next) {
  ASSERT_TRUE(write([](Transaction& tx) -> Result<void> {
    tx.foresee([](Transaction& ahead) { (void)ahead.row(kCountOf, kInteger, "shared"); });
    return {};
  }));
  ASSERT_TRUE(write([](Transaction& tx) { return tx.queue(kIncrement, "shared"); }));
  const auto seen = database().write([](Transaction& tx) { return tx.row(kCountOf, kInteger, "shared"); });
  EXPECT_EQ(seen, 1);
}

TEST_P(DatabaseContract, a_foreseen_statement_that_fails_fails_the_transaction_as_if_it_were_run) {
  constexpr Query kFails{"fails", "SELECT 1 / count FROM no_such_table WHERE name = $1"};
  const auto outcome = write([&](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(tx.queue(kIncrement, "shared"));
    tx.foresee([&](Transaction& ahead) { (void)ahead.maybe_row(kFails, kInteger, "shared"); });
    MIZAN_TRY([[maybe_unused]] const auto count, tx.maybe_row(kFails, kInteger, "shared"));
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::internal);
  EXPECT_EQ(count_of("shared"), 0);
}

TEST_P(DatabaseContract, write_inside_a_write_is_refused) {
  const auto outcome = write([this](Transaction&) { return add("inner", 1); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::internal);
}

TEST_P(DatabaseContract, function_that_throws_fails_alone) {
  const auto outcome = write([](Transaction&) -> Result<void> { throw std::runtime_error("thrown"); });
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, testing::HasSubstr("thrown"));
  EXPECT_TRUE(add("after", 1));
}

TEST_P(DatabaseContract, closing_finishes_what_was_taken) {
  Outcomes outcomes(500);
  for (std::size_t i = 0; i < 500; ++i) {
    database().write_async([i](Transaction& tx) { return tx.queue(kAddCounter, "w" + std::to_string(i), 1); },
                           outcomes.at(i));
  }
  database().close();
  for (const auto& outcome : outcomes.wait()) EXPECT_TRUE(outcome->has_value());
  const auto late = add("late", 1);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::database_unavailable);
  const auto again = test_database().open_another();
  EXPECT_EQ(again->read([](Transaction& tx) { return tx.row(kRowCount, kInteger); }), 501);
}

}  // namespace
}  // namespace mizan::store
