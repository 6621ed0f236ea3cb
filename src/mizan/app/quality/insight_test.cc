// Slices, annotators, overview and report of a project, against what the engine says of the same labels.
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "mizan/app/quality/annotator_quality.h"
#include "mizan/app/quality/overview.h"
#include "mizan/app/quality/project_report.h"
#include "mizan/app/quality/scorecard_slices.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

const std::string kSettings =
    R"({"overlap":{"kind":"fixed","labels_per_task":4},"gold":{"rate_at_start":0,"rate_later":0},)"
    R"("review_share":0})";

class InsightOf : public test::EachDatabase {
 protected:
  static Caller lead() {
    Caller caller;
    caller.account = {7};
    caller.memberships = {{rules::Role::owner, rules::kOrganisation}};
    return caller;
  }
  // 40 tasks of law, 20 of art. Two good people; of the other supplier one who is good in art alone, and one
  // who is good at first and says no to everything in the second half.
  void label(test::WorkWorld& world) {
    poor_ = world.add_supplier();
    people_ = world.add_annotators(2);
    for (int i = 0; i < 2; ++i) people_.push_back(world.add_annotator({.supplier = poor_}));
    world.add_tasks({.count = 40, .domain = "law"});
    world.add_tasks({.count = 20, .domain = "art"});
    for (int round = 0; round < 60; ++round)
      for (std::size_t w = 0; w < people_.size(); ++w) {
        const auto given = world.lease(people_[w]);
        ASSERT_TRUE(given);
        ASSERT_TRUE(*given);
        const bool errs = (w == 2 && round < 40 && round % 2 == 0) || (w == 3 && round >= 30);
        ASSERT_TRUE(world.submit(people_[w], (*given)->row.assignment_id, errs ? "no" : "yes"));
        world.clock().advance(Duration{1'000'000});
      }
  }
  std::vector<Caller> people_;
  domain::SupplierId poor_{};
};
MIZAN_ON_EACH_DATABASE(InsightOf);

TEST_P(InsightOf, slices_tell_where_a_supplier_is_good) {
  test::WorkWorld world(database(), kSettings);
  label(world);
  const auto found = read_scorecard_slices(world.service(), lead(), {.project = world.project()});
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->slices.size(), 2U);
  EXPECT_EQ(found->slices[0].value, "law");
  EXPECT_EQ(found->slices[0].task_count, 40U);
  EXPECT_EQ(found->slices[1].value, "art");
  ASSERT_EQ(found->slices[0].suppliers.size(), 2U);
  ASSERT_EQ(found->slices[0].pairs.size(), 1U);
  EXPECT_EQ(found->slices[0].pairs[0].comparison.task_count, 40U);
  const auto by_language =
      read_scorecard_slices(world.service(), lead(), {.project = world.project(), .by = SliceBy::language});
  ASSERT_TRUE(by_language);
  ASSERT_EQ(by_language->slices.size(), 1U);
  // One slice of everything is the scorecard itself.
  const auto cards = read_scorecards(world.service(), lead(), world.project(), "");
  ASSERT_TRUE(cards);
  for (std::size_t s = 0; s < 2; ++s)
    EXPECT_NEAR(by_language->slices[0].suppliers[s].accuracy.value, (*cards)->suppliers[s].accuracy.value,
                0.02);
}

TEST_P(InsightOf, a_supplier_sees_its_own_slices_and_annotators_alone) {
  test::WorkWorld world(database(), kSettings);
  label(world);
  const Caller manager = world.manager_of(poor_);
  const auto own = read_scorecard_slices(world.service(), manager, {.project = world.project()});
  ASSERT_TRUE(own) << to_string(own.error());
  for (const ScorecardSlice& slice : own->slices) {
    ASSERT_EQ(slice.suppliers.size(), 1U);
    EXPECT_EQ(slice.suppliers[0].supplier, poor_);
    EXPECT_TRUE(slice.pairs.empty());
  }
  const auto read = [&](const Caller& who, const Caller& of) {
    return read_annotator_quality(world.service(), who,
                                  {.project = world.project(), .annotator = *of.annotator});
  };
  EXPECT_TRUE(read(manager, people_[2]));
  EXPECT_EQ(read(manager, people_[0]).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_project_report(world.service(), manager, world.project()).error().code,
            ErrorCode::forbidden);
  const auto overview = read_overview(world.service(), manager, {.project = world.project()});
  ASSERT_TRUE(overview);
  EXPECT_TRUE(overview->confidence.empty());
  EXPECT_FALSE(overview->to_go);
  for (const auto& day : overview->days) EXPECT_EQ(day.supplier, poor_);
}

TEST_P(InsightOf, periods_show_that_an_annotator_got_worse) {
  test::WorkWorld world(database(), kSettings);
  label(world);
  const auto quality = read_annotator_quality(
      world.service(), lead(), {.project = world.project(), .annotator = *people_[3].annotator});
  ASSERT_TRUE(quality) << to_string(quality.error());
  ASSERT_EQ(quality->periods.size(), 2U);
  EXPECT_EQ(quality->periods[0].accuracy.label_count, 30U);
  EXPECT_GT(quality->periods[0].accuracy.value, quality->periods[1].accuracy.value + 0.2);
  EXPECT_LT(quality->periods[0].accuracy.interval.low, quality->periods[0].accuracy.value);
  EXPECT_LT(quality->periods[0].from, quality->periods[0].to);
  EXPECT_LT(quality->periods[0].to, quality->periods[1].from);
  EXPECT_EQ(quality->classes, (std::vector<std::string>{"yes", "no"}));
  ASSERT_EQ(quality->confusion.size(), 4U);
  EXPECT_NEAR(quality->confusion[0] + quality->confusion[1], 1, 1e-9);
  EXPECT_LT(quality->agreement_interval.low, quality->agreement);
}

TEST_P(InsightOf, the_report_is_that_of_an_audit_of_the_same_labels) {
  test::WorkWorld world(database(), kSettings);
  label(world);
  const auto report = read_project_report(world.service(), lead(), world.project());
  ASSERT_TRUE(report) << to_string(report.error());
  ASSERT_EQ((*report)->report.questions.size(), 1U);
  const QuestionReport& question = (*report)->report.questions[0];
  EXPECT_EQ(question.name, "safe");
  EXPECT_EQ(question.label_count, 240U);
  EXPECT_EQ(question.task_count, 60U);
  EXPECT_EQ(question.suppliers.size(), 2U);
  EXPECT_EQ(question.annotators.size(), 4U);
  EXPECT_EQ((*report)->report.input.format, "project");
  EXPECT_EQ(read_project_report(world.service(), lead(), world.project())->get(), report->get());
  EXPECT_TRUE(boost::json::parse(project_report_json(**report)).is_object());
  EXPECT_NE(project_report_page(**report).find("<html"), std::string::npos);
}

TEST_P(InsightOf, the_overview_counts_days_prices_and_certainty) {
  test::WorkWorld world(database(), kSettings);
  label(world);
  const auto overview = read_overview(world.service(), lead(), {.project = world.project()});
  ASSERT_TRUE(overview) << to_string(overview.error());
  std::int64_t annotations = 0;
  for (const auto& day : overview->days) annotations += day.annotation_count;
  EXPECT_EQ(annotations, 240);
  ASSERT_EQ(overview->spend.size(), 2U);
  EXPECT_EQ(overview->spend[0].annotation_count, 120);
  ASSERT_EQ(overview->confidence.size(), 1U);
  std::int64_t tasks = 0;
  for (const std::int64_t count : overview->confidence[0].task_counts) tasks += count;
  EXPECT_EQ(tasks, 60);
  // Every task has what it wants; ten new ones want four annotations each.
  ASSERT_TRUE(overview->to_go);
  EXPECT_EQ(overview->to_go->count.expected, 0);
  EXPECT_FALSE(overview->to_go->target_posterior);
  world.add_tasks({.count = 10});
  const auto more = read_overview(world.service(), lead(), {.project = world.project()});
  EXPECT_NEAR(more->to_go->count.expected, 40, 1e-9);
}

}  // namespace
}  // namespace mizan::app
