#include "mizan/app/events/deliveries.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "mizan/app/events/events.h"
#include "mizan/app/projects/checks.h"
#include "mizan/outbound/poster.h"

namespace mizan::app {
namespace {

constexpr Duration kSlice{100'000};

/// The same events again: those of the delivery's kinds from its first to its last.
Result<Delivery> same_again(store::Transaction& tx, const WebhookKey& key, domain::DeliveryId id) {
  MIZAN_TRY(Webhook webhook, known_webhook(tx, key));
  MIZAN_TRY(const auto logged, store::find_webhook_delivery(tx, key.webhook_id, id));
  if (!logged) return no_such("delivery", to_text(id));
  Delivery delivery{.webhook = std::move(webhook), .events = {}};
  std::int64_t after = logged->from_sequence - 1;
  while (logged->event_count > 0 && after < logged->to_sequence) {
    MIZAN_TRY(const EventPage page, next_events(tx, {.project_id = key.project_id,
                                                     .after = after,
                                                     .limit = logged->event_count,
                                                     .kinds = logged->kinds}));
    for (const auto& event : page.events)
      if (event.sequence <= logged->to_sequence) delivery.events.push_back(event);
    if (page.next == after) break;
    after = page.next;
  }
  if (std::ssize(delivery.events) < logged->event_count)
    return fail(ErrorCode::not_found, "the events of " + to_text(id) + " are no longer all kept", "",
                "read what there is with GET …/events");
  return delivery;
}

}  // namespace

WebhookDelivery delivery_row(Service& service, const Delivery& delivery, const Attempt& attempt) {
  WebhookDelivery row{.webhook_id = delivery.webhook.webhook_id,
                      .delivery_id = service.ids().make<domain::DeliveryId>(),
                      .at = attempt.at,
                      .cause = std::string(attempt.cause),
                      .event_count = std::ssize(delivery.events),
                      .status = attempt.outcome.status,
                      .error = delivery_error(attempt.outcome),
                      .duration = attempt.duration};
  if (attempt.cause == "event") row.attempt_number = delivery.webhook.attempt_count + 1;
  if (delivery.replays) row.attempt_number = delivery.replays->attempt_count + 1;
  if (delivery.events.empty()) return row;
  row.from_sequence = delivery.events.front().sequence;
  row.to_sequence = delivery.events.back().sequence;
  for (const store::EventRow& event : delivery.events) row.kinds.push_back(event.kind);
  std::sort(row.kinds.begin(), row.kinds.end());
  row.kinds.erase(std::unique(row.kinds.begin(), row.kinds.end()), row.kinds.end());
  return row;
}

Result<void> log_delivery(store::Transaction& tx, const WebhookDelivery& row) {
  MIZAN_TRY(const auto webhook, store::find_webhook(tx, row.webhook_id));
  if (!webhook) return {};
  return store::insert_webhook_delivery(tx, row);
}

Result<WebhookDelivery> send_now(Service& service, const Delivery& delivery, std::string_view cause) {
  const WebhookTerms terms = service.shared<WebhookSettings>().terms();
  outbound::Poster poster({.timeout = terms.timeout, .allows_private = terms.allows_private});
  Attempt attempt{.cause = cause, .at = service.now()};
  poster.start(make_post(delivery, attempt.at),
               [&attempt](const outbound::PostOutcome& found) { attempt.outcome = found; });
  while (poster.in_flight() > 0) poster.run(kSlice);
  attempt.duration = service.now() - attempt.at;
  WebhookDelivery row = delivery_row(service, delivery, attempt);
  MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) { return log_delivery(tx, row); }));
  return row;
}

Result<std::vector<WebhookDelivery>> list_deliveries(Service& service, const Caller& caller,
                                                     const ListDeliveries& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_webhooks, rules::at(query.key.project_id)));
  const domain::DeliveryId before =
      query.after.value_or(domain::DeliveryId{std::numeric_limits<std::int64_t>::max()});
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<WebhookDelivery>> {
    MIZAN_CHECK_OK(known_webhook(tx, query.key));
    return store::webhook_deliveries_before(tx, query.key.webhook_id, before, query.limit);
  });
}

Result<WebhookDelivery> redeliver(Service& service, const Caller& caller, const WebhookKey& key,
                                  domain::DeliveryId delivery) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::replay_webhooks, rules::at(key.project_id)));
  MIZAN_TRY(const Delivery again,
            service.database().read([&](store::Transaction& tx) { return same_again(tx, key, delivery); }));
  return send_now(service, again, "redelivery");
}

Result<Step> delete_old_deliveries(Service& service) {
  MIZAN_CHECK_OK(service.database().write(
      [](store::Transaction& tx) { return store::prune_webhook_deliveries(tx, kDeliveriesKept); }));
  return Step::done;
}

}  // namespace mizan::app
