// Labels that are probably wrong.
#pragma once

#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::integrity {

struct LikelyError {
  truth::TaskIndex task;
  truth::AnnotatorIndex annotator;
  truth::ClassIndex label;
  truth::ClassIndex consensus;
  double probability_wrong;  ///< 1 - calibrated P(the label is the right answer)
};

struct LikelyErrors {
  std::vector<LikelyError> top;      ///< most certain first; ties by task, then annotator
  std::size_t count = 0;             ///< labels with probability_wrong >= threshold
  double expected_wrong_labels = 0;  ///< sum of probability_wrong over all labels
};

struct LikelyErrorOptions {
  double threshold = 0.9;
  std::size_t top_count = 200;
};

/// @in     posterior [I,K] calibrated
/// @cost   O(labels), O(top_count) memory; deterministic
[[nodiscard]] LikelyErrors likely_errors(const truth::LabelMatrix& labels, const truth::Table& posterior,
                                         const LikelyErrorOptions& options);

}  // namespace mizan::integrity
