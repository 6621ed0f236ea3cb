#include "mizan/engine/truth/methods/ibcc.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/dawid_skene.h"
#include "mizan/engine/truth/special.h"
#include "support/label_cases.h"
#include "support/odd_labels.h"
#include "support/published_accuracy.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(IbccOptions options) {
  return [options](const Evidence& evidence, Run run) { return ibcc(evidence, options, run); };
}

IbccModel fitted(const Evidence& evidence, const IbccOptions& options) {
  ThreadPool pool(2);
  const Progress progress;
  auto model = fit_ibcc(evidence, options, {pool, progress});
  EXPECT_TRUE(model);
  return *std::move(model);
}

IbccOptions plain(IbccForm form) {
  return {.form = form, .class_prior = IbccClassPrior::flat, .prior_rounds = 0};
}

double log_beta(const std::vector<double>& counts) {
  double sum = 0;
  double total = 0;
  for (const double count : counts) {
    sum += count;
    total += log_gamma(count);
  }
  return total - log_gamma(sum);
}

// log P(labels, truth) with every confusion matrix and the class shares integrated out.
double log_joint(const std::vector<LabelRow>& rows, const std::vector<std::size_t>& truth,
                 std::size_t annotators) {
  std::vector<double> classes{1, 1};
  for (const std::size_t answer : truth) classes[answer] += 1;
  double total = log_beta(classes) - log_beta({1, 1});
  for (std::size_t w = 0; w < annotators; ++w)
    for (std::size_t k = 0; k < 2; ++k) {
      const std::vector<double> prior = k == 0 ? std::vector<double>{4, 1} : std::vector<double>{1, 4};
      std::vector<double> counts = prior;
      for (const auto& row : rows)
        if (row.annotator == w && truth[row.task] == k) counts[row.label] += 1;
      total += log_beta(counts) - log_beta(prior);
    }
  return total;
}

struct Exact {
  double log_evidence;
  std::vector<double> second_class;  // P(task is of class 1 | labels)
};

Exact by_enumeration(const std::vector<LabelRow>& rows, std::size_t tasks, std::size_t annotators) {
  double evidence = 0;
  std::vector<double> second(tasks, 0.0);
  for (std::size_t code = 0; code < (1U << tasks); ++code) {
    std::vector<std::size_t> truth(tasks);
    for (std::size_t t = 0; t < tasks; ++t) truth[t] = (code >> t) & 1U;
    const double joint = std::exp(log_joint(rows, truth, annotators));
    evidence += joint;
    for (std::size_t t = 0; t < tasks; ++t) second[t] += truth[t] == 1 ? joint : 0;
  }
  for (double& p : second) p /= evidence;
  return {std::log(evidence), second};
}

// Every matrix of 3 tasks x 3 annotators x 2 classes.
TEST(Ibcc, free_energy_is_a_close_lower_bound_of_the_exact_evidence) {
  double largest_gap = 0;
  double mean_error = 0;
  for (unsigned code = 0; code < 512; ++code) {
    std::vector<LabelRow> rows;
    for (unsigned cell = 0; cell < 9; ++cell) rows.push_back({cell / 3, cell % 3, (code >> cell) & 1U});
    const Exact exact = by_enumeration(rows, 3, 3);
    auto options = plain(IbccForm::variational);
    options.tolerance = 1e-9;
    const Belief belief = believe(with(options), {test::matrix_of(rows, 3, 3, 2)});
    EXPECT_LE(belief.objective, exact.log_evidence + 1e-9) << code;
    largest_gap = std::max(largest_gap, exact.log_evidence - belief.objective);
    for (std::size_t t = 0; t < 3; ++t) {
      mean_error += std::abs(belief.posterior.row(t)[1] - exact.second_class[t]) / (3 * 512);
      EXPECT_NEAR(belief.posterior.row(t)[1], exact.second_class[t], 0.35) << code << " task " << t;
    }
  }
  EXPECT_LT(largest_gap, 1.0);
  EXPECT_LT(mean_error, 0.15);
}

TEST(Ibcc, one_variational_step_is_bayes_rule_on_expected_logarithms) {
  const std::vector<LabelRow> rows{{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1},
                                   {1, 2, 1}, {2, 0, 0}, {2, 1, 1}, {2, 2, 1}};
  const std::array<double, 3> first_class{2. / 3, 0, 1. / 3};  // vote shares
  const auto share = [&](std::size_t t, std::size_t k) {
    return k == 0 ? first_class[t] : 1 - first_class[t];
  };
  const auto expected_log = [&](std::size_t annotator, std::size_t k, std::size_t label) {
    double count = k == label ? 4 : 1;
    double sum = 5;
    for (const auto& row : rows)
      if (row.annotator == annotator) {
        sum += share(row.task, k);
        if (row.label == label) count += share(row.task, k);
      }
    return digamma(count) - digamma(sum);
  };
  auto options = plain(IbccForm::variational);
  options.max_steps = 1;
  const Belief belief = believe(with(options), {test::matrix_of(rows, 3, 3, 2)});
  for (std::size_t t = 0; t < 3; ++t) {
    std::array<double, 2> logs{digamma(1 + 1), digamma(1 + 2)};
    for (const auto& row : rows)
      if (row.task == t)
        for (std::size_t k = 0; k < 2; ++k) logs[k] += expected_log(row.annotator, k, row.label);
    EXPECT_NEAR(belief.posterior.row(t)[0], 1 / (1 + std::exp(logs[1] - logs[0])), 1e-12) << t;
  }
}

TEST(Ibcc, map_form_is_dawid_skene_with_the_same_pseudo_counts) {
  const test::SimulatedCrowd crowd{.tasks = 120, .annotators = 10};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  auto options = plain(IbccForm::map);
  options.max_steps = 6;
  options.tolerance = 0;
  const Belief ours = believe(with(options), {labels});
  const DawidSkeneOptions same{
      .max_steps = 6, .tolerance = 0, .pseudo_count = 1, .diagonal_pseudo_count = 3, .class_pseudo_count = 1};
  const Belief theirs = believe(
      [&](const Evidence& evidence, truth::Run run) { return dawid_skene(evidence, same, run); }, {labels});
  for (std::size_t i = 0; i < ours.posterior.values.size(); ++i)
    EXPECT_NEAR(ours.posterior.values[i], theirs.posterior.values[i], 1e-12);
  EXPECT_NEAR(ours.objective, theirs.objective, 1e-8);
}

TEST(Ibcc, reaches_the_published_accuracies) {
  test::expect_published(with(plain(IbccForm::variational)), {{"adult", .7447, .0035},
                                                              {"bluebird", .8889, 1e-4},
                                                              {"dog", .8389, 1e-4},
                                                              {"product", .9383, 1e-4},
                                                              {"rte", .9275, 1e-4},
                                                              {"web", .7508, 1e-4}});
}

TEST(Ibcc, the_objective_never_falls) {
  const test::SimulatedCrowd crowd{.tasks = 300, .annotators = 25, .labels_per_task = 3};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  std::vector<std::int32_t> gold(crowd.tasks, kNoGold);
  for (std::size_t t = 0; t < 30; ++t) gold[t] = made.truth[t];
  for (const IbccForm form : {IbccForm::map, IbccForm::variational})
    for (const int rounds : {0, 2}) {
      const IbccOptions options{.form = form, .tolerance = 1e-9, .prior_rounds = rounds};
      test::expect_never_falls(believe(with(options), {labels}).objective_trace);
      test::expect_never_falls(believe(with(options), {labels, gold}).objective_trace);
    }
}

// The line that the whole design leans on: without it one label per task collapses into the largest class.
TEST(Ibcc, empirical_class_prior_keeps_the_rare_class_where_a_flat_one_loses_it) {
  const test::SimulatedCrowd crowd{
      .tasks = 2000, .annotators = 40, .classes = 4, .labels_per_task = 1, .seed = 9};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  const double flat = test::accuracy_of(believe(with(plain(IbccForm::map)), {labels}).posterior, made.truth);
  const double empirical = test::accuracy_of(believe(with({}), {labels}).posterior, made.truth);
  EXPECT_GT(empirical, flat + 0.02);
}

// Two suppliers: annotators of the first are right 95 times in 100, of the second 60.
struct TwoSuppliers {
  LabelMatrix labels;
  std::vector<std::uint32_t> supplier_of;
  std::vector<std::int32_t> truth;
};

TwoSuppliers two_suppliers(std::size_t labels_per_task) {
  Rng rng(31);
  constexpr std::size_t kTasks = 3000;
  constexpr std::size_t kAnnotators = 60;
  std::vector<LabelRow> rows;
  std::vector<std::uint32_t> supplier_of;
  std::vector<std::int32_t> truth;
  for (std::uint32_t w = 0; w < kAnnotators; ++w) supplier_of.push_back(w % 2);
  for (TaskIndex t = 0; t < kTasks; ++t) {
    truth.push_back(static_cast<std::int32_t>(rng.below(3)));
    for (std::size_t n = 0; n < labels_per_task; ++n) {
      const auto annotator = static_cast<AnnotatorIndex>(rng.below(kAnnotators));
      const bool is_right = rng.uniform() < (annotator % 2 == 0 ? 0.95 : 0.60);
      const auto answer = static_cast<ClassIndex>(truth.back());
      rows.push_back(
          {t, annotator, is_right ? answer : static_cast<ClassIndex>((answer + 1 + rng.below(2)) % 3)});
    }
  }
  return {test::matrix_of(rows, kTasks, kAnnotators, 3), supplier_of, truth};
}

TEST(Ibcc, a_new_annotator_is_expected_to_be_like_their_supplier) {
  const TwoSuppliers world = two_suppliers(5);
  const IbccModel model =
      fitted({world.labels}, {.supplier_of_annotator = world.supplier_of, .supplier_count = 2});
  const NewAnnotator good = new_annotator(model, 0U);
  const NewAnnotator poor = new_annotator(model, 1U);
  const NewAnnotator anyone = new_annotator(model, std::nullopt);
  EXPECT_NEAR(good.accuracy, 0.95, 0.03);
  EXPECT_NEAR(poor.accuracy, 0.60, 0.04);
  EXPECT_GT(good.accuracy, anyone.accuracy);
  EXPECT_GT(anyone.accuracy, poor.accuracy);
  EXPECT_GT(anyone.deviation, good.deviation);  // two crowds in one spread more than one of them
  EXPECT_EQ(model.suppliers[0].annotator_count, 30U);
}

TEST(Ibcc, one_or_two_labels_per_task_teach_the_priors_nothing) {
  for (const std::size_t labels_per_task : {1U, 2U}) {
    const TwoSuppliers world = two_suppliers(labels_per_task);
    const IbccModel model =
        fitted({world.labels}, {.supplier_of_annotator = world.supplier_of, .supplier_count = 2});
    EXPECT_NEAR(new_annotator(model, 0U).accuracy, 4. / 6, 1e-9);
    EXPECT_NEAR(new_annotator(model, std::nullopt).accuracy, 4. / 6, 1e-9);
  }
}

TEST(Ibcc, gold_teaches_the_priors_even_with_one_label_per_task) {
  const TwoSuppliers world = two_suppliers(1);
  std::vector<std::int32_t> gold(world.truth.size(), kNoGold);
  for (std::size_t t = 0; t < 1500; ++t) gold[t] = world.truth[t];
  const IbccModel model =
      fitted({world.labels, gold}, {.supplier_of_annotator = world.supplier_of, .supplier_count = 2});
  EXPECT_NEAR(new_annotator(model, 0U).accuracy, 0.95, 0.05);
  EXPECT_NEAR(new_annotator(model, 1U).accuracy, 0.60, 0.05);
}

TEST(Ibcc, pseudo_counts_are_the_prior_plus_every_label_once) {
  const TwoSuppliers world = two_suppliers(4);
  const IbccModel model =
      fitted({world.labels}, {.supplier_of_annotator = world.supplier_of, .supplier_count = 2});
  std::vector<double> label_count(60, 0.0);
  for (TaskIndex t = 0; t < world.labels.task_count(); ++t)
    world.labels.visit_task(t, [&](AnnotatorIndex annotator, ClassIndex) { label_count[annotator] += 1; });
  for (std::size_t w = 0; w < 60; ++w) {
    double sum = 0;
    for (std::size_t cell = 0; cell < 9; ++cell) sum += model.pseudo_count[w * 9 + cell];
    for (std::size_t k = 0; k < 3; ++k) sum -= model.suppliers[world.supplier_of[w]].row_sum(k);
    EXPECT_NEAR(sum, label_count[w], 1e-6) << w;
  }
}

// 50 annotators with accuracies from Beta(8,3) and 200 labels each.
TEST(Ibcc, recovers_the_accuracies_of_simulated_annotators) {
  Rng rng(5);
  std::vector<double> accuracy;
  for (int w = 0; w < 50; ++w) accuracy.push_back(rng.beta(8, 3));
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < 1000; ++t) {  // ten labels each
    const auto answer = static_cast<ClassIndex>(rng.below(3));
    const std::uint64_t start = rng.below(50);
    const std::uint64_t stride = 1 + rng.below(4);
    for (std::uint64_t n = 0; n < 10; ++n) {
      const auto annotator = static_cast<AnnotatorIndex>((start + n * stride) % 50);
      const bool is_right = rng.uniform() < accuracy[annotator];
      rows.push_back(
          {t, annotator, is_right ? answer : static_cast<ClassIndex>((answer + 1 + rng.below(2)) % 3)});
    }
  }
  const Belief belief = believe(with({}), {test::matrix_of(rows, 1000, 50, 3)});
  double error = 0;
  for (std::size_t w = 0; w < 50; ++w) error += std::abs(belief.skill[w] - accuracy[w]) / 50;
  EXPECT_LT(error, 0.03);
}

TEST(Ibcc, gold_is_clamped) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Ibcc, names_do_not_matter) {
  test::expect_same_under_renaming(with({}), 1e-7);
}
TEST(Ibcc, threads_do_not_matter) {
  test::expect_same_for_any_thread_count(with({}));
}
TEST(Ibcc, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}
TEST(Ibcc, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}));
  test::expect_survives_odd_labels(with({.form = IbccForm::variational}));
}

TEST(Ibcc, refuses_options_that_make_no_sense) {
  ThreadPool pool(1);
  const Progress progress;
  const truth::Run run{pool, progress};
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  const std::vector<std::uint32_t> two{0, 0};
  const std::vector<std::uint32_t> beyond{3};
  EXPECT_EQ(ibcc({labels}, {.diagonal = 0}, run).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(ibcc({labels}, {.max_steps = 0}, run).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(ibcc({labels}, {.supplier_of_annotator = two, .supplier_count = 1}, run).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(ibcc({labels}, {.supplier_of_annotator = beyond, .supplier_count = 3}, run).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
