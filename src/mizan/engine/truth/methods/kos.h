// KOS: iterative message passing between tasks and annotators, for questions with two classes.
//
// Made for random sparse designs with one kind of annotator; a voice in a comparison rather than a default.
// Pure; thread-safe; the same result for any number of threads.
#pragma once

#include <cstdint>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct KosOptions {
  int max_steps = 100;
  double tolerance = 1e-6;  ///< settled when no message, scaled to mean square 1, moves more than this
  std::uint64_t seed = 1;   ///< of the first messages, drawn from a normal distribution of mean 1, variance 1
};

/// `posterior` is the share of the annotators' weights behind each class (a negative weight speaks for the
/// other class): its side is the method's answer, its size is no calibrated probability. `skill` is the
/// annotator's weight. Messages are scaled to mean square 1 after every step, so that they cannot overflow;
/// the answers do not depend on the scale. The sign that both answers leave open is the one in which labels
/// have positive weight.
/// @errors invalid_argument: more than two classes; cancelled
/// @cost   O(steps * labels) time, O(labels) memory
/// @source Karger, Oh & Shah 2011, arXiv:1110.3564; differs in: scaling, gold (a message of its own sign,
///         of average size), plain votes where annotators share no task
[[nodiscard]] Result<Belief> kos(const Evidence& evidence, const KosOptions& options, Run run);

}  // namespace mizan::truth
