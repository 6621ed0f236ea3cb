// Reading what is believed: lists of consensus, one task's with how it came about, and how good a project is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/models/live_models.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {

struct ListConsensus {
  domain::ProjectId project;
  store::ConsensusFilter filter{};
  store::ConsensusPage page{};
};
struct ConsensusList {
  std::vector<store::ListedConsensus> rows;
  std::shared_ptr<const ProjectClasses> classes;
};
/// By task, then question.
[[nodiscard]] Result<ConsensusList> list_consensus(Service& service, const Caller& caller,
                                                   const ListConsensus& query);

/// What was believed once a label was there, by the model that made the consensus.
struct BeliefMove {
  store::TaskLabel label;
  QuestionBelief belief;
};
struct TaskConsensus {
  std::vector<store::ConsensusRow> rows;
  std::vector<std::vector<BeliefMove>> moves;  ///< for each row, in the order of the annotations
  std::shared_ptr<const ProjectClasses> classes;
};
/// @errors not_found: no such task in the project
[[nodiscard]] Result<TaskConsensus> read_task_consensus(Service& service, const Caller& caller,
                                                        const store::TaskKey& task);

/// How good the consensus of a question is now.
struct QuestionQuality {
  store::ConsensusSummary summary;
  double accuracy = 0;  ///< expected share of tasks whose consensus is right
  double accuracy_low = 0;
  double accuracy_high = 1;
  std::int64_t model_version = 0;
  double error_correlation = 0;
};
[[nodiscard]] Result<std::vector<QuestionQuality>> read_quality(Service& service, const Caller& caller,
                                                                domain::ProjectId project);

}  // namespace mizan::app
