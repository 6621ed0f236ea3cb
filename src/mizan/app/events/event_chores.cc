#include "mizan/app/events/event_chores.h"

#include <memory>

#include "mizan/app/events/deliveries.h"
#include "mizan/app/events/publisher.h"
#include "mizan/app/events/webhook_sender.h"

namespace mizan::app {
namespace {

EventRetention retention_of(Service& service) {
  const std::int64_t days = service.shared<EventKeeping>().keep_days;
  if (days == 0) return {};
  return {.keep = seconds(days * 86'400)};
}

}  // namespace

std::vector<Chore> event_chores(Service& service) {
  std::vector<Chore> chores;
  chores.push_back({.name = "publish_events", .interval = Duration{25'000}, .run_once = [&service] {
                      return publish_events(service);
                    }});
  chores.push_back(
      {.name = "send_webhooks",
       .interval = Duration{200'000},
       .run_once = [sender = std::make_shared<WebhookSender>(service)] { return sender->run_once(); }});
  chores.push_back({.name = "delete_old_deliveries", .interval = seconds(60), .run_once = [&service] {
                      return delete_old_deliveries(service);
                    }});
  chores.push_back({.name = "delete_old_events", .interval = seconds(60), .run_once = [&service] {
                      return delete_old_events(service, retention_of(service));
                    }});
  return chores;
}

}  // namespace mizan::app
