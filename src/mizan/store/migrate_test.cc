#include "mizan/store/migrate.h"

#include <array>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/store/database.h"
#include "support/query_plan.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

class Migrate : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == Dialect::postgres && !test::has_postgres())
      GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set";
    empty_ = test::TestDatabase::make_empty(GetParam(), {.readers = 1, .writers = 1});
  }
  std::unique_ptr<test::TestDatabase> empty_;
};
MIZAN_ON_EACH_DATABASE(Migrate);

constexpr Query kPretendNewer{"pretend_newer",
                              "INSERT INTO schema_migrations (number, name) VALUES ($1, 'later')"};

TEST_P(Migrate, empty_database_is_at_version_zero_and_must_be_migrated) {
  EXPECT_EQ((*empty_)->schema_version(), 0);
  EXPECT_EQ((*empty_)->check_schema().error().code, ErrorCode::schema_too_old);
}

TEST_P(Migrate, migrating_twice_is_migrating_once) {
  for (int i = 0; i < 2; ++i) {
    const auto migrated = (*empty_)->migrate();
    ASSERT_TRUE(migrated) << to_string(migrated.error());
  }
  EXPECT_EQ((*empty_)->schema_version(), static_cast<int>(all_migrations().size()));
  EXPECT_TRUE((*empty_)->check_schema());
}

TEST_P(Migrate, nodes_that_start_together_migrate_once) {
  std::vector<std::unique_ptr<Database>> nodes;
  for (int i = 0; i < 4; ++i) nodes.push_back(empty_->open_another());
  std::vector<Result<void>> outcomes(nodes.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    threads.emplace_back([&, i] { outcomes[i] = nodes[i]->migrate(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& outcome : outcomes) EXPECT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_TRUE((*empty_)->check_schema());
}

TEST_P(Migrate, newer_schema_is_refused) {
  ASSERT_TRUE((*empty_)->migrate());
  const auto pretended = (*empty_)->write([](Transaction& tx) { return tx.queue(kPretendNewer, 999); });
  ASSERT_TRUE(pretended) << to_string(pretended.error());
  EXPECT_EQ((*empty_)->check_schema().error().code, ErrorCode::schema_too_new);
  EXPECT_EQ((*empty_)->migrate().error().code, ErrorCode::schema_too_new);
}

TEST(Migrations, are_numbered_without_a_gap) {
  int expected = 0;
  for (const Migration& migration : all_migrations()) EXPECT_EQ(migration.number, ++expected);
}

TEST_P(Migrate, plans_tell_an_index_from_a_scan) {
  ASSERT_TRUE((*empty_)->migrate());
  constexpr Query kByKey{"by_key", "SELECT name FROM projects WHERE project_id = $1"};
  constexpr Query kByState{"by_state", "SELECT name FROM projects WHERE state = $1"};
  constexpr Query kByList{"by_list", "SELECT name FROM projects WHERE project_id IN @integers($1)"};
  EXPECT_TRUE(test::reads_by_index(**empty_, kByKey, 1));
  EXPECT_FALSE(test::reads_by_index(**empty_, kByState, "active"));
  EXPECT_TRUE(test::reads_by_index(**empty_, kByList, "[1,2]"));
}

}  // namespace
}  // namespace mizan::store
