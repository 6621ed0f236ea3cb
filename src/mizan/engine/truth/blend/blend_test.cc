#include "mizan/engine/truth/blend/blend.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/dawid_skene.h"
#include "mizan/engine/truth/methods/majority.h"
#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::truth {
namespace {

Blend mix(const Evidence& evidence, const BlendOptions& options = {}, std::size_t threads = 2) {
  ThreadPool pool(threads);
  const Progress progress;
  auto result = blend(evidence, options, {pool, progress});
  EXPECT_TRUE(result) << to_string(result.error());
  return result ? *std::move(result) : Blend{};
}

const test::Method kBlend = [](const Evidence& evidence, Run run) -> Result<Belief> {
  MIZAN_TRY(Blend result, blend(evidence, {}, run));
  return std::move(result.belief);
};

const test::Method kBlendWithoutRandomness = [](const Evidence& evidence, Run run) -> Result<Belief> {
  BlendOptions options;
  options.methods = {"dawid_skene_early", "class_coin", "majority", "bwa"};
  MIZAN_TRY(Blend result, blend(evidence, options, run));
  return std::move(result.belief);
};

const test::Method kMajority = [](const Evidence& evidence, Run run) { return majority(evidence, {}, run); };
const test::Method kDawidSkene = [](const Evidence& evidence, Run run) {
  return dawid_skene(evidence, {}, run);
};

std::vector<std::int32_t> gold_of_first(const std::vector<std::int32_t>& truth, std::size_t count) {
  std::vector<std::int32_t> gold(truth.size(), kNoGold);
  std::copy_n(truth.begin(), count, gold.begin());
  return gold;
}

bool has_reason(const Blend& result, const std::string& code) {
  return std::any_of(result.reasons.begin(), result.reasons.end(),
                     [&](const Note& note) { return note.code == code; });
}

TEST(Blend, is_the_tempered_mean_of_its_parts) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Blend result = mix({labels}, {.temperature = 2});
  ASSERT_EQ(result.parts.size(), 6U);
  for (std::size_t t = 0; t < 200; ++t) {
    std::vector<double> row(3, 0.0);
    for (const BlendPart& part : result.parts)
      for (std::size_t k = 0; k < 3; ++k) row[k] += part.posterior.row(t)[k] / 6;
    double sum = 0;
    for (double& p : row) sum += p = std::sqrt(p);
    for (std::size_t k = 0; k < 3; ++k) ASSERT_NEAR(result.belief.posterior.row(t)[k], row[k] / sum, 1e-12);
  }
}

TEST(Blend, without_gold_says_that_everything_is_a_default) {
  const auto made = test::simulate({});
  const Blend result = mix({test::matrix_of(made.rows, 200, 20, 3)});
  EXPECT_EQ(result.calibrated_on, CalibratedOn::defaults);
  EXPECT_FALSE(result.calibration);
  EXPECT_TRUE(result.gold_tasks.empty());
  EXPECT_TRUE(has_reason(result, "default_blend"));
  EXPECT_TRUE(has_reason(result, "default_temperature"));
  EXPECT_FALSE(has_reason(result, "gold_weights"));
}

TEST(Blend, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(kBlend);
}
// EBCC starts from random subtypes; the other parts know no names.
TEST(Blend, without_ebcc_does_not_depend_on_names) {
  test::expect_same_under_renaming(kBlendWithoutRandomness, 1e-4);
}
TEST(Blend, clamps_gold) {
  test::expect_gold_is_clamped(kBlend);
}
TEST(Blend, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(kBlend);
}

TEST(Blend, one_label_per_task_is_never_called_certain) {
  const auto made = test::simulate({.labels_per_task = 1});
  const Blend result = mix({test::matrix_of(made.rows, 200, 20, 3)});
  for (std::size_t t = 0; t < 200; ++t) {
    const auto row = result.belief.posterior.row(t);
    EXPECT_LT(*std::max_element(row.begin(), row.end()), .99);
  }
  EXPECT_TRUE(has_reason(result, "one_label_majority"));
}

TEST(Blend, few_gold_tasks_are_judged_but_move_nothing) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Blend result = mix({labels, gold_of_first(made.truth, 10)});
  EXPECT_EQ(result.calibrated_on, CalibratedOn::defaults);
  ASSERT_TRUE(result.calibration);
  EXPECT_EQ(result.calibration->task_count, 10U);
  for (const BlendPart& part : result.parts) EXPECT_EQ(part.weight, result.parts[0].weight);
}

// Gold that is wrong on purpose: a belief that had seen it would follow it.
TEST(Blend, gold_tasks_are_judged_with_their_gold_hidden) {
  const test::SimulatedCrowd crowd{.tasks = 400, .annotators = 20, .lowest_accuracy = .8};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, 400, 20, 3);
  std::vector<std::int32_t> gold = gold_of_first(made.truth, 60);
  for (std::size_t t = 0; t < 6; ++t) gold[t] = (gold[t] + 1) % 3;
  const Blend result = mix({labels, gold});
  ASSERT_EQ(result.gold_tasks.size(), 60U);
  for (std::size_t t = 0; t < 6; ++t) {
    EXPECT_EQ(result.gold_tasks[t], t);
    EXPECT_EQ(result.belief.posterior.row(t)[static_cast<std::size_t>(gold[t])], 1);
    EXPECT_LT(result.hidden_gold_posterior.row(t)[static_cast<std::size_t>(gold[t])], .5) << "task " << t;
  }
  EXPECT_NEAR(result.calibration->accuracy, .9, .04);
}

// Hidden gold must say what accuracy is on tasks that have none: no leak, no pessimism.
TEST(Blend, accuracy_on_hidden_gold_is_the_accuracy_on_other_tasks) {
  double on_gold = 0;
  double elsewhere = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const test::SimulatedCrowd crowd{.tasks = 600,
                                     .annotators = 20,
                                     .labels_per_task = 3,
                                     .lowest_accuracy = .3,
                                     .highest_accuracy = .9,
                                     .seed = seed};
    const auto made = test::simulate(crowd);
    const auto labels = test::matrix_of(made.rows, 600, 20, 3);
    const Blend result = mix({labels, gold_of_first(made.truth, 300)});
    std::vector<std::int32_t> rest(made.truth);
    std::fill_n(rest.begin(), 300, kNoGold);
    on_gold += result.calibration->accuracy / 6;
    elsewhere += test::accuracy_of(result.belief.posterior, rest) / 6;
  }
  EXPECT_NEAR(on_gold, elsewhere, .03);
}

// Class 1 looks like class 0 to everybody: only gold can tell.
TEST(Blend, gold_teaches_what_agreement_cannot) {
  Rng rng(3);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> truth;
  for (TaskIndex t = 0; t < 600; ++t) {
    truth.push_back(static_cast<std::int32_t>(rng.below(2)));
    for (AnnotatorIndex w = 0; w < 5; ++w)
      rows.push_back({t, w, truth[t] == 1 && rng.uniform() < .45 ? 1U : 0U});
  }
  const auto labels = test::matrix_of(rows, 600, 5, 2);
  std::vector<std::int32_t> rest(truth);
  std::fill_n(rest.begin(), 100, kNoGold);
  const double blind = test::accuracy_of(mix({labels}).belief.posterior, rest);
  const double taught = test::accuracy_of(mix({labels, gold_of_first(truth, 100)}).belief.posterior, rest);
  EXPECT_GT(taught, blind + .02);
  EXPECT_GT(taught, .93);
}

TEST(Blend, disagreement_is_high_where_the_parts_differ) {
  const auto made = test::simulate({.lowest_accuracy = .2, .highest_accuracy = .7});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Blend result = mix({labels});
  for (std::size_t t = 0; t < 200; ++t) {
    EXPECT_GE(result.disagreement[t], 0);
    EXPECT_LT(result.disagreement[t], 1);
  }
  EXPECT_GT(*std::max_element(result.disagreement.begin(), result.disagreement.end()), .2);
}

TEST(Blend, large_inputs_leave_the_dearest_method_out_and_say_so) {
  const test::SimulatedCrowd crowd{.tasks = 60'000, .annotators = 100, .classes = 3};
  const auto made = test::simulate(crowd);
  const Blend result = mix({test::matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes)});
  EXPECT_EQ(result.parts.size(), 5U);
  EXPECT_TRUE(has_reason(result, "method_left_out"));
  EXPECT_GT(test::accuracy_of(result.belief.posterior, made.truth), .9);
}

TEST(Blend, drops_the_parts_beliefs_when_they_do_not_fit) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Blend lean = mix({labels}, {.most_part_bytes = 1});
  EXPECT_TRUE(lean.parts[0].posterior.values.empty());
  EXPECT_TRUE(lean.disagreement.empty());
  EXPECT_EQ(lean.belief.posterior.values, mix({labels}).belief.posterior.values);
}

TEST(Blend, runs_the_methods_it_is_given_and_refuses_others) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  BlendOptions options;
  options.methods = {"majority", "ibcc"};
  EXPECT_EQ(mix({labels}, options).parts.size(), 2U);
  options.methods = {"oracle"};
  ThreadPool pool(1);
  const Progress progress;
  EXPECT_EQ(blend({labels}, options, {pool, progress}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(blend({labels}, {.folds = 1}, {pool, progress}).error().code, ErrorCode::invalid_argument);
}

TEST(Blend, no_labels_at_all_give_even_beliefs) {
  const auto labels = test::matrix_of({}, 3, 2, 2);
  const Blend result = mix({labels});
  test::expect_probabilities(result.belief.posterior);
}

TEST(Blend, on_a_real_set_beats_majority_and_converged_dawid_skene) {
  MIZAN_NEEDS_SET(set, "web");
  std::vector<std::int32_t> truth = set.truth;
  for (TaskIndex t = 0; t < truth.size(); ++t)
    if (set.labels.label_count_of_task(t) == 0) truth[t] = kNoGold;
  const auto accuracy = [&](const test::Method& method) {
    return test::accuracy_of(test::believe(method, {set.labels}, 4).posterior, truth);
  };
  const double blended = accuracy(kBlend);
  EXPECT_GT(blended, accuracy(kMajority) + .03);
  EXPECT_GT(blended, accuracy(kDawidSkene));
}

}  // namespace
}  // namespace mizan::truth
