// One request to a webhook's receiver because somebody asked for it: no events, no retries.
#include "mizan/app/events/deliveries.h"
#include "mizan/app/events/webhooks.h"

namespace mizan::app {

Result<WebhookTest> test_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_webhooks, rules::at(key.project_id)));
  MIZAN_TRY(auto webhook,
            service.database().read([&](store::Transaction& tx) { return known_webhook(tx, key); }));
  MIZAN_TRY(const auto sent, send_now(service, {.webhook = std::move(webhook), .events = {}}, "test"));
  return WebhookTest{.status = sent.status, .error = sent.error, .duration = sent.duration};
}

}  // namespace mizan::app
