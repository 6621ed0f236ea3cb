// CROWDLAB: labels and a model's probabilities, averaged with weights that each has earned. No iterations.
//
// Worth its place where tasks have one or two labels and a model has been trained on them; its probabilities
// must be out-of-fold (of a model that has not seen the task's labels). Pure; thread-safe; the same result
// for any number of threads.
#pragma once

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct CrowdlabOptions {
  const Table* model_probability = nullptr;  ///< [I,K] rows sum to 1; must outlive the call
};

struct CrowdlabModel {
  Belief belief;            ///< `skill` is the annotator's weight
  double model_weight = 0;  ///< of the model, in the same unit
  double agreement = 0;     ///< P: how often a label is the consensus of its task
};

/// A task without labels gets the model's probabilities, not the class prior. The consensus of a task is what
/// most labels say, of equals what the model thinks likelier; gold wins. Where no task has two labels the
/// model stands in for the other annotators.
/// @errors invalid_argument: no model, of the wrong shape, or rows that are no probabilities; cancelled
/// @cost   O(labels * K + sum over tasks of labels^2) time, O(I*K) memory
/// @source Goh, Tkachenko & Mueller 2022, "CROWDLAB", arXiv:2210.06812; differs in: gold, no task with two
/// labels
[[nodiscard]] Result<CrowdlabModel> fit_crowdlab(const Evidence& evidence, const CrowdlabOptions& options,
                                                 Run run);

/// The belief of `fit_crowdlab` alone.
[[nodiscard]] Result<Belief> crowdlab(const Evidence& evidence, const CrowdlabOptions& options, Run run);

}  // namespace mizan::truth
