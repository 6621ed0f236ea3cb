// Putting tasks into a batch: put_tasks_into_batch of batches.h.
#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/projects/batch_change.h"
#include "mizan/app/projects/batches.h"
#include "mizan/store/projects/batch_tasks.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMaxTasksAtOnce = 10'000;
constexpr std::int64_t kMaxUnbatched = 100'000'000;
constexpr std::int64_t kStretch = 2000;

Result<Batch> hold_open_batch(store::Transaction& tx, const rules::Grant& grant, const BatchKey& key) {
  MIZAN_TRY(Batch batch, hold_shown_batch(tx, grant, key));
  MIZAN_TRY(const auto state, rules::kBatchStates.parse(batch.state));
  if (rules::takes_tasks(state)) return batch;
  return fail(ErrorCode::illegal_transition, "a batch that is " + batch.state + " takes no more tasks");
}

// Puts the next stretch of the unbatched tasks. Out: the last of them; none = there are no more.
struct Put {
  domain::TaskId last{};
  std::int64_t count = 0;
};
Result<Put> put_stretch(store::Transaction& tx, const Batch& batch, domain::TaskId after,
                        std::int64_t limit) {
  const BatchKey key{.project_id = batch.project_id, .batch_id = batch.batch_id};
  MIZAN_TRY(const auto stretch, store::next_unbatched(tx, key, after, limit));
  if (!stretch) return Put{};
  MIZAN_TRY(const auto count, store::put_unbatched(tx, *stretch));
  MIZAN_CHECK_OK(settle_tasks(tx, batch, *stretch));
  return Put{.last = stretch->until, .count = count};
}

Result<std::int64_t> put_unbatched(Service& service, const rules::Grant& grant, const PutTasks& command) {
  Put put;
  std::int64_t count = 0;
  do {
    const std::int64_t limit = std::min(kStretch, command.unbatched_limit - count);
    const domain::TaskId after = put.last;
    MIZAN_TRY(put, service.database().write([&](store::Transaction& tx) -> Result<Put> {
      MIZAN_TRY(const Batch batch, hold_open_batch(tx, grant, command.key));
      return put_stretch(tx, batch, after, limit);
    }));
    count += put.count;
  } while (put.last.value != 0 && count < command.unbatched_limit);
  return count;
}

Result<std::int64_t> put_named(Service& service, const rules::Grant& grant, const PutTasks& command) {
  const auto [first, last] = std::minmax_element(command.tasks.begin(), command.tasks.end());
  const store::TaskStretch stretch{
      .batch = command.key, .after = domain::TaskId{first->value - 1}, .until = *last};
  return service.database().write([&](store::Transaction& tx) -> Result<std::int64_t> {
    MIZAN_TRY(const Batch batch, hold_open_batch(tx, grant, command.key));
    MIZAN_TRY(const auto count, store::put_tasks(tx, command.key, command.tasks));
    MIZAN_CHECK_OK(settle_tasks(tx, batch, stretch));
    return count;
  });
}

Result<void> check(const PutTasks& command) {
  if (command.tasks.empty() == (command.unbatched_limit == 0)) {
    return fail(ErrorCode::invalid_argument, "either name the tasks or say how many of the unbatched ones",
                "/tasks");
  }
  if (command.tasks.size() > kMaxTasksAtOnce) {
    return fail(ErrorCode::invalid_argument, "must have at most 10,000 tasks", "/tasks",
                "send the others with another request");
  }
  if (command.unbatched_limit < 0 || command.unbatched_limit > kMaxUnbatched) {
    return fail(ErrorCode::invalid_argument, "must be from 1 to 100,000,000", "/unbatched_limit");
  }
  return {};
}

}  // namespace

Result<std::int64_t> put_tasks_into_batch(Service& service, const Caller& caller, const PutTasks& command) {
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::change_batch, rules::at(command.key.project_id)));
  MIZAN_CHECK_OK(check(command));
  MIZAN_TRY(const auto count, command.tasks.empty() ? put_unbatched(service, grant, command)
                                                    : put_named(service, grant, command));
  const ChangeMaker maker{caller, service.now()};
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
    return note_change(tx, maker,
                       {.project_id = command.key.project_id,
                        .kind = "batch.filled",
                        .subject = to_text(command.key.batch_id),
                        .body = boost::json::serialize(boost::json::object{
                            {"batch_id", to_text(command.key.batch_id)}, {"task_count", count}})});
  }));
  return count;
}

}  // namespace mizan::app
