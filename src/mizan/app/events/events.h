// Reading a project's events: by cursor, or as they come.
//
// A cursor is the sequence of the last event that a reader has seen. Sequences have no gap, so a reader that
// keeps its cursor together with what it did of the events sees each exactly once, whatever crashes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/events/events.h"

namespace mizan::app {

using Event = store::EventRow;

struct EventPage {
  std::vector<Event> events;
  std::int64_t next = 0;  ///< the cursor to go on from: beyond the last event that was looked at
};

struct ReadEvents {
  domain::ProjectId project_id;  ///< 0 = the organisation's own events
  std::int64_t after = 0;
  std::int64_t limit = 100;
  std::vector<std::string> kinds{};  ///< only these; empty = all
};
/// The next events after the cursor. With kinds it looks at a bounded number of events, so a page may be
/// empty although there are more: go on from `next` until it does not move.
/// @errors forbidden
[[nodiscard]] Result<EventPage> read_events(Service& service, const Caller& caller, const ReadEvents& query);
/// The same without asking who wants to know: for the code that asked already.
[[nodiscard]] Result<EventPage> next_events(store::Transaction& tx, const ReadEvents& query);

/// {"sequence", "kind", "at", "body"}: an event on every wire.
[[nodiscard]] std::string event_json(const Event& event);

/// Tells a watcher of the next events. False = no more of them, please.
using TellWatcher = std::function<bool(const EventPage& page)>;

struct WatchEvents {
  ReadEvents from{};
  bool from_now = false;              ///< instead of from.after: from the newest event on
  std::function<bool()> is_gone{};    ///< asked now and then whether the watcher went away; nothing = never
  std::optional<Duration> longest{};  ///< end after the first page that has events, or empty after this time
};
/// Calls `tell` with what there is after the cursor and then with what comes, from a thread of the feed,
/// until it returns false, the time is over, or the service ends. `tell` must not block.
/// @errors forbidden
[[nodiscard]] Result<void> watch_events(Service& service, const Caller& caller, const WatchEvents& query,
                                        TellWatcher tell);

}  // namespace mizan::app
