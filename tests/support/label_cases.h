// Made-up labels and the claims that every truth method must hold, for the tests of engine/truth.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::test {

using Method = std::function<Result<truth::Belief>(const truth::Evidence&, truth::Run)>;

inline truth::Belief believe(const Method& method, const truth::Evidence& evidence, std::size_t threads = 1) {
  ThreadPool pool(threads);
  const Progress progress;
  auto belief = method(evidence, {pool, progress});
  EXPECT_TRUE(belief) << to_string(belief.error());
  return belief ? *std::move(belief) : truth::Belief{};
}

inline truth::LabelMatrix matrix_of(const std::vector<truth::LabelRow>& rows, std::size_t tasks,
                                    std::size_t annotators, std::size_t classes,
                                    truth::Repeats repeats = truth::Repeats::keep_last) {
  auto labels = truth::LabelMatrix::from_rows(rows, tasks, annotators, classes, repeats);
  EXPECT_TRUE(labels);
  return *std::move(labels);
}

struct SimulatedCrowd {
  std::size_t tasks = 200;
  std::size_t annotators = 20;
  std::size_t classes = 3;
  std::size_t labels_per_task = 5;
  double lowest_accuracy = 0.5;  ///< accuracies are spread evenly from lowest to highest
  double highest_accuracy = 0.95;
  std::uint64_t seed = 1;
};

struct Simulated {
  std::vector<truth::LabelRow> rows;
  std::vector<std::int32_t> truth;
  std::vector<double> accuracy;  ///< [annotators]
};

/// One-coin annotators on skewed classes (class k weighs k+1); errors spread evenly.
inline Simulated simulate(const SimulatedCrowd& crowd) {
  Rng rng(crowd.seed);
  Simulated made;
  std::vector<double> weights(crowd.classes);
  std::iota(weights.begin(), weights.end(), 1.0);
  for (std::size_t w = 0; w < crowd.annotators; ++w)
    made.accuracy.push_back(crowd.lowest_accuracy + (crowd.highest_accuracy - crowd.lowest_accuracy) *
                                                        static_cast<double>(w) /
                                                        static_cast<double>(crowd.annotators));
  std::vector<truth::AnnotatorIndex> people(crowd.annotators);
  std::iota(people.begin(), people.end(), 0U);
  for (std::size_t t = 0; t < crowd.tasks; ++t) {
    const std::size_t answer = rng.categorical(weights);
    made.truth.push_back(static_cast<std::int32_t>(answer));
    for (std::size_t place = 0; place < std::min(crowd.labels_per_task, crowd.annotators); ++place) {
      std::swap(people[place], people[place + rng.below(crowd.annotators - place)]);
      std::size_t label = answer;
      if (rng.uniform() >= made.accuracy[people[place]])
        label = (answer + 1 + rng.below(crowd.classes - 1)) % crowd.classes;
      made.rows.push_back(
          {static_cast<truth::TaskIndex>(t), people[place], static_cast<truth::ClassIndex>(label)});
    }
  }
  return made;
}

/// Share of tasks with truth whose best class is right.
inline double accuracy_of(const truth::Table& posterior, std::span<const std::int32_t> truth) {
  std::size_t right = 0;
  std::size_t known = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (truth[t] == truth::kNoGold) continue;
    ++known;
    right += static_cast<std::int32_t>(truth::best_class(posterior.row(t))) == truth[t] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(known);
}

inline void expect_probabilities(const truth::Table& posterior) {
  for (std::size_t t = 0; t < posterior.rows; ++t) {
    double sum = 0;
    for (const double p : posterior.row(t)) {
      EXPECT_GE(p, 0) << "task " << t;
      sum += p;
    }
    EXPECT_NEAR(sum, 1, 1e-9) << "task " << t;
  }
}

/// Posteriors and skills equal bit for bit with 1, 2 and 4 threads, on labels enough for several blocks.
inline void expect_same_for_any_thread_count(const Method& method) {
  const SimulatedCrowd crowd{.tasks = 12'000, .annotators = 40, .seed = 7};
  const Simulated made = simulate(crowd);
  const auto labels = matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  const truth::Belief one = believe(method, {labels}, 1);
  for (const std::size_t threads : {2U, 4U}) {
    const truth::Belief many = believe(method, {labels}, threads);
    EXPECT_EQ(one.posterior.values, many.posterior.values) << threads << " threads";
    EXPECT_EQ(one.skill, many.skill) << threads << " threads";
  }
}

/// Renaming tasks, annotators and classes renames the beliefs and changes nothing else.
inline void expect_same_under_renaming(const Method& method, double tolerance = 1e-9) {
  const SimulatedCrowd crowd{.tasks = 150, .annotators = 12, .seed = 3};
  const Simulated made = simulate(crowd);
  Rng rng(11);
  const auto renaming = [&](std::size_t count) {
    std::vector<std::uint32_t> names(count);
    std::iota(names.begin(), names.end(), 0U);
    rng.shuffle(names);
    return names;
  };
  const auto task_name = renaming(crowd.tasks);
  const auto annotator_name = renaming(crowd.annotators);
  const auto class_name = renaming(crowd.classes);
  std::vector<truth::LabelRow> renamed;
  for (const auto& row : made.rows)
    renamed.push_back({task_name[row.task], annotator_name[row.annotator], class_name[row.label]});
  rng.shuffle(renamed);
  const auto before = matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  const auto after = matrix_of(renamed, crowd.tasks, crowd.annotators, crowd.classes);
  const truth::Belief a = believe(method, {before});
  const truth::Belief b = believe(method, {after});
  for (std::size_t t = 0; t < crowd.tasks; ++t)
    for (std::size_t k = 0; k < crowd.classes; ++k)
      ASSERT_NEAR(a.posterior.row(t)[k], b.posterior.row(task_name[t])[class_name[k]], tolerance)
          << "task " << t << " class " << k;
}

/// Gold wins over labels, informs the annotators, and every row stays a probability.
inline void expect_gold_is_clamped(const Method& method) {
  const SimulatedCrowd crowd{.tasks = 60, .annotators = 8, .seed = 5};
  const Simulated made = simulate(crowd);
  const auto labels = matrix_of(made.rows, crowd.tasks + 1, crowd.annotators, crowd.classes);
  std::vector<std::int32_t> gold(crowd.tasks + 1, truth::kNoGold);
  for (std::size_t t = 0; t < 20; ++t)
    gold[t] = (made.truth[t] + 1) % static_cast<std::int32_t>(crowd.classes);
  const truth::Belief belief = believe(method, {labels, gold});
  expect_probabilities(belief.posterior);
  for (std::size_t t = 0; t < 20; ++t)
    EXPECT_EQ(belief.posterior.row(t)[static_cast<std::size_t>(gold[t])], 1.0) << "task " << t;
}

/// With one label per task nothing can be learned: answers stay within .005 of the labels themselves and
/// every class that was given stays.
inline void expect_one_label_per_task_stays_sane(const Method& method) {
  const SimulatedCrowd crowd{.tasks = 2'000, .annotators = 40, .classes = 4, .labels_per_task = 1, .seed = 9};
  const Simulated made = simulate(crowd);
  const auto labels = matrix_of(made.rows, crowd.tasks, crowd.annotators, crowd.classes);
  const truth::Belief belief = believe(method, {labels});
  ThreadPool pool(1);
  const Progress progress;
  const truth::Table shares = truth::vote_shares({labels}, {pool, progress});
  EXPECT_NEAR(accuracy_of(belief.posterior, made.truth), accuracy_of(shares, made.truth), 0.005);
  std::vector<std::size_t> chosen(crowd.classes, 0);
  for (std::size_t t = 0; t < crowd.tasks; ++t) ++chosen[truth::best_class(belief.posterior.row(t))];
  for (std::size_t k = 0; k < crowd.classes; ++k) EXPECT_GT(chosen[k], 0U) << "class " << k << " vanished";
}

inline void expect_never_falls(const std::vector<double>& trace, double slack = 1e-9) {
  ASSERT_GE(trace.size(), 2U);
  for (std::size_t i = 1; i < trace.size(); ++i)
    EXPECT_GE(trace[i], trace[i - 1] - slack * (1 + std::abs(trace[i]))) << "after step " << i + 1;
}

}  // namespace mizan::test
