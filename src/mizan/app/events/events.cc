#include "mizan/app/events/events.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/events/event_feed.h"
#include "mizan/rules/access.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kMostLookedAt = 10'000;

Result<void> check_reader(const Caller& caller, domain::ProjectId project_id) {
  const bool is_organisation = project_id.value == 0;
  const auto action = is_organisation ? rules::Action::read_organisation_events : rules::Action::read_events;
  MIZAN_CHECK_OK(authorize(caller, action, is_organisation ? rules::kOrganisation : rules::at(project_id)));
  return {};
}

bool is_wanted(const ReadEvents& query, const Event& event) {
  return query.kinds.empty() ||
         std::find(query.kinds.begin(), query.kinds.end(), event.kind) != query.kinds.end();
}

}  // namespace

std::string event_json(const Event& event) {
  return R"({"sequence":)" + std::to_string(event.sequence) + R"(,"kind":)" +
         boost::json::serialize(boost::json::string(event.kind)) + R"(,"at":")" + to_text(event.at) +
         R"(","body":)" + event.body + "}";
}

Result<EventPage> next_events(store::Transaction& tx, const ReadEvents& query) {
  EventPage page{.events = {}, .next = query.after};
  const std::int64_t at_once = query.kinds.empty() ? query.limit : std::max<std::int64_t>(query.limit, 1000);
  for (std::int64_t looked_at = 0; looked_at < kMostLookedAt; looked_at += at_once) {
    MIZAN_TRY(auto rows, store::events_after(tx, query.project_id, page.next, at_once));
    for (Event& event : rows) {
      if (std::ssize(page.events) == query.limit) return page;
      page.next = event.sequence;
      if (is_wanted(query, event)) page.events.push_back(std::move(event));
    }
    if (std::ssize(rows) < at_once || std::ssize(page.events) == query.limit) return page;
  }
  return page;
}

Result<EventPage> read_events(Service& service, const Caller& caller, const ReadEvents& query) {
  MIZAN_CHECK_OK(check_reader(caller, query.project_id));
  return service.database().read([&](store::Transaction& tx) { return next_events(tx, query); });
}

Result<void> watch_events(Service& service, const Caller& caller, const WatchEvents& query,
                          TellWatcher tell) {
  MIZAN_CHECK_OK(check_reader(caller, query.from.project_id));
  Watch watch{.from = query.from,
              .tell = std::move(tell),
              .is_gone = query.is_gone,
              .ends_with_events = query.longest.has_value()};
  if (query.from_now) watch.from.after = kFromNow;
  if (query.longest)
    watch.until = std::chrono::steady_clock::now() + std::chrono::microseconds(query.longest->us);
  service.shared<EventFeed>().add(service, std::move(watch));
  return {};
}

}  // namespace mizan::app
