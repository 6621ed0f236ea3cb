#include "mizan/engine/truth/methods/dawid_skene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"
#include "support/shared_set.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(DawidSkeneOptions options) {
  return [options](const Evidence& evidence, Run run) { return dawid_skene(evidence, options, run); };
}

// The 45 patients of Dawid & Skene (1979, table 1): anaesthetist 1 three times, then 2 to 5.
constexpr const char* kPatients =
    "1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 "
    "2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 "
    "2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 "
    "1111111 1111111 1212111 2322222 1211111 2222222 ";

LabelMatrix anaesthetists() {
  std::vector<LabelRow> rows;
  const std::string text = kPatients;
  for (TaskIndex patient = 0; patient < 45; ++patient)
    for (std::size_t place = 0; place < 7; ++place)
      rows.push_back({patient, static_cast<AnnotatorIndex>(place < 3 ? 0 : place - 2),
                      static_cast<ClassIndex>(text[patient * 8 + place] - '1')});
  return test::matrix_of(rows, 45, 5, 4, Repeats::keep_all);
}

Belief converged_likelihood_fit(const LabelMatrix& labels) {
  return believe(with({.max_steps = 2000, .tolerance = 1e-15, .pseudo_count = 0}), {labels});
}

TEST(DawidSkene, reproduces_the_published_anaesthetists) {
  const LabelMatrix labels = anaesthetists();
  ASSERT_EQ(labels.label_count(), 315U);
  const Belief belief = converged_likelihood_fit(labels);
  EXPECT_TRUE(belief.converged);
  EXPECT_NEAR(belief.objective, -192.890881, 5e-7);
  const std::array<double, 4> prior{.399555, .421983, .111795, .066667};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(belief.class_prior[k], prior[k], 1e-6);
  const std::array<double, 16> first{.889488, .110512, 0,       0, .070585, .876380, .053035, 0,
                                     0,       .338822, .661178, 0, 0,       0,       .555556, .444444};
  for (std::size_t cell = 0; cell < 16; ++cell)
    EXPECT_NEAR(belief.confusion[cell], first[cell], 1e-6) << cell;
  const std::array<double, 4> fifth{.159039, .734520, .106440, 0};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(belief.confusion[4 * 16 + 4 + k], fifth[k], 1e-6) << k;
}

TEST(DawidSkene, reproduces_the_published_answers_and_the_three_doubtful_patients) {
  const Belief belief = converged_likelihood_fit(anaesthetists());
  const std::vector<int> answers{1, 4, 2, 2, 2, 2, 1, 3, 2, 2, 4, 3, 1, 2, 1, 1, 1, 1, 2, 2, 2, 2, 2,
                                 2, 1, 1, 2, 1, 1, 1, 1, 3, 1, 2, 2, 4, 2, 3, 3, 1, 1, 1, 2, 1, 2};
  std::vector<std::size_t> doubtful;
  for (std::size_t t = 0; t < 45; ++t) {
    const auto row = belief.posterior.row(t);
    const ClassIndex best = best_class(row);
    EXPECT_EQ(static_cast<int>(best) + 1, answers[t]) << "patient " << t + 1;
    if (row[best] < .99) doubtful.push_back(t + 1);
  }
  EXPECT_EQ(doubtful, (std::vector<std::size_t>{7, 35, 38}));
  EXPECT_NEAR(belief.posterior.row(6)[0], .981, 5e-4);
  EXPECT_NEAR(belief.posterior.row(34)[1], .948, 5e-4);
  EXPECT_NEAR(belief.posterior.row(37)[2], .9788, 5e-5);
}

LabelMatrix three_tasks() {
  return test::matrix_of(
      {{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}, {2, 0, 0}, {2, 1, 1}, {2, 2, 1}}, 3,
      3, 2);
}

TEST(DawidSkene, one_step_by_hand_without_pseudo_counts) {
  const Belief belief = believe(with({.max_steps = 1, .pseudo_count = 0}), {three_tasks()});
  const std::vector<double> confusion{1, 0, .5, .5, 2. / 3, 1. / 3, 1. / 6, 5. / 6, 0, 1, 0, 1};
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(belief.confusion[i], confusion[i], 1e-12) << i;
  EXPECT_NEAR(belief.posterior.row(0)[0], .8, 1e-12);
  EXPECT_NEAR(belief.posterior.row(1)[0], 0, 1e-12);
  EXPECT_NEAR(belief.posterior.row(2)[0], .285714285714, 1e-9);
  EXPECT_EQ(belief.iterations, 1);
  EXPECT_FALSE(belief.converged);
}

TEST(DawidSkene, one_step_by_hand_with_pseudo_counts_of_four_and_one) {
  const Belief belief =
      believe(with({.max_steps = 1, .pseudo_count = 1, .diagonal_pseudo_count = 3}), {three_tasks()});
  EXPECT_NEAR(belief.class_prior[0], 1. / 3, 1e-12);
  EXPECT_NEAR(belief.posterior.row(0)[0], .698412, 5e-7);
  EXPECT_NEAR(belief.posterior.row(1)[0], .012301, 5e-7);
  EXPECT_NEAR(belief.posterior.row(2)[0], .134711, 5e-7);
}

// P(truth | labels) of a task by listing every class, from the method's own parameters.
TEST(DawidSkene, posteriors_are_bayes_rule_on_its_parameters_for_every_tiny_matrix) {
  for (unsigned code = 0; code < 64; ++code) {  // 3 tasks x 2 annotators x 2 classes
    std::vector<LabelRow> rows;
    for (unsigned cell = 0; cell < 6; ++cell) rows.push_back({cell / 2, cell % 2, (code >> cell) & 1U});
    const Belief belief =
        believe(with({.max_steps = 4, .pseudo_count = .3}), {test::matrix_of(rows, 3, 2, 2)});
    double log_likelihood = 0;
    for (std::size_t t = 0; t < 3; ++t) {
      std::array<double, 2> joint{};
      for (std::size_t k = 0; k < 2; ++k)
        joint[k] = belief.class_prior[k] * belief.confusion[2 * k + rows[2 * t].label] *
                   belief.confusion[4 + 2 * k + rows[2 * t + 1].label];
      log_likelihood += std::log(joint[0] + joint[1]);
      EXPECT_NEAR(belief.posterior.row(t)[0], joint[0] / (joint[0] + joint[1]), 1e-12) << code;
    }
    double log_density = 0;
    for (const double p : belief.confusion) log_density += .3 * std::log(p);
    EXPECT_NEAR(belief.objective, log_likelihood + log_density, 1e-9) << code;
  }
}

TEST(DawidSkene, every_step_raises_the_objective) {
  const auto made = test::simulate({.lowest_accuracy = .35, .seed = 21});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  for (const double pseudo_count : {0.0, .01, 1.0}) {
    const Belief belief = believe(
        with({.max_steps = 60, .tolerance = 0, .pseudo_count = pseudo_count, .class_pseudo_count = 1}),
        {labels});
    ASSERT_EQ(belief.objective_trace.size(), 60U);
    test::expect_never_falls(belief.objective_trace);
  }
}

TEST(DawidSkene, every_step_raises_the_objective_with_gold_too) {
  const auto made = test::simulate({.lowest_accuracy = .35, .seed = 22});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  std::vector<std::int32_t> gold(200, kNoGold);
  for (std::size_t t = 0; t < 50; ++t) gold[t] = made.truth[t];
  test::expect_never_falls(believe(with({.max_steps = 50, .tolerance = 0}), {labels, gold}).objective_trace);
}

TEST(DawidSkene, does_not_depend_on_threads) {
  test::expect_same_for_any_thread_count(with({.max_steps = 5}));
}
TEST(DawidSkene, does_not_depend_on_names) {
  test::expect_same_under_renaming(with({.max_steps = 20}));
}
TEST(DawidSkene, clamps_gold) {
  test::expect_gold_is_clamped(with({}));
}

TEST(DawidSkene, a_warm_start_at_the_answer_is_at_home_at_once) {
  const auto made = test::simulate({});
  const auto labels = test::matrix_of(made.rows, 200, 20, 3);
  const Belief first = believe(with({.max_steps = 5000, .tolerance = 1e-15}), {labels});
  const Belief again = believe(with({.max_steps = 1, .start = &first.posterior}), {labels});
  EXPECT_NEAR(again.objective, first.objective, 1e-6);
  for (std::size_t i = 0; i < first.posterior.values.size(); ++i)
    ASSERT_NEAR(again.posterior.values[i], first.posterior.values[i], 1e-4);
}

TEST(DawidSkene, finds_annotators_who_are_always_wrong) {
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < 60; ++t)
    for (AnnotatorIndex w = 0; w < 5; ++w) rows.push_back({t, w, (t + (w < 2 ? 1U : 0U)) % 2});
  const Belief belief = believe(with({}), {test::matrix_of(rows, 60, 5, 2)});
  EXPECT_LT(belief.skill[0], .05);
  EXPECT_GT(belief.skill[4], .95);
}

TEST(DawidSkene, a_task_without_labels_gets_the_class_prior_and_takes_no_part) {
  const auto made = test::simulate({});
  const Belief with_it = believe(with({}), {test::matrix_of(made.rows, 201, 20, 3)});
  const Belief without = believe(with({}), {test::matrix_of(made.rows, 200, 20, 3)});
  for (std::size_t k = 0; k < 3; ++k)
    EXPECT_NEAR(with_it.posterior.row(200)[k], with_it.class_prior[k], 1e-12);
  EXPECT_EQ(with_it.class_prior, without.class_prior);
}

TEST(DawidSkene, refuses_options_that_make_no_sense) {
  ThreadPool pool(1);
  const Progress progress;
  const LabelMatrix labels = three_tasks();
  const Table wrong_shape(2, 2);
  EXPECT_EQ(dawid_skene({labels}, {.max_steps = 0}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(dawid_skene({labels}, {.pseudo_count = -1}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(dawid_skene({labels}, {.start = &wrong_shape}, {pool, progress}).error().code,
            ErrorCode::invalid_argument);
}

// The largest difference between posteriors and confusions of the fused and the textbook computation.
double fused_difference(const Evidence& evidence, DawidSkeneOptions options, CpuLevel level) {
  options.pass = {.precision = EmPrecision::exact};
  const Belief exact = believe(with(options), evidence, 4);
  options.pass = {EmPrecision::fast, level};
  const Belief fast = believe(with(options), evidence, 4);
  EXPECT_EQ(fast.iterations, exact.iterations);
  EXPECT_NEAR(fast.objective, exact.objective, 1e-7 * std::abs(exact.objective));
  double largest = 0;
  for (std::size_t i = 0; i < exact.posterior.values.size(); ++i)
    largest = std::max(largest, std::abs(fast.posterior.values[i] - exact.posterior.values[i]));
  for (std::size_t i = 0; i < exact.confusion.size(); ++i)
    largest = std::max(largest, std::abs(fast.confusion[i] - exact.confusion[i]));
  return largest;
}

TEST(DawidSkene, the_fused_pass_gives_the_textbook_answer_at_equal_steps) {
  for (const std::size_t classes : {2U, 3U, 10U, 17U}) {
    const std::size_t annotators = classes > 10 ? 5 : classes > 3 ? 12 : 40;
    const auto made = test::simulate(
        {.tasks = 10'000, .annotators = annotators, .classes = classes, .lowest_accuracy = .35});
    const auto labels = test::matrix_of(made.rows, 10'050, annotators, classes);
    std::vector<std::int32_t> gold(10'050, kNoGold);
    for (std::size_t t = 0; t < 10'050; t += 40) gold[t] = t < 10'000 ? made.truth[t] : 1;
    for (const CpuLevel level : available_cpu_levels())
      for (const int steps : {1, 3, 20})
        EXPECT_LT(fused_difference({labels, gold}, {.max_steps = steps, .tolerance = 0}, level), 1e-6)
            << classes << " classes, " << steps << " steps, " << cpu_level_name(level);
  }
}

// These sets are too small for the fused pass to be chosen: forced on them, rounding is magnified to 1.1e-5.
TEST(DawidSkene, the_fused_pass_stays_near_the_textbook_answer_on_sparse_real_labels) {
  for (const std::string& name : test::kSetsWithTruth) {
    MIZAN_NEEDS_SET(set, name);
    for (const int steps : {3, 20})
      EXPECT_LT(fused_difference({set.labels}, {.max_steps = steps, .tolerance = 0}, cpu_level()), 5e-5)
          << name << ", " << steps << " steps";
  }
}

TEST(DawidSkene, stops_when_it_is_cancelled) {
  ThreadPool pool(1);
  Progress progress;
  progress.is_cancelled = [] { return true; };
  EXPECT_EQ(dawid_skene({three_tasks()}, {}, {pool, progress}).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace mizan::truth
