// One request to a webhook's receiver because somebody asked for it: no events, no retries, nothing noted.
#include "mizan/app/events/webhook_delivery.h"
#include "mizan/app/events/webhook_settings.h"
#include "mizan/app/events/webhooks.h"
#include "mizan/app/projects/checks.h"
#include "mizan/outbound/poster.h"

namespace mizan::app {
namespace {

constexpr Duration kSlice{100'000};

Result<Webhook> find_with_secret(Service& service, const WebhookKey& key) {
  return service.database().read([&](store::Transaction& tx) -> Result<Webhook> {
    MIZAN_TRY(auto found, store::find_webhook(tx, key.webhook_id));
    if (!found || found->project_id != key.project_id) return no_such("webhook", to_text(key.webhook_id));
    return *std::move(found);
  });
}

}  // namespace

Result<WebhookTest> test_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_webhooks, rules::at(key.project_id)));
  MIZAN_TRY(Webhook webhook, find_with_secret(service, key));
  const WebhookTerms terms = service.shared<WebhookSettings>().terms();
  outbound::Poster poster({.timeout = terms.timeout, .allows_private = terms.allows_private});
  const Instant begin = service.now();
  outbound::PostOutcome outcome;
  poster.start(make_post({.webhook = std::move(webhook), .events = {}}, begin),
               [&outcome](const outbound::PostOutcome& found) { outcome = found; });
  while (poster.in_flight() > 0) poster.run(kSlice);
  return WebhookTest{
      .status = outcome.status, .error = delivery_error(outcome), .duration = service.now() - begin};
}

}  // namespace mizan::app
