#include "mizan/app/events/publisher.h"

#include "mizan/store/events/events.h"
#include "mizan/store/outbox.h"
#include "mizan/store/upkeep/turns.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kEventsAtOnce = 500;  // in one transaction: a few milliseconds
constexpr Duration kTurn = seconds(10);

}  // namespace

Result<Step> publish_events(Service& service) {
  MIZAN_TRY(const bool waits,
            service.database().read([](store::Transaction& tx) { return store::outbox_waits(tx); }));
  if (!waits) return Step::done;
  const Instant now = service.now();
  MIZAN_TRY(const auto moved, service.database().write([&](store::Transaction& tx) -> Result<std::int64_t> {
    MIZAN_TRY(const bool is_mine,
              store::take_turn(tx, {"publisher", service.node_number()}, now, now + kTurn));
    if (!is_mine) return 0;
    return store::publish_outbox(tx, kEventsAtOnce);
  }));
  return moved == kEventsAtOnce ? Step::more : Step::done;
}

Result<Step> delete_old_events(Service& service, const EventRetention& retention) {
  if (!retention.keep) return Step::done;
  const Instant before = service.now() - *retention.keep;
  MIZAN_TRY(const auto heads,
            service.database().read([](store::Transaction& tx) { return store::event_heads(tx); }));
  Step step = Step::done;
  for (const store::EventHead& head : heads) {
    MIZAN_TRY(const auto deleted, service.database().write([&](store::Transaction& tx) {
      return store::delete_events_before(tx, head.project_id, before, kEventsAtOnce);
    }));
    if (deleted == kEventsAtOnce) step = Step::more;
  }
  return step;
}

}  // namespace mizan::app
