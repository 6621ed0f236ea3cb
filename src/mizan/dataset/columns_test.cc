#include "mizan/dataset/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mizan::dataset {
namespace {

using testing::HasSubstr;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> names(1);
  for (const char c : text) {
    if (c == ',') {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  return names;
}

// "task annotator label …", or the error's code.
std::string roles_of(const std::string& header, const ColumnRoles& roles = {}) {
  const auto names = split(header);
  const auto plan = plan_columns(names, roles, "x.csv:1");
  if (!plan) return std::string(error_name(plan.error().code));
  std::string text;
  for (const ColumnUse& use : describe_columns(names, *plan))
    text += (text.empty() ? "" : " ") + std::string(role_name(use.role));
  return text;
}

struct Case {
  std::string header;
  std::string roles;
};
class Columns : public testing::TestWithParam<Case> {};

TEST_P(Columns, are_recognised_by_name) {
  EXPECT_EQ(roles_of(GetParam().header), GetParam().roles) << GetParam().header;
}

INSTANTIATE_TEST_SUITE_P(
    Headers, Columns,
    testing::Values(Case{"task,annotator,label", "task annotator label"},
                    Case{"item,worker,answer", "task annotator label"},
                    Case{"HITId,WorkerId,Choice", "task annotator label"},
                    Case{"unit_id,Rater ID,RATING", "task annotator label"},
                    Case{"question_id,judge,verdict", "task annotator label"},
                    Case{"id,user,score", "task annotator label"},
                    Case{"document,completed_by,class", "task annotator label"},
                    Case{"prompt_id,model,winner", "task annotator label"},
                    Case{"task,annotator,label,text,id", "task annotator label ignored ignored"},
                    Case{"task_id,task,annotator,label", "task ignored annotator label"},
                    Case{"task,worker_id,worker_name,label", "task annotator ignored label"},
                    Case{"task,annotator,label,vendor,cost,WorkTimeInSeconds,SubmitTime,truth",
                         "task annotator label supplier price seconds time gold"},
                    Case{"task,annotator,label,team,price_usd,lead_time,created_at,correct_answer",
                         "task annotator label supplier price seconds time gold"},
                    Case{"task,annotator,label,created_at,submitted_at", "task annotator label ignored time"},
                    Case{"task,annotator,label,time_ms", "task annotator label seconds"},
                    Case{"task,annotator,label_tone,label_safety", "task annotator label label"},
                    Case{"task,annotator,answer.tone,answer.id,answer.confidence",
                         "task annotator label ignored ignored"},
                    Case{"task,annotator,label_tone,gold_tone,label_safety,safety_truth",
                         "task annotator label gold label gold"},
                    Case{"task,annotator,label,label_confidence", "task annotator label ignored"},
                    Case{"task,item,annotator,label", "ambiguous_column"},
                    Case{"task,annotator,worker,label", "ambiguous_column"},
                    Case{"task,annotator,label,answer", "ambiguous_column"},
                    Case{"task,annotator,label_a,label_b,gold", "ambiguous_column"},
                    Case{"task,annotator,label,vendor,provider", "ambiguous_column"},
                    Case{"task,annotator,label,task", "duplicate_column"},
                    Case{"task,annotator,label,note,note", "task annotator label ignored ignored"},
                    Case{"task,label", "missing_column"}, Case{"a,b,c", "missing_column"},
                    Case{"", "missing_column"}));

TEST(ColumnRoles, a_named_column_goes_before_any_guess) {
  EXPECT_EQ(roles_of("task,item,annotator,label", {.task = "item"}), "ignored task annotator label");
  EXPECT_EQ(roles_of("task,annotator,label,answer", {.label = {"answer", "label"}}),
            "task annotator label label");
  EXPECT_EQ(roles_of("Q,W,A", {.task = "q", .annotator = "2", .label = {"3"}}), "task annotator label");
}

TEST(ColumnRoles, one_column_cannot_have_two_roles) {
  EXPECT_EQ(roles_of("task,annotator,label", {.task = "task", .annotator = "task"}), "ambiguous_column");
}

TEST(ColumnRoles, gold_columns_are_as_many_as_label_columns) {
  EXPECT_EQ(roles_of("task,annotator,a,b,g", {.label = {"a", "b"}, .gold = {"g"}}), "invalid_argument");
}

TEST(ColumnRoles, a_missing_name_lists_the_columns_and_the_flag) {
  const auto names = split("task,annotator,colour");
  const auto plan = plan_columns(names, {.label = {"color"}}, "x.csv:1");
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message, HasSubstr("task, annotator, colour"));
  EXPECT_THAT(plan.error().hint, HasSubstr("--label"));
}

TEST(ColumnRoles, an_ambiguity_names_the_columns_and_the_flag) {
  const auto names = split("task,unit,annotator,label");
  const auto plan = plan_columns(names, {}, "x.csv:1");
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message, HasSubstr("task, unit"));
  EXPECT_THAT(plan.error().hint, HasSubstr("--task"));
}

TEST(ColumnRoles, units_and_currencies_are_read_from_the_name) {
  const auto names = split("task,annotator,label,duration_ms,reward_eur");
  const auto plan = plan_columns(names, {}, "x.csv:1");
  ASSERT_TRUE(plan);
  EXPECT_DOUBLE_EQ(plan->seconds_scale, 0.001);
  EXPECT_EQ(plan->currency, "EUR");
}

}  // namespace
}  // namespace mizan::dataset
