// What every truth method takes and gives: the common words of this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/progress.h"
#include "mizan/base/result.h"
#include "mizan/engine/truth/label_matrix.h"

namespace mizan::truth {

/// A task whose right answer is not known.
inline constexpr std::int32_t kNoGold = -1;

/// Where and how a method runs. The result never depends on the pool's size.
struct Run {
  ThreadPool& pool;
  const Progress& progress;
};

/// The evidence: labels, and the right answer of some tasks. Gold tasks are clamped: their posterior is 1 at
/// the answer.
struct Evidence {
  const LabelMatrix& labels;
  std::span<const std::int32_t> gold{};  ///< [task_count] class or kNoGold; empty = no gold at all

  [[nodiscard]] std::int32_t gold_of(TaskIndex task) const { return gold.empty() ? kNoGold : gold[task]; }
};

/// A dense row-major matrix of doubles.
struct Table {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Table() = default;
  Table(std::size_t row_count, std::size_t column_count, double fill = 0)
      : rows(row_count), columns(column_count), values(row_count * column_count, fill) {}
  [[nodiscard]] std::span<double> row(std::size_t r) { return {values.data() + r * columns, columns}; }
  [[nodiscard]] std::span<const double> row(std::size_t r) const {
    return {values.data() + r * columns, columns};
  }
};

/// What a method believes.
struct Belief {
  Table posterior;  ///< [I,K] P(right answer); rows sum to 1 +- 1e-9; a task without labels gets class_prior
  std::vector<double> class_prior;  ///< [K] sums to 1
  std::vector<double>
      skill;  ///< [W] the method's own ability, in its own unit (each header says which); may be empty
  std::vector<double>
      confusion;  ///< [W,K,K] P(label | right answer), row = right answer; empty where the method has none
  double objective = 0;  ///< what the method climbs (log-likelihood, free energy …), nats; 0 where none
  std::vector<double> objective_trace;  ///< its value after each iteration, where the method has one
  int iterations = 0;
  bool converged = true;  ///< a method that ran out of iterations says false: a flag, not an error
};

/// [I,K] vote shares: the start of most methods. Gold rows are clamped; a task without labels gets equal
/// shares.
[[nodiscard]] Table vote_shares(const Evidence& evidence, Run run);

/// The class with the highest posterior; of equal ones (within 1e-12) the first.
[[nodiscard]] ClassIndex best_class(std::span<const double> posterior_row);

/// A number of blocks for parallel sums that depends on the problem alone: enough for many threads, few
/// enough that `sum_size` numbers a block stay cheap beside the labels.
[[nodiscard]] std::size_t block_count(std::size_t label_count, std::size_t sum_size);

}  // namespace mizan::truth
