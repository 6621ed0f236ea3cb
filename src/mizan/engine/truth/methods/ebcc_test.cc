#include "mizan/engine/truth/methods/ebcc.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/engine/truth/special.h"
#include "support/label_cases.h"
#include "support/odd_labels.h"
#include "support/published_accuracy.h"

namespace mizan::truth {
namespace {

using test::believe;
using test::Method;

Method with(EbccOptions options) {
  return [options](const Evidence& evidence, Run run) { return ebcc(evidence, options, run); };
}

TEST(Ebcc, with_one_subtype_is_variational_ibcc) {
  const test::SimulatedCrowd crowd{.tasks = 150, .annotators = 12};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  std::vector<std::int32_t> gold(crowd.tasks, kNoGold);
  for (std::size_t t = 0; t < 10; ++t) gold[t] = made.truth[t];
  const Belief ours =
      believe(with({.subtypes = 1, .restarts = 1, .max_steps = 8, .tolerance = 0}), {labels, gold});
  const IbccOptions same{.form = IbccForm::variational, .max_steps = 8, .tolerance = 0, .prior_rounds = 0};
  const Belief theirs =
      believe([&](const Evidence& e, truth::Run run) { return ibcc(e, same, run); }, {labels, gold});
  for (std::size_t i = 0; i < ours.posterior.values.size(); ++i)
    EXPECT_NEAR(ours.posterior.values[i], theirs.posterior.values[i], 1e-9);
  EXPECT_NEAR(ours.objective, theirs.objective, 1e-6);
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

// log P(labels) of 3 tasks x 2 annotators x 2 classes x 2 subtypes with every parameter integrated out.
double log_evidence(const std::vector<LabelRow>& rows, const std::vector<double>& class_prior) {
  double evidence = 0;
  for (unsigned code = 0; code < 64; ++code) {  // two bits a task: class, subtype
    std::vector<double> classes = class_prior;
    std::vector<std::vector<double>> subtypes(2, {.05, .05});
    std::vector<std::vector<double>> confusion;
    for (unsigned row = 0; row < 8; ++row)  // annotator, class, subtype
      confusion.push_back((row / 2) % 2 == 0 ? std::vector<double>{4, 1} : std::vector<double>{1, 4});
    const auto cell_of = [&](std::uint32_t task) { return (code >> (2 * task)) & 3U; };
    for (std::uint32_t t = 0; t < 3; ++t) {
      classes[cell_of(t) / 2] += 1;
      subtypes[cell_of(t) / 2][cell_of(t) % 2] += 1;
    }
    for (const auto& row : rows) confusion[row.annotator * 4 + cell_of(row.task)][row.label] += 1;
    double joint = log_beta(classes) - log_beta(class_prior);
    for (const auto& own : subtypes) joint += log_beta(own) - log_beta({.05, .05});
    for (const auto& own : confusion) joint += log_beta(own) - log_beta({4, 1});
    evidence += std::exp(joint);
  }
  return std::log(evidence);
}

TEST(Ebcc, free_energy_is_a_lower_bound_of_the_exact_evidence_of_every_tiny_matrix) {
  double largest_gap = 0;
  for (unsigned code = 0; code < 64; ++code) {
    std::vector<LabelRow> rows;
    std::vector<double> votes{0, 0};
    for (unsigned cell = 0; cell < 6; ++cell) {
      rows.push_back({cell / 2, cell % 2, (code >> cell) & 1U});
      votes[rows.back().label] += .5;
    }
    for (double& vote : votes) vote = std::max(vote, .01);
    const Belief belief = believe(with({.subtypes = 2, .tolerance = 1e-9}), {test::matrix_of(rows, 3, 2, 2)});
    const double exact = log_evidence(rows, votes);
    EXPECT_LE(belief.objective, exact + 1e-9) << code;
    largest_gap = std::max(largest_gap, exact - belief.objective);
  }
  EXPECT_LT(largest_gap, 3);
}

TEST(Ebcc, the_free_energy_never_falls) {
  const test::SimulatedCrowd crowd{.tasks = 300, .annotators = 25, .labels_per_task = 4};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  const Belief belief = believe(with({.restarts = 1, .tolerance = 1e-7, .keeps_trace = true}), {labels});
  ASSERT_GT(belief.objective_trace.size(), 10U);
  test::expect_never_falls(belief.objective_trace, 1e-8);
}

// Published with 40 restarts; the set "web" is left out, whose figure (.7686) is the luck of one restart in
// many: nearly every start, the published program's too, ends at .7437.
TEST(Ebcc, reaches_the_published_accuracies) {
  test::expect_published(
      with({.restarts = 6, .combine = EbccCombine::best}),
      {{"bluebird", .8611, .0095}, {"dog", .8401, .003}, {"product", .9349, .001}, {"rte", .9313, .002}});
  test::expect_published(with({.restarts = 2}), {{"adult", .7477, .0035}, {"web", .7437, 1e-3}});
}

// Four annotators copy one opinion that is right 7 times in 10; ten others judge for themselves. Plain
// confusion matrices take the four's agreement for skill and follow them; subtypes explain it.
TEST(Ebcc, sees_through_annotators_who_are_wrong_together) {
  Rng rng(2);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> truth;
  for (TaskIndex t = 0; t < 1500; ++t) {
    const auto answer = static_cast<ClassIndex>(rng.below(2));
    truth.push_back(static_cast<std::int32_t>(answer));
    const bool opinion_is_right = rng.uniform() < .7;
    for (AnnotatorIndex w = 0; w < 14; ++w) {
      const bool is_right = w < 4 ? opinion_is_right == (rng.uniform() < .9) : rng.uniform() < .75;
      rows.push_back({t, w, is_right ? answer : 1 - answer});
    }
  }
  const auto labels = test::matrix_of(rows, 1500, 14, 2);
  const double ours = test::accuracy_of(believe(with({}), {labels}).posterior, truth);
  const double plain = test::accuracy_of(
      believe([](const Evidence& e, truth::Run run) { return ibcc(e, {}, run); }, {labels}).posterior, truth);
  EXPECT_GT(ours, .95);
  EXPECT_LT(plain, .75);
}

TEST(Ebcc, a_large_problem_gives_the_same_as_restarts_side_by_side) {
  const test::SimulatedCrowd crowd{.tasks = 12'000, .annotators = 40, .seed = 7};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  EXPECT_LT(ebcc_cost(labels, {}).bytes, 1e8);
  const Method large = with({.subtypes = 120, .restarts = 2, .max_steps = 1});  // over 2^22 cells
  const Belief one = believe(large, {labels}, 1);
  const Belief four = believe(large, {labels}, 4);
  EXPECT_EQ(one.posterior.values, four.posterior.values);
  EXPECT_EQ(one.confusion, four.confusion);
}

TEST(Ebcc, gold_is_clamped) {
  test::expect_gold_is_clamped(with({}));
}
TEST(Ebcc, threads_do_not_matter) {
  test::expect_same_for_any_thread_count(with({.restarts = 2, .max_steps = 10}));
}
TEST(Ebcc, one_label_per_task_stays_sane) {
  test::expect_one_label_per_task_stays_sane(with({}));
}
TEST(Ebcc, survives_odd_labels) {
  test::expect_survives_odd_labels(with({}));
}

TEST(Ebcc, another_seed_moves_answers_but_little) {
  const test::SimulatedCrowd crowd{.tasks = 400, .annotators = 20};
  const auto made = test::simulate(crowd);
  const auto labels = test::matrix_of(made.rows, crowd.tasks, crowd.annotators, 3);
  const Belief a = believe(with({.seed = 1}), {labels});
  const Belief again = believe(with({.seed = 1}), {labels});
  const Belief b = believe(with({.seed = 2}), {labels});
  EXPECT_EQ(a.posterior.values, again.posterior.values);
  std::size_t same = 0;
  for (std::size_t t = 0; t < crowd.tasks; ++t)
    same += best_class(a.posterior.row(t)) == best_class(b.posterior.row(t)) ? 1 : 0;
  EXPECT_GT(same, crowd.tasks * 97 / 100);
}

TEST(Ebcc, refuses_what_would_not_fit_in_memory) {
  ThreadPool pool(1);
  const Progress progress;
  const auto labels = test::matrix_of({{0, 0, 0}}, 1, 1, 2);
  EXPECT_EQ(ebcc({labels}, {.most_bytes = 10}, {pool, progress}).error().code, ErrorCode::cannot_be_known);
  EXPECT_EQ(ebcc({labels}, {.subtypes = 0}, {pool, progress}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace mizan::truth
