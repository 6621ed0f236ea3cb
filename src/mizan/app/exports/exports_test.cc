// Exports hold what the project holds, each format the same, and only what the reader may see.
#include <sstream>
#include <string>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "mizan/app/exports/export_annotations.h"
#include "mizan/app/exports/export_consensus.h"
#include "mizan/app/work/revise_annotation.h"
#include "mizan/store/work/export_rows.h"
#include "support/query_plan.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// Two and a half thousand copies of the only annotation.
constexpr store::Query kManyMore{
    "many_more",
    "INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, "
    "template_version, answers, duration_us, submitted_at_us, revises, price_micros, currency) "
    "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 2500) "
    "SELECT project_id, annotation_id + i, task_id, NULL, annotator_id, supplier_id, template_version, "
    "answers, duration_us, submitted_at_us, NULL, price_micros, currency FROM annotations, numbers"};

class Exports : public test::EachDatabase {
 protected:
  static std::string drain(RowExport& rows) {
    std::string text;
    while (true) {
      std::string piece;
      const auto has_more = rows.next(piece);
      EXPECT_TRUE(has_more) << to_string(has_more.error());
      text += piece;
      if (!has_more || !*has_more) return text;
    }
  }
  static std::string annotations(test::WorkWorld& world, const Caller& caller,
                                 dataset::RowFormat format = dataset::RowFormat::jsonl,
                                 bool newest_only = false) {
    auto rows = export_annotations(
        world.service(), caller, {.project = world.project(), .format = format, .newest_only = newest_only});
    EXPECT_TRUE(rows) << to_string(rows.error());
    return rows ? drain(**rows) : std::string();
  }
  static std::vector<json::object> lines(const std::string& text) {
    std::vector<json::object> rows;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) rows.push_back(json::parse(line).as_object());
    return rows;
  }
  static domain::AnnotationId answer(test::WorkWorld& world, const Caller& annotator,
                                     const std::string& safe) {
    const auto lease = world.lease(annotator);
    EXPECT_TRUE(lease && *lease);
    const auto submitted = world.submit(annotator, (*lease)->row.assignment_id, safe);
    EXPECT_TRUE(submitted);
    return submitted->annotation;
  }
};
MIZAN_ON_EACH_DATABASE(Exports);

TEST_P(Exports, hold_every_annotation_with_its_people_times_and_task) {
  test::WorkWorld world(database());
  const auto tasks = world.add_tasks({.count = 1});
  const auto annotator = world.add_annotator();
  const auto id = answer(world, annotator, "yes");
  const auto rows = lines(annotations(world, system_caller()));
  ASSERT_EQ(rows.size(), 1U);
  const json::object& row = rows[0];
  EXPECT_EQ(row.at("annotation_id").as_string(), to_text(id));
  EXPECT_EQ(row.at("annotator_id").as_string(), to_text(*annotator.annotator));
  EXPECT_EQ(row.at("supplier_id").as_string(), to_text(world.supplier()));
  EXPECT_EQ(row.at("answers").as_object().at("safe").as_string(), "yes");
  EXPECT_EQ(row.at("task_id").as_string(), to_text(tasks[0]));
  EXPECT_EQ(row.at("submitted_at").as_string(), to_text(world.clock().now()));
  EXPECT_TRUE(row.at("leased_at").is_string());
  EXPECT_FALSE(row.at("external_id").as_string().empty());
  EXPECT_TRUE(row.at("is_newest").as_bool());
  EXPECT_TRUE(row.at("gold").is_null());
  EXPECT_TRUE(row.at("revises").is_null());
}

// Whoever made an annotation, and however it came in, its row says under which pseudonym and when.
TEST_P(Exports, name_the_contributor_and_the_time_in_every_row) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 3});
  world.add_gold({});
  const auto first = world.add_annotator();
  const auto second = world.add_annotator({.supplier = world.add_supplier("expert")});
  for (int i = 0; i < 2; ++i) answer(world, first, "yes");
  const auto revised = answer(world, second, "no");
  ASSERT_TRUE(revise_annotation(world.service(), second,
                                {.annotation = revised, .answers = json::object{{"safe", "yes"}}}));
  const auto rows = lines(annotations(world, system_caller()));
  ASSERT_EQ(rows.size(), 4U);
  for (const json::object& row : rows) {
    const std::string who(row.at("annotator_id").as_string());
    EXPECT_TRUE(who == to_text(*first.annotator) || who == to_text(*second.annotator)) << who;
    EXPECT_TRUE(parse_instant(row.at("submitted_at").as_string()));
  }
  EXPECT_THAT(annotations(world, system_caller()), testing::Not(HasSubstr("contributor-")))
      << "the supplier's own names stay with the supplier";
}

TEST_P(Exports, flag_what_was_revised_and_leave_it_out_when_asked) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 1});
  const auto annotator = world.add_annotator();
  const auto first = answer(world, annotator, "yes");
  const auto second = revise_annotation(world.service(), annotator,
                                        {.annotation = first, .answers = json::object{{"safe", "no"}}});
  ASSERT_TRUE(second) << to_string(second.error());
  const auto rows = lines(annotations(world, system_caller()));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_FALSE(rows[0].at("is_newest").as_bool());
  EXPECT_TRUE(rows[1].at("is_newest").as_bool());
  EXPECT_EQ(rows[1].at("revises").as_string(), to_text(first));
  const auto newest = lines(annotations(world, system_caller(), dataset::RowFormat::jsonl, true));
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_EQ(newest[0].at("annotation_id").as_string(), to_text(second->annotation_id));
}

TEST_P(Exports, are_of_the_moment_that_they_began) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 3});
  const auto annotator = world.add_annotator();
  const auto first = answer(world, annotator, "yes");
  auto rows =
      export_annotations(world.service(), system_caller(), {.project = world.project(), .newest_only = true});
  ASSERT_TRUE(rows);
  answer(world, annotator, "no");
  ASSERT_TRUE(revise_annotation(world.service(), annotator,
                                {.annotation = first, .answers = json::object{{"safe", "no"}}}));
  const auto exported = lines(drain(**rows));
  ASSERT_EQ(exported.size(), 1U) << "later annotations and revisions are no part of it";
  EXPECT_EQ(exported[0].at("annotation_id").as_string(), to_text(first));
  EXPECT_TRUE(exported[0].at("is_newest").as_bool());
}

TEST_P(Exports, give_a_supplier_its_own_rows_and_nothing_that_names_a_task) {
  test::WorkWorld world(database());
  const auto other = world.add_supplier("expert");
  world.add_tasks({.count = 1});
  world.add_gold({});
  answer(world, world.add_annotator(), "yes");
  const auto mine = answer(world, world.add_annotator({.supplier = other}), "no");
  const auto text = annotations(world, world.manager_of(other));
  const auto rows = lines(text);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at("annotation_id").as_string(), to_text(mine));
  for (const char* hidden : {"task_id", "external_id", "gold", "tsk_"})
    EXPECT_THAT(text, testing::Not(HasSubstr(hidden)));
}

TEST_P(Exports, say_the_same_in_csv) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 2});
  const auto annotator = world.add_annotator();
  answer(world, annotator, "yes");
  answer(world, annotator, "no");
  std::istringstream text(annotations(world, system_caller(), dataset::RowFormat::csv));
  std::string header, row;
  std::getline(text, header);
  EXPECT_EQ(
      header,
      "annotation_id,annotator_id,supplier_id,supplier,assignment_id,template_version,answers,leased_at,"
      "submitted_at,duration_us,price_micros,currency,revises,is_newest,review,task_id,external_id,gold");
  int count = 0;
  for (; std::getline(text, row); ++count) EXPECT_THAT(row, HasSubstr(R"("{""safe"":")"));
  EXPECT_EQ(count, 2);
}

TEST_P(Exports, of_many_stretches_have_every_row_once) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 1});
  const auto first = answer(world, world.add_annotator(), "yes");
  world.run(kManyMore);
  const auto rows = lines(annotations(world, system_caller()));
  ASSERT_EQ(rows.size(), 2501U);
  EXPECT_EQ(rows.front().at("annotation_id").as_string(), to_text(first));
  for (std::size_t i = 1; i < rows.size(); ++i)
    ASSERT_LT(rows[i - 1].at("annotation_id").as_string(), rows[i].at("annotation_id").as_string());
}

TEST_P(Exports, of_consensus_have_each_answer_with_its_posterior) {
  test::WorkWorld world(database());
  world.add_tasks({.count = 2});
  const auto annotator = world.add_annotator();
  answer(world, annotator, "yes");
  answer(world, annotator, "no");
  auto rows = export_consensus(world.service(), system_caller(), {.project = world.project()});
  ASSERT_TRUE(rows) << to_string(rows.error());
  const auto exported = lines(drain(**rows));
  ASSERT_EQ(exported.size(), 2U);
  EXPECT_EQ(exported[0].at("question").as_string(), "safe");
  EXPECT_EQ(exported[0].at("answer").as_string(), "yes");
  EXPECT_EQ(exported[1].at("answer").as_string(), "no");
  const json::object& posterior = exported[1].at("posterior").as_object();
  EXPECT_NEAR(posterior.at("yes").to_number<double>() + posterior.at("no").to_number<double>(), 1, 1e-12);
  EXPECT_EQ(posterior.at("no").to_number<double>(), exported[1].at("confidence").to_number<double>());
  EXPECT_EQ(exported[1].at("label_count").as_int64(), 1);
}

TEST_P(Exports, are_refused_to_those_who_may_not) {
  test::WorkWorld world(database());
  const auto annotator = world.add_annotator();
  const auto refused = export_annotations(world.service(), annotator, {.project = world.project()});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  const auto consensus =
      export_consensus(world.service(), world.manager_of(world.supplier()), {.project = world.project()});
  ASSERT_FALSE(consensus);
  EXPECT_EQ(consensus.error().code, ErrorCode::forbidden);
  const auto missing = export_annotations(world.service(), system_caller(), {.project = {12345}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST_P(Exports, read_by_index) {
  test::WorkWorld world(database());
  EXPECT_TRUE(test::reads_by_index(database(), store::kNewestAnnotation, world.project()));
  EXPECT_TRUE(test::reads_by_index(database(), store::kAnnotationsToExport, world.project(),
                                   domain::AnnotationId{1}, domain::AnnotationId{1}, "[]", 0, 1000));
}

}  // namespace
}  // namespace mizan::app
