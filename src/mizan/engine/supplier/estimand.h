// What is estimated, as a ratio of sums over tasks that depends on the unknown right answers: the accuracy of
// a supplier, or the difference of two on the tasks that both labelled. One form, one variance, for all of
// them.
//
//   R = sum_i w_i(t_i) / sum_i n_i      t_i = the right answer of task i
//   supplier s:   w_i(k) = its labels of task i that say k,  n_i = its labels of task i
//   pair a - b:   w_i(k) = share of a's labels that say k minus share of b's,  n_i = 1, tasks of both alone
//
// The task is the unit of sampling: the labels of a task share its difficulty, so they are never counted as
// independent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/engine/supplier/skill_sampler.h"

namespace mizan::supplier {

/// Where an estimand has a task: slot t has weights[t*K .. t*K+K) and size[t].
struct Estimand {
  std::vector<truth::TaskIndex> tasks{};
  std::vector<float> weights{};
  std::vector<float> size{};
  double total_size = 0;
};

/// One for each supplier, in the order of the suppliers.
[[nodiscard]] std::vector<Estimand> supplier_estimands(const SampledLabels& labels);

/// The difference of two suppliers on the tasks that both labelled (perhaps none).
[[nodiscard]] Estimand pair_estimand(const Estimand& a, const Estimand& b, std::size_t class_count);

/// Sums over draws of the truth, for one estimand. Sums of different chains add up.
struct EstimandSums {
  std::vector<double> expected{};      ///< [slot] sum over draws of E w_i(t_i) given the draw
  std::vector<double> hidden{};        ///< [slot] the same with the task's own gold hidden; gold slots alone
  std::vector<double> hidden_draws{};  ///< [slot] over how many draws
  std::vector<double> ratio{};         ///< [draw] R of each draw
  double variance = 0;                 ///< sum over draws and tasks of Var w_i(t_i)
  double square = 0;                   ///< sum over draws and tasks of E w_i(t_i)²
};

}  // namespace mizan::supplier
