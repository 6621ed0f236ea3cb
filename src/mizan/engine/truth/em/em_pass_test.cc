// The fused pass against the textbook pass, on every instruction set that this machine has.
#include "mizan/engine/truth/em/em_pass.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/label_cases.h"

namespace mizan::truth {
namespace {

struct Case {
  std::size_t classes;
  std::size_t annotators;
  std::size_t tasks;
  std::size_t most_labels;  // a task has 0 to this many
  bool has_gold;
};

// Labels of uneven tasks, some without any, by annotators of random quality.
struct Problem {
  LabelMatrix labels;
  std::vector<std::int32_t> gold;
  LogConfusion model;

  [[nodiscard]] Evidence evidence() const { return {labels, gold}; }
};

LogConfusion random_model(std::size_t annotators, std::size_t classes, Rng& rng) {
  LogConfusion model;
  std::vector<double> draw(classes);
  const std::vector<double> flat(classes, 2.0);
  rng.dirichlet(flat, draw);
  for (const double share : draw) model.log_prior.push_back(std::log(share));
  model.log_rows = Table(annotators * classes, classes);
  for (std::size_t w = 0; w < annotators; ++w)
    for (std::size_t k = 0; k < classes; ++k) {
      std::vector<double> alpha(classes, .3);
      alpha[k] = 3;
      rng.dirichlet(alpha, draw);
      for (std::size_t label = 0; label < classes; ++label)
        model.log_rows.row(w * classes + label)[k] = std::log(std::max(draw[label], 1e-9));
    }
  return model;
}

Problem make_problem(const Case& c, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<LabelRow> rows;
  std::vector<std::int32_t> gold(c.has_gold ? c.tasks : 0, kNoGold);
  for (std::size_t t = 0; t < c.tasks; ++t) {
    const std::size_t answer = rng.below(c.classes);
    if (c.has_gold && rng.below(5) == 0) gold[t] = static_cast<std::int32_t>(rng.below(c.classes));
    const std::size_t count = rng.below(c.most_labels + 1);
    for (std::size_t i = 0; i < count; ++i)
      rows.push_back({static_cast<TaskIndex>(t), static_cast<AnnotatorIndex>(rng.below(c.annotators)),
                      static_cast<ClassIndex>(rng.below(4) != 0 ? answer : rng.below(c.classes))});
  }
  auto labels = test::matrix_of(rows, c.tasks, c.annotators, c.classes);
  return {std::move(labels), std::move(gold), random_model(c.annotators, c.classes, rng)};
}

std::string name_of(const Case& c, CpuLevel level) {
  return std::string(cpu_level_name(level)) + ", " + std::to_string(c.classes) + " classes, " +
         std::to_string(c.annotators) + " annotators, tasks of up to " + std::to_string(c.most_labels) +
         (c.has_gold ? ", gold" : "");
}

// Every number of classes that has a kernel of its own and some that share one; 70,000 codes are wide.
std::vector<Case> cases() {
  std::vector<Case> all;
  for (std::size_t classes = 2; classes <= 19; ++classes)
    for (const bool has_gold : {false, true}) all.push_back({classes, 12, 1100, 9, has_gold});
  all.push_back({40, 7, 300, 7, true});
  for (const std::size_t classes : {2U, 3U, 10U, 20U})
    all.push_back({classes, 70'000 / classes + 1, 900, 6, true});
  for (const std::size_t classes : {2U, 5U}) {
    all.push_back({classes, 400, 130, 300, true});  // long tasks
    all.push_back({classes, 30, 5, 8, false});      // less than a vector of tasks
    all.push_back({classes, 3, 20'000, 3, false});  // many stretches and blocks
  }
  return all;
}

struct Outcome {
  double log_likelihood;
  ExpectedCounts counts;
};

Outcome step(const Problem& problem, EmPassOptions options, std::size_t threads = 2) {
  ThreadPool pool(threads);
  const Progress progress;
  EmPass pass(problem.evidence(), {pool, progress}, options);
  Outcome outcome;
  outcome.log_likelihood = pass.step(problem.model, outcome.counts, {pool, progress});
  return outcome;
}

// Within `share` of the labels that an annotator gave: the size of the sums that float rounds.
void expect_near(const ExpectedCounts& a, const ExpectedCounts& b, double share) {
  ASSERT_EQ(a.rows.values.size(), b.rows.values.size());
  for (std::size_t code = 0; code < a.rows.rows; ++code) {
    double size = 1;
    for (const double count : b.rows.row(code)) size += count;
    for (std::size_t k = 0; k < a.rows.columns; ++k)
      ASSERT_NEAR(a.rows.row(code)[k], b.rows.row(code)[k], share * size)
          << "code " << code << " class " << k;
  }
  double tasks = 1;
  for (const double count : b.classes) tasks += count;
  for (std::size_t k = 0; k < a.classes.size(); ++k) ASSERT_NEAR(a.classes[k], b.classes[k], share * tasks);
}

TEST(EmPass, fused_and_textbook_agree_on_every_instruction_set) {
  for (const Case& c : cases()) {
    const Problem problem = make_problem(c, 1 + c.classes);
    const Outcome exact = step(problem, {.precision = EmPrecision::exact});
    for (const CpuLevel level : available_cpu_levels()) {
      SCOPED_TRACE(name_of(c, level));
      const Outcome fast = step(problem, {EmPrecision::fast, level});
      expect_near(fast.counts, exact.counts, 1e-6);
      EXPECT_NEAR(fast.log_likelihood, exact.log_likelihood, 1e-6 * (1 + std::abs(exact.log_likelihood)));
    }
  }
}

TEST(EmPass, counts_of_votes_are_the_textbook_ones) {
  for (const Case& c : cases()) {
    const Problem problem = make_problem(c, 100 + c.classes);
    ThreadPool pool(2);
    const Progress progress;
    const truth::Run run{pool, progress};
    const auto votes = [&](const EmPassOptions& options) {
      return EmPass(problem.evidence(), run, options).counts_of_votes(run);
    };
    const ExpectedCounts exact = votes({.precision = EmPrecision::exact});
    for (const CpuLevel level : available_cpu_levels()) {
      SCOPED_TRACE(name_of(c, level));
      expect_near(votes({EmPrecision::fast, level}), exact, 1e-6);
    }
  }
}

TEST(EmPass, does_not_depend_on_threads_to_the_last_bit) {
  for (const std::size_t classes : {2U, 7U, 18U}) {
    const Problem problem = make_problem({classes, 20, 30'000, 7, true}, classes);
    for (const CpuLevel level : available_cpu_levels()) {
      const Outcome one = step(problem, {EmPrecision::fast, level}, 1);
      for (const std::size_t threads : {2U, 4U}) {
        const Outcome many = step(problem, {EmPrecision::fast, level}, threads);
        EXPECT_EQ(one.counts.rows.values, many.counts.rows.values);
        EXPECT_EQ(one.counts.classes, many.counts.classes);
        EXPECT_EQ(one.log_likelihood, many.log_likelihood);
      }
    }
  }
}

TEST(EmPass, a_second_step_does_not_remember_the_first) {
  const Problem problem = make_problem({3, 20, 3'000, 7, true}, 5);
  ThreadPool pool(2);
  const Progress progress;
  const truth::Run run{pool, progress};
  EmPass pass(problem.evidence(), run, {.precision = EmPrecision::fast});
  ExpectedCounts first;
  ExpectedCounts again;
  const double before = pass.step(problem.model, first, run);
  (void)pass.counts_of_votes(run);
  const double after = pass.step(problem.model, again, run);
  EXPECT_EQ(before, after);
  EXPECT_EQ(first.rows.values, again.rows.values);
}

TEST(EmPass, a_model_that_calls_a_label_impossible_is_followed_exactly) {
  Problem problem = make_problem({3, 5, 600, 6, true}, 8);
  problem.model.log_rows.row(4)[0] = -std::numeric_limits<double>::infinity();
  const Outcome exact = step(problem, {.precision = EmPrecision::exact});
  const Outcome fast = step(problem, {.precision = EmPrecision::fast});
  EXPECT_EQ(fast.counts.rows.values, exact.counts.rows.values);
  EXPECT_EQ(fast.log_likelihood, exact.log_likelihood);
}

TEST(EmPass, strong_disagreement_does_not_underflow) {
  for (const std::size_t classes : {2U, 4U, 20U}) {
    std::vector<LabelRow> rows;
    for (AnnotatorIndex w = 0; w < 200; ++w) rows.push_back({0, w, w % 2});
    LogConfusion model;
    model.log_prior.assign(classes, -std::log(static_cast<double>(classes)));
    model.log_rows = Table(200 * classes, classes, -9);
    for (std::size_t code = 0; code < 200 * classes; ++code) model.log_rows.row(code)[code % classes] = -.1;
    const Problem problem{test::matrix_of(rows, 1, 200, classes), {}, model};
    for (const CpuLevel level : available_cpu_levels()) {
      const Outcome fast = step(problem, {EmPrecision::fast, level});
      const Outcome exact = step(problem, {.precision = EmPrecision::exact});
      EXPECT_NEAR(fast.log_likelihood, exact.log_likelihood, 1e-6 * std::abs(exact.log_likelihood));
      expect_near(fast.counts, exact.counts, 1e-4);  // 200 float terms of 9: a tie to about 1e-4
    }
  }
}

TEST(EmPass, large_and_dense_problems_take_the_fused_pass_by_themselves) {
  const auto is_chosen = [](std::size_t labels, std::size_t annotators) {
    std::vector<LabelRow> rows;
    for (std::size_t i = 0; i < labels; ++i)
      rows.push_back({static_cast<TaskIndex>(i), static_cast<AnnotatorIndex>(i % annotators), 0});
    ThreadPool pool(1);
    const Progress progress;
    const LabelMatrix matrix = test::matrix_of(rows, labels, annotators, 2);
    const bool chosen = is_fused_pass_chosen(matrix);
    EXPECT_EQ(EmPass({matrix}, {pool, progress}).is_fast(), chosen);
    return chosen;
  };
  EXPECT_FALSE(is_chosen(1000, 10));
  EXPECT_TRUE(is_chosen(kFusedFromLabels, 10));
  EXPECT_FALSE(is_chosen(kFusedFromLabels, kFusedFromLabels / 8));
}

}  // namespace
}  // namespace mizan::truth
