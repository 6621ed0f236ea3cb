// The live feed: one thread that tells every watcher of a project's new events. It asks the database a few
// times a second, so it sees what any node publishes; while nobody watches it sleeps.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "mizan/app/events/events.h"

namespace mizan::app {

inline constexpr std::int64_t kFromNow = -1;

struct Watch {
  ReadEvents from{};  ///< from.after = kFromNow: from the newest event on
  TellWatcher tell{};
  std::function<bool()> is_gone{};  ///< asked while there is nothing to tell; nothing = never
  bool ends_with_events = false;
  std::optional<std::chrono::steady_clock::time_point> until{};
};

/// Thread-safe. One a service, by service.shared<EventFeed>(); its thread starts with the first watcher and
/// ends with the service.
class EventFeed {
 public:
  EventFeed();
  ~EventFeed();
  EventFeed(const EventFeed&) = delete;
  EventFeed& operator=(const EventFeed&) = delete;

  /// `service` outlives the feed.
  void add(Service& service, Watch watch);
  [[nodiscard]] std::size_t watcher_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::app
