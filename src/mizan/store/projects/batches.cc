#include "mizan/store/projects/batches.h"

namespace mizan::store {
namespace {

#define MIZAN_SELECT_BATCHES                                                                        \
  "SELECT project_id, batch_id, name, kind, state, supplier_id, priority, created_at_us, version, " \
  "settled_version FROM "                                                                           \
  "batches "

constexpr Query kInsertBatch{
    "insert_batch",
    "INSERT INTO batches (project_id, batch_id, name, kind, state, supplier_id, priority, "
    "created_at_us, version, settled_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT DO NOTHING"};
constexpr Query kFindBatch{"find_batch", MIZAN_SELECT_BATCHES "WHERE project_id = $1 AND batch_id = $2"};
constexpr Query kHoldBatch{"hold_batch", MIZAN_SELECT_BATCHES "WHERE project_id = $1 AND batch_id = $2",
                           MIZAN_SELECT_BATCHES "WHERE project_id = $1 AND batch_id = $2 FOR UPDATE"};
constexpr Query kFindBatchByName{"find_batch_by_name",
                                 MIZAN_SELECT_BATCHES "WHERE project_id = $1 AND name = $2"};
constexpr Query kBatchesOfProject{"batches_of_project", MIZAN_SELECT_BATCHES
                                  "WHERE project_id = $1 AND batch_id > $2 ORDER BY batch_id LIMIT $3"};
#undef MIZAN_SELECT_BATCHES

constexpr Query kUpdateBatch{"update_batch",
                             "UPDATE batches SET name = $4, state = $5, supplier_id = $6, priority = $7, "
                             "version = $3 + 1 WHERE project_id = $1 AND batch_id = $2 AND version = $3"};
constexpr Query kNoteSettled{
    "note_settled",
    "UPDATE batches SET settled_version = $3 WHERE project_id = $1 AND batch_id = $2 "
    "AND settled_version < $3"};
constexpr Query kUnsettledBatches{"unsettled_batches",
                                  "SELECT project_id, batch_id FROM batches WHERE settled_version < version "
                                  "ORDER BY project_id, batch_id LIMIT $1"};

BatchRow read_batch(const Row& row) {
  return {.project_id = row.id<domain::ProjectId>(0),
          .batch_id = row.id<domain::BatchId>(1),
          .name = row.string(2),
          .kind = row.string(3),
          .state = row.string(4),
          .supplier_id = row.maybe_id<domain::SupplierId>(5),
          .priority = row.integer(6),
          .created_at = row.instant(7),
          .version = row.integer(8),
          .settled_version = row.integer(9)};
}

}  // namespace

Result<bool> insert_batch(Transaction& tx, const BatchRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kInsertBatch, row.project_id, row.batch_id, row.name, row.kind, row.state,
                       row.supplier_id, row.priority, row.created_at, row.version, row.settled_version));
  if (count == 1) return true;
  MIZAN_TRY(const auto found, find_batch_by_name(tx, row.project_id, row.name));
  return found && found->batch_id == row.batch_id;
}

Result<std::optional<BatchRow>> find_batch(Transaction& tx, const BatchKey& key) {
  return tx.maybe_row(kFindBatch, read_batch, key.project_id, key.batch_id);
}

Result<std::optional<BatchRow>> hold_batch(Transaction& tx, const BatchKey& key) {
  return tx.maybe_row(kHoldBatch, read_batch, key.project_id, key.batch_id);
}

Result<std::optional<BatchRow>> find_batch_by_name(Transaction& tx, domain::ProjectId project_id,
                                                   std::string_view name) {
  return tx.maybe_row(kFindBatchByName, read_batch, project_id, name);
}

Result<std::vector<BatchRow>> batches_of_project(Transaction& tx, const BatchPage& page) {
  return tx.rows(kBatchesOfProject, read_batch, page.project_id, page.after, page.limit);
}

Result<bool> update_batch(Transaction& tx, const BatchRow& row) {
  MIZAN_TRY(const auto count, tx.execute(kUpdateBatch, row.project_id, row.batch_id, row.version, row.name,
                                         row.state, row.supplier_id, row.priority));
  return count == 1;
}

Result<void> note_settled(Transaction& tx, const BatchKey& key, std::int64_t version) {
  return tx.queue(kNoteSettled, key.project_id, key.batch_id, version);
}

Result<std::vector<BatchKey>> unsettled_batches(Transaction& tx, std::int64_t limit) {
  return tx.rows(
      kUnsettledBatches,
      [](const Row& row) {
        return BatchKey{.project_id = row.id<domain::ProjectId>(0), .batch_id = row.id<domain::BatchId>(1)};
      },
      limit);
}

}  // namespace mizan::store
