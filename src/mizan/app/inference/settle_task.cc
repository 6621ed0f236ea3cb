#include "mizan/app/inference/settle_task.h"

#include <algorithm>
#include <span>

#include "mizan/app/work/task_flow.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

using rules::TaskState;

// Only an open task, or a full one that nobody is at work on, can be moved by what is believed.
bool may_move(const store::TaskStateRow& task, const TaskWants& wants, rules::Decision decision) {
  if (task.counts.done_count < wants.labels_per_task) return false;
  if (task.state == TaskState::open) return decision != rules::Decision::ask_again;
  return task.state == TaskState::full && task.counts.live_count == 0;
}

Result<void> settle_task(store::Transaction& tx, Service& service, const store::TaskKey& key) {
  MIZAN_TRY(auto task, store::lock_task_state(tx, key.project, key.task));
  if (!task) return {};
  MIZAN_CHECK_OK(store::delete_empty_consensus(tx, key));
  MIZAN_TRY(const auto facts, project_facts(tx, service, key.project));
  const TaskInHand in_hand{.task = *task, .project = *facts, .now = service.now()};
  MIZAN_TRY(const TaskWants wants, wants_of(tx, in_hand));
  MIZAN_TRY(const TaskDecision decision, update_consensus(tx, service, key, wants));
  if (!may_move(*task, wants, decision.decision)) return {};
  return apply_decision(tx, service, in_hand, decision);
}

}  // namespace

Result<void> settle_tasks(Service& service, domain::ProjectId project,
                          const std::vector<domain::TaskId>& tasks, std::size_t at_once) {
  for (std::size_t begin = 0; begin < tasks.size(); begin += at_once) {
    const auto some = std::span(tasks).subspan(begin, std::min(at_once, tasks.size() - begin));
    MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
      for (const domain::TaskId task : some) MIZAN_CHECK_OK(settle_task(tx, service, {project, task}));
      return {};
    }));
  }
  return {};
}

}  // namespace mizan::app
