#include "mizan/app/tasks/task_places.h"

#include <utility>

#include "mizan/store/work/task_table.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kWorthKeeping = 20'000;  // tasks; below that they are looked up as quickly

Result<TaskPlaces> look_up(store::Transaction& tx, domain::ProjectId project) {
  const store::TaskTableFilter filter{.project = project};
  store::TaskWalk walk{.most_looked_at = TaskPlaces::kApart};
  TaskPlaces found;
  for (;;) {
    MIZAN_TRY(const auto place, store::end_of_walk(tx, filter, walk));
    if (!place) break;
    found.places.push_back(place->task);
    walk.after = *place;
  }
  MIZAN_TRY(const auto rest, store::count_tasks_after(tx, project, walk.after.task));
  found.task_count = std::ssize(found.places) * TaskPlaces::kApart + rest;
  return found;
}

}  // namespace

std::shared_ptr<const TaskPlaces> FoundTaskPlaces::find(domain::ProjectId project, Instant now) const {
  const std::scoped_lock lock(mutex_);
  const auto found = found_.find(project.value);
  if (found == found_.end() || now >= found->second.at + kTaskPlacesKept) return nullptr;
  return found->second.places;
}

void FoundTaskPlaces::put(domain::ProjectId project, Instant now, std::shared_ptr<const TaskPlaces> places) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(found_, [&](const auto& each) { return now >= each.second.at + kTaskPlacesKept; });
  found_[project.value] = {now, std::move(places)};
}

Result<std::shared_ptr<const TaskPlaces>> list_task_places(Service& service, const Caller& caller,
                                                           domain::ProjectId project) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_tasks, rules::at(project)));
  auto& known = service.shared<FoundTaskPlaces>();
  const Instant now = service.now();
  if (auto places = known.find(project, now)) return places;
  MIZAN_TRY(auto found,
            service.database().read([&](store::Transaction& tx) { return look_up(tx, project); }));
  auto places = std::make_shared<const TaskPlaces>(std::move(found));
  if (places->task_count >= kWorthKeeping) known.put(project, now, places);
  return places;
}

}  // namespace mizan::app
