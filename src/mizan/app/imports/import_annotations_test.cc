#include "mizan/app/imports/import_annotations.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "mizan/app/inference/check_posteriors.h"
#include "mizan/dataset/write/row_writer.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/work/tasks.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

const std::string kSettings =
    R"({"overlap":{"kind":"fixed","labels_per_task":2},"gold":{"rate_at_start":0,"rate_later":0},)"
    R"("review_share":0})";

class ImportedAnnotations : public test::EachDatabase {
 protected:
  static Result<AnnotationImport> import(test::WorkWorld& world, const Caller& caller,
                                         domain::SupplierId supplier, std::string text,
                                         dataset::TaskFormat format = dataset::TaskFormat::jsonl) {
    std::size_t place = 0;
    return import_annotations(
        world.service(), caller,
        {.project = world.project(),
         .supplier = supplier,
         .format = format,
         .read = [&](std::span<char> buffer) -> Result<std::size_t> {
           const std::size_t count = std::min({buffer.size(), text.size() - place, std::size_t{7}});
           std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(place), count, buffer.begin());
           place += count;
           return count;
         }});
  }
  std::string external_id(test::WorkWorld& world, domain::TaskId task) {
    const auto row =
        database().read([&](store::Transaction& tx) { return store::find_task(tx, world.project(), task); });
    EXPECT_TRUE(row && *row);
    return (*row)->external_id;
  }
  static std::string line(const std::string& external_id, const std::string& contributor,
                          const std::string& safe) {
    return R"({"external_id":")" + external_id + R"(","contributor_id":")" + contributor +
           R"(","answers":{"safe":")" + safe + R"("},"seconds":4.5})" + "\n";
  }
};
MIZAN_ON_EACH_DATABASE(ImportedAnnotations);

TEST_P(ImportedAnnotations, are_their_suppliers_own_and_move_the_consensus) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("expert");
  const auto tasks = world.add_tasks({.count = 2});
  const std::string first = external_id(world, tasks[0]);
  const std::string text = line(first, "w-1", "yes") + "\n" + line(first, "w-2", "no") +
                           line(external_id(world, tasks[1]), "w-1", "yes") + line("nowhere", "w-1", "yes") +
                           line(first, "w-3", "perhaps") + "not json\n";
  const auto done = import(world, world.manager_of(other), other, text);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->taken_count, 3);
  EXPECT_EQ(done->refused_count, 3);
  ASSERT_EQ(done->errors.size(), 3U);
  EXPECT_EQ(done->errors[0].line, 5U);
  EXPECT_EQ(done->errors[0].error.code, ErrorCode::not_found);
  EXPECT_EQ(done->errors[1].error.code, ErrorCode::bad_answer);
  EXPECT_EQ(done->errors[2].error.code, ErrorCode::malformed_json);

  const auto labels = database().read([&](store::Transaction& tx) {
    return store::labels_of_task(tx, {world.project(), tasks[0]});
  });
  ASSERT_TRUE(labels);
  ASSERT_EQ(labels->size(), 2U);
  EXPECT_EQ((*labels)[0].supplier, other);
  EXPECT_NE((*labels)[0].annotator, (*labels)[1].annotator);
  EXPECT_EQ(world.state_of(tasks[0]).state, rules::TaskState::done);
  EXPECT_EQ(world.state_of(tasks[1]).counts.done_count, 1);
  const auto check = database().read([&](store::Transaction& tx) {
    return check_posteriors(tx, world.project(), [](const std::string&) {});
  });
  ASSERT_TRUE(check);
  EXPECT_EQ(check->row_count, 2);
  EXPECT_EQ(check->breach_count, 0);
  EXPECT_EQ(world.breaches(), std::vector<std::string>{});
}

TEST_P(ImportedAnnotations, again_change_nothing_and_other_answers_are_refused) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("crowd");
  const auto task = external_id(world, world.add_tasks({.count = 1})[0]);
  ASSERT_TRUE(import(world, world.manager_of(other), other, line(task, "w-1", "yes")));
  const auto again =
      import(world, world.manager_of(other), other, line(task, "w-1", "yes") + line(task, "w-1", "no"));
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->taken_count, 0);
  EXPECT_EQ(again->unchanged_count, 1);
  ASSERT_EQ(again->errors.size(), 1U);
  EXPECT_EQ(again->errors[0].error.code, ErrorCode::conflict);
  EXPECT_EQ(world.breaches(), std::vector<std::string>{});
}

TEST_P(ImportedAnnotations, nobody_imports_for_another_supplier) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("crowd");
  const auto task = external_id(world, world.add_tasks({.count = 1})[0]);
  const auto refused = import(world, world.manager_of(world.supplier()), other, line(task, "w-1", "yes"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
}

TEST_P(ImportedAnnotations, come_as_csv_with_a_column_a_question_or_one_of_json) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("crowd");
  const auto task = external_id(world, world.add_tasks({.count = 1})[0]);
  const auto manager = world.manager_of(other);
  const auto done = import(world, manager, other,
                           "contributor_id,external_id,safe,note,seconds\n"
                           "007," +
                               task + ",yes,\"12, or so\",4.5\n" + "w-2," + task + ",no,,\n" + "w-3," + task +
                               ",perhaps,,\n" + "w-4," + task + ",yes,,soon\n" + "w-5\n",
                           dataset::TaskFormat::csv);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->taken_count, 2);
  ASSERT_EQ(done->errors.size(), 3U);
  EXPECT_EQ(done->errors[0].line, 4U);
  EXPECT_EQ(done->errors[0].error.code, ErrorCode::bad_answer);
  EXPECT_EQ(done->errors[1].error.where, "/seconds");
  EXPECT_EQ(done->errors[2].error.code, ErrorCode::malformed_csv);
  const auto again = import(world, manager, other,
                            "external_id,contributor_id,answers\n" + task +
                                ",007,\"{\"\"safe\"\":\"\"yes\"\",\"\"note\"\":\"\"12, or so\"\"}\"\n",
                            dataset::TaskFormat::csv);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->unchanged_count, 1) << "both spellings are the same answers";
}

TEST_P(ImportedAnnotations, of_tables_that_lack_a_column_are_refused_whole) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("crowd");
  const auto code = [&](const std::string& text) {
    return import(world, world.manager_of(other), other, text, dataset::TaskFormat::csv).error().code;
  };
  EXPECT_EQ(code("external_id,safe\na,yes\n"), ErrorCode::missing_column);
  EXPECT_EQ(code("external_id,contributor_id,safe,safe\na,b,yes,no\n"), ErrorCode::duplicate_column);
  EXPECT_EQ(code("external_id,contributor_id,answers,safe\na,b,{},no\n"), ErrorCode::unusable_row);
}

TEST_P(ImportedAnnotations, come_as_parquet) {
  test::WorkWorld world(database(), kSettings);
  const auto other = world.add_supplier("crowd");
  const auto task = external_id(world, world.add_tasks({.count = 1})[0]);
  auto writer =
      dataset::open_row_writer(dataset::RowFormat::parquet, {{"external_id"},
                                                             {"contributor_id", dataset::CellKind::whole},
                                                             {"safe"},
                                                             {"seconds", dataset::CellKind::real}});
  ASSERT_TRUE(writer);
  const dataset::RowCell first[] = {std::string_view(task), std::int64_t{12}, std::string_view("yes"), 4.5};
  const dataset::RowCell second[] = {std::string_view(task), std::int64_t{13}, std::string_view("no"), {}};
  ASSERT_TRUE((*writer)->write(first) && (*writer)->write(second) && (*writer)->finish());
  const auto done =
      import(world, world.manager_of(other), other, (*writer)->take(), dataset::TaskFormat::parquet);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->taken_count, 2);
  EXPECT_EQ(done->refused_count, 0);
}

}  // namespace
}  // namespace mizan::app
