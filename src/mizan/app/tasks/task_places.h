// Places in the table of a project's tasks, evenly apart, so that somebody can be at any of a million rows at
// once: the page from a place on follows the index like every other page, and nothing is skipped over.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct TaskPlaces {
  static constexpr std::int64_t kApart = 500;
  std::int64_t task_count = 0;           ///< when they were looked up
  std::vector<domain::TaskId> places{};  ///< [i] the last task before row (i + 1) · kApart
};

/// The places of the table without filters, in the order of tasks.
/// @cost one walk through the index of the project's tasks; of a large project what was found is good for
///       kTaskPlacesKept: as tasks come at the end, older places stay right
[[nodiscard]] Result<std::shared_ptr<const TaskPlaces>> list_task_places(Service& service,
                                                                         const Caller& caller,
                                                                         domain::ProjectId project);
inline constexpr Duration kTaskPlacesKept = seconds(30);

/// What this node found lately: service.shared<FoundTaskPlaces>(). Thread-safe.
class FoundTaskPlaces {
 public:
  [[nodiscard]] std::shared_ptr<const TaskPlaces> find(domain::ProjectId project, Instant now) const;
  void put(domain::ProjectId project, Instant now, std::shared_ptr<const TaskPlaces> places);

 private:
  struct Found {
    Instant at{};
    std::shared_ptr<const TaskPlaces> places{};
  };
  mutable std::mutex mutex_;
  std::map<std::int64_t, Found> found_;
};

}  // namespace mizan::app
