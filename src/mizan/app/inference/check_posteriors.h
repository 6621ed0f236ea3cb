// Proof that stored posteriors are what they claim: every consensus row computed again from the labels and
// the model version that it names. Used by `mizan doctor`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct PosteriorCheck {
  std::int64_t row_count = 0;
  std::int64_t breach_count = 0;
};
/// Told of each row that is not reproduced: "tsk_… 'safe': …".
using BreachSink = std::function<void(const std::string& breach)>;

/// Each row of a project on one snapshot: posterior, raw posterior and confidence to 1e-9, class, label
/// count; gold rows against the gold answers. A task whose labels changed while its consensus did not is a
/// breach.
/// @cost O(labels), in bounded memory but for the models in use
[[nodiscard]] Result<PosteriorCheck> check_posteriors(store::Transaction& tx, domain::ProjectId project,
                                                      const BreachSink& sink);

/// What a live model of the project's labels settles into, against the batch fit of the same labels
/// (truth::fit_ibcc) to 1e-6: every probability of every task. Projects of more than `most_labels` are
/// skipped (row_count 0).
[[nodiscard]] Result<PosteriorCheck> check_against_batch(store::Transaction& tx, domain::ProjectId project,
                                                         std::int64_t most_labels, const BreachSink& sink);

}  // namespace mizan::app
