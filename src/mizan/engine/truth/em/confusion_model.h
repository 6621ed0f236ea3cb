// The passes that all methods with a confusion matrix per annotator share: posteriors from log
// probabilities (E), expected counts from posteriors (M). Internal to engine/truth.
//
// Tables of annotators are kept by code: row annotator * K + label, one column per right answer. A label is
// then one contiguous row of K numbers, whatever the number of classes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// Log-parameters of a model of confusion matrices.
struct LogConfusion {
  std::vector<double> log_prior;  ///< [K]
  Table log_rows;                 ///< [W*K, K] log P(label | right answer), -inf allowed
};

/// Expected counts under posteriors.
struct ExpectedCounts {
  std::vector<double> classes;  ///< [K] over tasks that take part
  Table rows;                   ///< [W*K, K]
};

/// Does a task say anything? Tasks with neither labels nor gold take no part in a fit.
[[nodiscard]] inline bool takes_part(const Evidence& evidence, TaskIndex task) {
  return evidence.labels.label_count_of_task(task) > 0 || evidence.gold_of(task) != kNoGold;
}

/// Turns log weights into probabilities in place and returns the log of their sum; equal shares if all are
/// -inf.
double normalise_logs(std::span<double> row);

/// E: writes every posterior and returns the log-likelihood of labels and gold, summed in a fixed order.
/// Gold tasks are clamped; a task without labels gets the class prior.
double fill_posteriors(const Evidence& evidence, const LogConfusion& model, Table& posterior, Run run);

/// The sums that an M step needs, added in a fixed order.
[[nodiscard]] ExpectedCounts expected_counts(const Evidence& evidence, const Table& posterior, Run run);

/// Sets the rows of gold tasks to 1 at the answer.
void clamp_gold(const Evidence& evidence, Table& posterior);

/// Vote shares, or `start` with gold clamped.
[[nodiscard]] Table starting_posteriors(const Evidence& evidence, const Table* start, Run run);

/// The share of each class in the counts, with `pseudo_count` added to each; equal shares if nothing counts.
[[nodiscard]] std::vector<double> class_shares(std::span<const double> counts, double pseudo_count);

/// [W,K,K] (right answer, label) probabilities from rows by code holding logs.
[[nodiscard]] std::vector<double> confusion_of(const LogConfusion& model);

/// [W] mean accuracy under a class prior from [W,K,K] confusion.
[[nodiscard]] std::vector<double> mean_accuracy(std::span<const double> confusion,
                                                std::span<const double> class_prior);

/// The `cancelled` error when the caller asked to stop; reports progress otherwise.
Result<void> check_step(Run run, std::string_view stage, int step, int steps);

/// True when a step from `before` to `after` gained less than `tolerance` of the size of the objective.
[[nodiscard]] bool has_settled(double before, double after, double tolerance);

}  // namespace mizan::truth
