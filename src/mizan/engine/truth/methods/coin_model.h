// The pass that methods share whose annotators are either right or not, whatever the class: one-coin and
// MACE. A label then speaks only for its own class, by one number: its log-odds. Internal to engine/truth.
#pragma once

#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// Log-parameters; tables of annotators by code = annotator * K + label.
struct CoinLogs {
  std::vector<double> log_prior;  ///< [K]
  std::vector<double> boost;      ///< [W*K] log P(label | it is right) - log P(label | it is wrong)
  std::vector<double> base;       ///< [W*K] log P(label | it is wrong)
};

/// What a pass sums up.
struct CoinCounts {
  std::vector<double> right;    ///< [W*K] expected number of right labels
  std::vector<double> classes;  ///< [K] expected number of tasks
  double log_likelihood = 0;    ///< of labels and gold
};

/// E and M sums in one pass over the labels; writes every posterior (clamped at gold; tasks without labels
/// get the prior). Sums are added in a fixed order.
[[nodiscard]] CoinCounts coin_pass(const Evidence& evidence, const CoinLogs& logs, Table& posterior, Run run);

/// The sums alone, from given posteriors.
[[nodiscard]] CoinCounts coin_counts(const Evidence& evidence, const Table& posterior, Run run);

/// [W*K] how many labels each annotator gave to each class.
[[nodiscard]] std::vector<double> label_counts(const LabelMatrix& labels, Run run);

}  // namespace mizan::truth
