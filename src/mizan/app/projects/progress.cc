#include "mizan/app/projects/progress.h"

#include <utility>

#include "mizan/app/projects/checks.h"

namespace mizan::app {

Result<ProjectProgress> read_progress(Service& service, const Caller& caller, domain::ProjectId id) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_progress, rules::at(id)));
  return service.database().read([&](store::Transaction& tx) -> Result<ProjectProgress> {
    MIZAN_TRY(const auto project, store::find_project(tx, id));
    if (!project) return no_such("project", to_text(id));
    ProjectProgress progress;
    // A supplier learns nothing of the gold among the tasks, nor of what others have done.
    if (grant.reach == rules::Reach::all) {
      MIZAN_TRY(progress.tasks, store::count_tasks(tx, id));
    }
    MIZAN_TRY(progress.suppliers, store::count_by_supplier(tx, id));
    std::erase_if(progress.suppliers,
                  [&](const store::SupplierCount& each) { return !grant.covers(each.supplier_id); });
    return progress;
  });
}

}  // namespace mizan::app
