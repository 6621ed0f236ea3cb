// Vote shares in which each annotator has a weight, and how often annotators agree with given answers: the
// two steps of Wawa and zero-based skill. Internal to engine/truth.
#pragma once

#include <span>
#include <vector>

#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

/// [I,K] shares of the weights of the labels. Gold is clamped; a task whose weights sum to 0 keeps its plain
/// vote shares; a task without labels gets the mean share of the others.
/// @in weight [W] finite and not negative
[[nodiscard]] Table weighted_shares(const Evidence& evidence, std::span<const double> weight, Run run);

/// [I] the class with the largest share of each task.
[[nodiscard]] std::vector<ClassIndex> best_classes(const Table& posterior, Run run);

/// [W] the share of an annotator's labels that equal the answers; 0 for one without labels.
[[nodiscard]] std::vector<double> agreement_with(const Evidence& evidence,
                                                 std::span<const ClassIndex> answers, Run run);

/// [K] mean posterior over the tasks that take part; equal shares if none does.
[[nodiscard]] std::vector<double> mean_posterior(const Evidence& evidence, const Table& posterior, Run run);

/// Gives every task without labels and gold the class prior.
void fill_unlabelled(const Evidence& evidence, std::span<const double> class_prior, Table& posterior);

}  // namespace mizan::truth
