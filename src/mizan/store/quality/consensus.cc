#include "mizan/store/quality/consensus.h"

#include "mizan/store/quality/doubles.h"

namespace mizan::store {
namespace {

constexpr Query kPutConsensus{
    "put_consensus",
    "INSERT INTO consensus (project_id, task_id, question, class_code, confidence, posterior, "
    "raw_posterior, top_share, label_count, basis, model_version, updated_at_us) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "ON CONFLICT (project_id, task_id, question) DO UPDATE SET class_code = excluded.class_code, "
    "confidence = excluded.confidence, posterior = excluded.posterior, "
    "raw_posterior = excluded.raw_posterior, top_share = excluded.top_share, "
    "label_count = excluded.label_count, basis = excluded.basis, model_version = excluded.model_version, "
    "updated_at_us = excluded.updated_at_us "
    "WHERE consensus.basis <> 'review' OR excluded.basis <> 'labels'"};

constexpr Query kDeleteGoldConsensus{
    "delete_gold_consensus",
    "DELETE FROM consensus WHERE project_id = $1 AND task_id = $2 AND basis = 'gold'"};

constexpr Query kListConsensus{
    "list_consensus",
    "SELECT c.task_id, c.question, c.class_code, c.confidence, c.posterior, c.raw_posterior, c.top_share, "
    "c.label_count, c.basis, c.model_version, c.updated_at_us, t.external_id, s.state FROM consensus c "
    "JOIN tasks t ON t.project_id = c.project_id AND t.task_id = c.task_id "
    "JOIN task_states s ON s.project_id = c.project_id AND s.task_id = c.task_id "
    "WHERE c.project_id = $1 AND (c.task_id, c.question) > ($2, $3) AND t.task_id >= $2 AND s.task_id >= $2 "
    "AND ($4 = '' OR c.question = $4) AND ($5 = '' OR s.state = $5) "
    "AND c.confidence >= $6 AND c.confidence < $7 AND c.top_share < $8 "
    "ORDER BY c.task_id, c.question LIMIT $9"};

constexpr Query kConsensusAfter{
    "consensus_after",
    "SELECT task_id, question, class_code, confidence, posterior, raw_posterior, top_share, label_count, "
    "basis, model_version, updated_at_us FROM consensus "
    "WHERE project_id = $1 AND (task_id, question) > ($2, $3) ORDER BY task_id, question LIMIT $4"};

constexpr Query kSummariseConsensus{
    "summarise_consensus",
    "SELECT question, COUNT(*), CAST(SUM(label_count) AS BIGINT), AVG(confidence), AVG(top_share), "
    "SUM(confidence * (1 - confidence)) FROM consensus "
    "WHERE project_id = $1 AND basis <> 'gold' GROUP BY question ORDER BY question"};

ConsensusRow consensus_from(const Row& row) {
  ConsensusRow found;
  found.task = row.id<domain::TaskId>(0);
  found.question = row.string(1);
  found.class_code = row.integer(2);
  found.confidence = row.real(3);
  found.posterior = doubles_of(row.blob(4));
  found.raw_posterior = doubles_of(row.blob(5));
  found.top_share = row.real(6);
  found.label_count = row.integer(7);
  found.basis = row.string(8);
  found.model_version = row.integer(9);
  found.updated_at = row.instant(10);
  return found;
}

}  // namespace

Result<void> put_consensus(Transaction& tx, domain::ProjectId project, const ConsensusRow& row) {
  return tx.queue(kPutConsensus, project, row.task, row.question, row.class_code, row.confidence,
                  to_blob(row.posterior), to_blob(row.raw_posterior), row.top_share, row.label_count,
                  row.basis, row.model_version, row.updated_at);
}

Result<void> delete_empty_consensus(Transaction& tx, const TaskKey& key) {
  return tx.queue(kDeleteEmptyConsensus, key.project, key.task);
}

Result<void> recount_settled_consensus(Transaction& tx, const TaskKey& key) {
  return tx.queue(kRecountSettledConsensus, key.project, key.task);
}

Result<void> delete_gold_consensus(Transaction& tx, const TaskKey& key) {
  return tx.queue(kDeleteGoldConsensus, key.project, key.task);
}

Result<std::vector<ConsensusRow>> consensus_of_task(Transaction& tx, const TaskKey& key) {
  return tx.rows(kConsensusOfTask, consensus_from, key.project, key.task);
}

Result<std::vector<ListedConsensus>> list_consensus(Transaction& tx, domain::ProjectId project,
                                                    const ConsensusFilter& filter,
                                                    const ConsensusPage& page) {
  return tx.rows(
      kListConsensus,
      [](const Row& row) {
        return ListedConsensus{consensus_from(row), row.string(11), row.string(12)};
      },
      project, page.after_task, page.after_question, filter.question, filter.state, filter.confidence_from,
      filter.confidence_below, filter.top_share_below, page.limit);
}

Result<std::vector<ConsensusRow>> consensus_after(Transaction& tx, domain::ProjectId project,
                                                  const ConsensusPage& page) {
  return tx.rows(kConsensusAfter, consensus_from, project, page.after_task, page.after_question, page.limit);
}

Result<std::vector<ConsensusSummary>> summarise_consensus(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kSummariseConsensus,
      [](const Row& row) {
        return ConsensusSummary{row.string(0), row.integer(1), row.integer(2),
                                row.real(3),   row.real(4),    row.real(5)};
      },
      project);
}

}  // namespace mizan::store
