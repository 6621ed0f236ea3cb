// A learned model becomes a published version: skills first, in small transactions, then the row that makes
// them visible, then this node's own cache. Versions that no consensus row was made by are deleted.
#pragma once

#include <vector>

#include "mizan/app/inference/project_learner.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"

namespace mizan::app {

/// @errors conflict: another node has published meanwhile: this one's turn is over
[[nodiscard]] Result<void> publish_models(Service& service,
                                          const std::vector<ProjectLearner::Learned>& learned);

/// Deletes old versions of a question that nothing stands on, but for the newest few.
[[nodiscard]] Result<void> prune_models(Service& service, const store::QuestionKey& key);

}  // namespace mizan::app
