// A database of a test's own, on each backend: SQLite in a temporary file always, PostgreSQL when
// MIZAN_TEST_POSTGRES holds a URL (scripts/test and `scripts/postgres run` set it): a schema of its own,
// dropped afterwards. Without it those tests are skipped, visibly.
//
//   class TaskStore : public EachDatabase {};
//   MIZAN_ON_EACH_DATABASE(TaskStore);
//   TEST_P(TaskStore, inserted_task_is_found) { auto id = database().write([&](store::Transaction& tx) { …
//   }); … }
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "mizan/store/database.h"

namespace mizan::test {

/// Gone with everything in it when this object goes.
class TestDatabase {
 public:
  /// Opened and migrated. PostgreSQL must be there (see has_postgres).
  [[nodiscard]] static std::unique_ptr<TestDatabase> make(store::Dialect dialect,
                                                          const store::DatabaseOptions& options = {});
  /// Opened, with no table yet.
  [[nodiscard]] static std::unique_ptr<TestDatabase> make_empty(store::Dialect dialect,
                                                                const store::DatabaseOptions& options = {});
  ~TestDatabase();

  [[nodiscard]] store::Database& operator*() const { return *database_; }
  [[nodiscard]] store::Database* operator->() const { return database_.get(); }

  /// Another node's view of the same data.
  [[nodiscard]] std::unique_ptr<store::Database> open_another() const;
  /// What Database::open and `mizan serve --database` take: the file, or a URL that names the schema.
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  TestDatabase() = default;

  std::string url_;
  std::string folder_;  ///< SQLite
  std::string schema_;  ///< PostgreSQL
  store::DatabaseOptions options_;
  std::unique_ptr<store::Database> database_;
};

/// Whether MIZAN_TEST_POSTGRES is set.
[[nodiscard]] bool has_postgres();

/// A fixture whose tests run once on each database.
class EachDatabase : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override;
  [[nodiscard]] store::Database& database() { return **database_; }
  [[nodiscard]] TestDatabase& test_database() { return *database_; }
  /// How the database is opened; for fixtures to override.
  [[nodiscard]] virtual store::DatabaseOptions options() const { return {}; }

 private:
  std::unique_ptr<TestDatabase> database_;
};

[[nodiscard]] std::string dialect_name(const testing::TestParamInfo<store::Dialect>& info);

}  // namespace mizan::test

#define MIZAN_ON_EACH_DATABASE(Suite)                                                                 \
  INSTANTIATE_TEST_SUITE_P(                                                                           \
      on, Suite, testing::Values(::mizan::store::Dialect::sqlite, ::mizan::store::Dialect::postgres), \
      ::mizan::test::dialect_name)
