// Watches how a database finds the rows of every statement that functions of the store run, on tables that
// hold something (full_tables.h): a statement must look at few rows, whatever the tables hold.
//
//   PlanWatch watch(database);
//   EXPECT_TRUE(watch.reads_little([&](store::Transaction& tx) { return store::find_task(tx, project, task);
//   }));
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/transaction.h"
#include "support/test_database.h"

namespace mizan::test {

/// Not thread-safe. Nothing of what it runs is kept.
class PlanWatch {
 public:
  /// A connection of its own to the test's database.
  explicit PlanWatch(const TestDatabase& database);
  ~PlanWatch();

  /// For the statements that follow: what PostgreSQL's planner knows and does. No meaning on SQLite.
  void run_script(std::string_view script);

  /// Runs fn (Transaction& → Result<T>) and fails, showing the plan, when one of its statements
  ///   SQLite:     reads a whole table or a whole index, or takes more than some ten thousand steps
  ///   PostgreSQL: has a node that looks at more than a thousand rows, those among them that it throws away
  /// or when fn fails.
  template <class Fn>
  [[nodiscard]] testing::AssertionResult reads_little(Fn&& fn) {
    return watch([&](store::Transaction& tx) -> Result<void> {
      auto outcome = fn(tx);
      if (!outcome) return fail(outcome.error());
      return {};
    });
  }

 private:
  class Explaining;
  [[nodiscard]] testing::AssertionResult watch(const std::function<Result<void>(store::Transaction&)>& fn);

  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<Explaining> explaining_;
};

}  // namespace mizan::test
