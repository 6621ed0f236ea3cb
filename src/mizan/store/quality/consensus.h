// Consensus: what is believed of each question of a task, by which model, on how many labels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/quality/question_models.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

// Of every submit: plan tests hold them to their indexes.
inline constexpr Query kDeleteEmptyConsensus{
    "delete_empty_consensus",
    "DELETE FROM consensus WHERE project_id = $1 AND task_id = $2 AND basis = 'labels' "
    "AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.project_id = consensus.project_id "
    "AND l.task_id = consensus.task_id AND l.question = consensus.question)"};
inline constexpr Query kRecountSettledConsensus{
    "recount_settled_consensus",
    "UPDATE consensus SET label_count = (SELECT COUNT(*) FROM labels l "
    "WHERE l.project_id = consensus.project_id AND l.task_id = consensus.task_id "
    "AND l.question = consensus.question) WHERE project_id = $1 AND task_id = $2 AND basis <> 'labels'"};
inline constexpr Query kConsensusOfTask{
    "consensus_of_task",
    "SELECT task_id, question, class_code, confidence, posterior, raw_posterior, top_share, label_count, "
    "basis, model_version, updated_at_us FROM consensus WHERE project_id = $1 AND task_id = $2 "
    "ORDER BY question"};

struct ConsensusRow {
  domain::TaskId task;
  std::string question;
  std::int64_t class_code = 0;
  double confidence = 0;                ///< of that class, calibrated
  std::vector<double> posterior{};      ///< [K] calibrated
  std::vector<double> raw_posterior{};  ///< [K] as the model has it
  double top_share = 1;                 ///< share of the most frequent answer among the labels
  std::int64_t label_count = 0;
  std::string basis = "labels";  ///< labels | gold | review
  std::int64_t model_version = 0;
  Instant updated_at{};
};

/// Writes the row over the one there was.
/// What a reviewer said stays, whatever labels say.
[[nodiscard]] Result<void> put_consensus(Transaction& tx, domain::ProjectId project, const ConsensusRow& row);

/// Deletes the rows of questions whose labels were all taken back; gold needs none.
[[nodiscard]] Result<void> delete_empty_consensus(Transaction& tx, const TaskKey& key);
/// A gold task got a label or lost one: its row counts them, and says what it said.
[[nodiscard]] Result<void> recount_settled_consensus(Transaction& tx, const TaskKey& key);

/// By question.
/// The task is no longer gold: what was known by that is not known any more.
[[nodiscard]] Result<void> delete_gold_consensus(Transaction& tx, const TaskKey& key);
[[nodiscard]] Result<std::vector<ConsensusRow>> consensus_of_task(Transaction& tx, const TaskKey& key);

/// Which rows a list shows; empty members let everything through.
struct ConsensusFilter {
  std::string question{};
  std::string state{};  ///< of the task
  double confidence_from = 0;
  double confidence_below = 2;
  double top_share_below = 2;  ///< how far the labels agree: low = they disagree
};

struct ListedConsensus {
  ConsensusRow row;
  std::string external_id;
  std::string state;  ///< of the task
};
struct ConsensusPage {
  domain::TaskId after_task{};
  std::string after_question{};
  std::int64_t limit = 100;
};
/// By task, then question.
[[nodiscard]] Result<std::vector<ListedConsensus>> list_consensus(Transaction& tx, domain::ProjectId project,
                                                                  const ConsensusFilter& filter,
                                                                  const ConsensusPage& page);

/// The next rows after a task and question, in that order.
[[nodiscard]] Result<std::vector<ConsensusRow>> consensus_after(Transaction& tx, domain::ProjectId project,
                                                                const ConsensusPage& page);

/// How sure a project is, at a glance.
/// Without gold, whose answers are known.
struct ConsensusSummary {
  std::string question;
  std::int64_t task_count = 0;
  std::int64_t label_count = 0;
  double mean_confidence = 0;
  double mean_top_share = 0;
  double doubt = 0;  ///< sum of confidence * (1 - confidence): the variance of how many are right
};
[[nodiscard]] Result<std::vector<ConsensusSummary>> summarise_consensus(Transaction& tx,
                                                                        domain::ProjectId project);

}  // namespace mizan::store
