// Pairs of annotators whose answers agree more than their skills and the tasks explain: a hint of copied
// work.
//
// On each shared task the chance that two independent annotators give the same answer follows from what the
// task probably is and from both confusion matrices. Hard tasks make all annotators err alike, so the scores
// of honest pairs are wider than theory says; they are therefore measured against the middle of all pairs (an
// empirical null) before any pair is flagged, and the share of false flags is held by Benjamini-Hochberg.
#pragma once

#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::integrity {

struct CopiedPair {
  truth::AnnotatorIndex first;
  truth::AnnotatorIndex second;
  std::size_t shared_task_count;
  double agreement;           ///< share of shared tasks with the same answer
  double expected_agreement;  ///< what two independent annotators of their skill would have
  double z;                   ///< after the empirical null
  double p_value;
  double q_value;
};

struct CopiedWorkOptions {
  std::size_t least_shared_tasks = 15;
  double false_discovery_rate = 0.01;
  double confusion_strength = 10;              ///< labels that the pooled confusion counts for
  std::size_t most_confusion_cells = 1 << 26;  ///< above it the check is not run
};

struct CopiedWork {
  std::vector<CopiedPair> pairs;  ///< flagged only, strongest first
  std::size_t compared_pair_count = 0;
  bool was_run = true;
};

/// @in     posterior [I,K] calibrated
/// @cost   O(sum over tasks of labels²) + O(compared pairs · shared tasks · K), parallel; deterministic
/// @source idea of expected agreement: methods of collusion detection; empirical null: Efron 2004,
///         doi:10.1198/016214504000000089
[[nodiscard]] CopiedWork copied_work(const truth::LabelMatrix& labels, const truth::Table& posterior,
                                     const CopiedWorkOptions& options, truth::Run run);

}  // namespace mizan::integrity
