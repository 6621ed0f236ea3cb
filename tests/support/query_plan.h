// Plan tests: a hot query must find its rows by an index on both databases, whatever the tables hold.
//
//   EXPECT_TRUE(reads_by_index(database(), kFindTask, project_id, task_id));
#pragma once

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "mizan/store/database.h"

namespace mizan::test {

/// The plan, one step a line.
[[nodiscard]] Result<std::string> query_plan(store::Database& database, const store::Query& query,
                                             store::Params params);

/// Fails, showing the plan, when a step reads a whole table or a whole index. SQLite is asked without
/// statistics, as a new database has none. PostgreSQL is asked with sequential scans priced out of the
/// question: tables of tests are small, and a planner rightly reads a small table whole; what remains
/// sequential then has no index to use.
[[nodiscard]] testing::AssertionResult plan_is_by_index(store::Database& database, const store::Query& query,
                                                        store::Params params);

/// The first step of an EXPLAIN QUERY PLAN of SQLite that reads a whole table or a whole index; empty = none.
[[nodiscard]] std::string whole_scan_on_sqlite(const std::string& plan);

template <class... Args>
[[nodiscard]] testing::AssertionResult reads_by_index(store::Database& database, const store::Query& query,
                                                      const Args&... args) {
  const std::array<store::Value, sizeof...(Args)> values{store::to_value(args)...};
  return plan_is_by_index(database, query, values);
}

}  // namespace mizan::test
