#include "mizan/app/projects/batch_change.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/checks.h"
#include "mizan/store/projects/batch_tasks.h"
#include "mizan/store/work/lanes.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr std::int64_t kStretch = 2000;  // tasks in one transaction: some milliseconds

// Settles the tasks after one of them. Whatever step was taken meanwhile, every stretch follows the state
// that the batch has now; the last step walks over all of them after its own commit. Out: the last task of
// the stretch; none = that was all.
Result<domain::TaskId> settle_next(store::Transaction& tx, const Batch& batch, domain::TaskId after) {
  const BatchKey key{.project_id = batch.project_id, .batch_id = batch.batch_id};
  MIZAN_TRY(const auto stretch, store::next_stretch(tx, key, after, kStretch));
  if (!stretch) {
    MIZAN_CHECK_OK(store::note_settled(tx, key, batch.version));
    return domain::TaskId{};
  }
  MIZAN_CHECK_OK(settle_tasks(tx, batch, *stretch));
  return stretch->until;
}

}  // namespace

Result<void> settle_tasks(store::Transaction& tx, const Batch& batch, const store::TaskStretch& stretch) {
  MIZAN_TRY(const auto state, rules::kBatchStates.parse(batch.state));
  MIZAN_CHECK_OK(store::move_to_lanes(tx, stretch, batch));
  if (rules::gives_leases(state)) {
    MIZAN_CHECK_OK(store::free_tasks(tx, stretch));
    // They are where annotators have looked before.
    return store::forget_all_cursors(tx, batch.project_id);
  }
  if (state == rules::BatchState::cancelled) MIZAN_CHECK_OK(store::cancel_unstarted_tasks(tx, stretch));
  return store::hold_tasks(tx, stretch);
}

bool shows(const rules::Grant& grant, const Batch& batch) {
  return !batch.supplier_id || grant.covers(*batch.supplier_id);
}

Result<Batch> hold_shown_batch(store::Transaction& tx, const rules::Grant& grant, const BatchKey& key) {
  MIZAN_TRY(auto found, store::hold_batch(tx, key));
  if (!found || !shows(grant, *found)) return no_such("batch", to_text(key.batch_id));
  return *std::move(found);
}

std::string batch_body(const Batch& batch) {
  json::object body{{"project_id", to_text(batch.project_id)},
                    {"batch_id", to_text(batch.batch_id)},
                    {"name", batch.name},
                    {"kind", batch.kind},
                    {"state", batch.state},
                    {"priority", batch.priority},
                    {"version", batch.version}};
  body["supplier_id"] = nullptr;
  if (batch.supplier_id) body["supplier_id"] = to_text(*batch.supplier_id);
  return json::serialize(body);
}

Result<Batch> save_batch(store::Transaction& tx, const ChangeMaker& maker, Batch batch,
                         std::string_view kind) {
  MIZAN_TRY(const bool is_saved, store::update_batch(tx, batch));
  if (!is_saved) return changed_meanwhile("batch", batch.version);
  ++batch.version;
  MIZAN_TRY(const auto last, settle_next(tx, batch, {}));
  if (last.value != 0) MIZAN_CHECK_OK(settle_next(tx, batch, last));
  MIZAN_CHECK_OK(note_change(tx, maker,
                             {.project_id = batch.project_id,
                              .kind = kind,
                              .subject = to_text(batch.batch_id),
                              .body = batch_body(batch)}));
  return batch;
}

Result<void> settle_batch(Service& service, const BatchKey& key) {
  domain::TaskId after{};
  do {
    MIZAN_TRY(after, service.database().write([&](store::Transaction& tx) -> Result<domain::TaskId> {
      MIZAN_TRY(const auto batch, store::hold_batch(tx, key));
      if (!batch || batch->settled_version == batch->version) return domain::TaskId{};
      return settle_next(tx, *batch, after);
    }));
  } while (after.value != 0);
  return {};
}

Result<std::int64_t> settle_batches(Service& service) {
  std::int64_t count = 0;
  while (true) {
    MIZAN_TRY(const auto keys, service.database().read(
                                   [](store::Transaction& tx) { return store::unsettled_batches(tx, 100); }));
    for (const BatchKey& key : keys) MIZAN_CHECK_OK(settle_batch(service, key));
    count += std::ssize(keys);
    if (keys.empty()) return count;
  }
}

}  // namespace mizan::app
