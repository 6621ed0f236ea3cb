#include "mizan/app/tasks/task_table.h"

#include <algorithm>
#include <utility>

#include "mizan/rules/task_state.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kMostLookedAt = 20'000;

// Whether tasks that the walk meets may be left out.
bool is_narrowed(const store::TaskTableFilter& filter, store::TaskOrder order) {
  const bool by_state = !filter.state.empty() && order != store::TaskOrder::by_state;
  const bool by_batch = filter.batch && order != store::TaskOrder::by_batch;
  const bool by_confidence = filter.confidence_from > -1 || filter.confidence_below < 2;
  return by_state || by_batch || by_confidence || !filter.domain.empty() || !filter.language.empty() ||
         filter.top_share_below < 2 || filter.supplier || filter.annotator || !filter.search.empty();
}

// The walk tells bins of confidence apart, a page shows more.
bool is_less_certain(const store::TaskTableRow& one, const store::TaskTableRow& other) {
  return one.confidence < other.confidence;
}

store::TaskOrder order_of(const BrowseTasks& query) {
  if (query.least_certain_first) return store::TaskOrder::by_confidence;
  if (query.filter.batch) return store::TaskOrder::by_batch;
  if (!query.filter.state.empty()) return store::TaskOrder::by_state;
  return store::TaskOrder::by_task;
}

Result<void> choose_question(const ProjectClasses& classes, std::string& question) {
  if (question.empty()) {
    if (!classes.empty()) question = classes.begin()->first;
    return {};
  }
  if (classes.contains(question)) return {};
  return fail(ErrorCode::invalid_argument, "the project has no question '" + question + "' with classes",
              "question");
}

}  // namespace

Result<TaskTable> browse_tasks(Service& service, const Caller& caller, BrowseTasks query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_tasks, rules::at(query.filter.project)));
  if (!query.filter.state.empty()) {
    const auto state = rules::kTaskStates.parse(query.filter.state);
    if (!state) return fail(state.error());
  }
  return service.database().read([&](store::Transaction& tx) -> Result<TaskTable> {
    TaskTable table;
    MIZAN_TRY(table.classes, service.shared<LiveModels>().classes(tx, query.filter.project));
    if (table.classes->empty()) {
      MIZAN_TRY(table.classes, service.shared<LiveModels>().reload_classes(tx, query.filter.project));
    }
    MIZAN_CHECK_OK(choose_question(*table.classes, query.filter.question));
    table.question = query.filter.question;
    store::TaskWalk walk{.order = order_of(query), .limit = query.limit};
    if (query.after) walk.after = *query.after;
    walk.most_looked_at = is_narrowed(query.filter, walk.order) ? kMostLookedAt : query.limit;
    MIZAN_TRY(table.rows, store::walk_tasks(tx, query.filter, walk));
    if (std::ssize(table.rows) == query.limit) {
      table.next = {table.rows.back().task_id, table.rows.back().confidence_bin};
    } else {
      MIZAN_TRY(table.next, store::end_of_walk(tx, query.filter, walk));
    }
    if (query.least_certain_first) std::stable_sort(table.rows.begin(), table.rows.end(), is_less_certain);
    return table;
  });
}

}  // namespace mizan::app
