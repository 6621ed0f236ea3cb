#include "mizan/engine/truth/blend/methods.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

test::Method named(std::string_view name) {
  return [name](const Evidence& evidence, Run run) { return run_method(name, evidence, run); };
}

TEST(Methods, every_one_runs_by_name_clamps_gold_and_beats_guessing) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 201, 20, 3);  // one task without labels
  std::vector<std::int32_t> gold(201, kNoGold);
  gold[0] = (made.truth[0] + 1) % 3;
  std::set<std::string_view> names;
  for (const MethodInfo& info : methods()) {
    if (info.name == "kos") continue;  // two classes only
    SCOPED_TRACE(std::string(info.name));
    EXPECT_TRUE(names.insert(info.name).second);
    EXPECT_FALSE(info.description.empty());
    const Belief belief = test::believe(named(info.name), {labels, gold});
    ASSERT_EQ(belief.posterior.rows, 201U);
    test::expect_probabilities(belief.posterior);
    EXPECT_EQ(belief.posterior.row(0)[static_cast<std::size_t>(gold[0])], 1);
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_NEAR(belief.posterior.row(200)[k], belief.class_prior[k], 1e-9) << "task without labels";
    EXPECT_GT(test::accuracy_of(belief.posterior, made.truth), .8);
    EXPECT_EQ(belief.skill.size(), 20U);
  }
}

TEST(Methods, kos_runs_on_two_classes_and_refuses_three) {
  const auto made = test::simulate({.classes = 2});
  const Belief belief = test::believe(named("kos"), {test::matrix_of(made.rows, 200, 20, 2)});
  EXPECT_GT(test::accuracy_of(belief.posterior, made.truth), .8);
  ThreadPool pool(1);
  const Progress progress;
  const auto three = test::matrix_of({{0, 0, 0}, {0, 1, 2}}, 1, 2, 3);
  EXPECT_FALSE(run_method("kos", {three}, {pool, progress}));
}

TEST(Methods, the_default_comes_first) {
  EXPECT_EQ(methods().front().name, "blend");
}

TEST(Methods, an_unknown_name_is_refused_with_the_known_ones) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  const auto refused = run_method("oracle", {labels}, {pool, progress});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  EXPECT_NE(refused.error().hint.find("dawid_skene"), std::string::npos);
}

}  // namespace
}  // namespace mizan::truth
