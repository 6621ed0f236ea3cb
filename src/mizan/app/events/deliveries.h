// The log of a webhook: each request that was sent to its receiver, and how it answered. The newest
// kDeliveriesKept of each webhook are kept. Bodies and signatures are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/chores/chores.h"
#include "mizan/app/events/webhook_delivery.h"
#include "mizan/app/events/webhooks.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/store/events/webhook_deliveries.h"

namespace mizan::app {

inline constexpr std::int64_t kDeliveriesKept = 200;

using WebhookDelivery = store::WebhookDeliveryRow;

struct ListDeliveries {
  WebhookKey key;
  std::optional<domain::DeliveryId> after{};  ///< the last one that was seen
  std::int64_t limit = 100;
};
/// Newest first.
/// @errors not_found: the webhook
[[nodiscard]] Result<std::vector<WebhookDelivery>> list_deliveries(Service& service, const Caller& caller,
                                                                   const ListDeliveries& query);

/// Sends the events of a delivery once more, now, also when the webhook is paused. Nothing of the webhook
/// changes, and nothing is tried again; the attempt is a delivery of its own in the log.
/// @errors not_found: the webhook, the delivery; gone events are not_found too
/// @cost   waits for the receiver
[[nodiscard]] Result<WebhookDelivery> redeliver(Service& service, const Caller& caller, const WebhookKey& key,
                                                domain::DeliveryId delivery);

/// What an attempt leaves in the log.
struct Attempt {
  std::string_view cause;  ///< event | replay | redelivery | test
  Instant at;
  Duration duration{};
  outbound::PostOutcome outcome{};
};
[[nodiscard]] WebhookDelivery delivery_row(Service& service, const Delivery& delivery,
                                           const Attempt& attempt);
/// Leaves it in the log, unless the webhook is gone.
[[nodiscard]] Result<void> log_delivery(store::Transaction& tx, const WebhookDelivery& row);

/// Sends a delivery now, waits for the answer, and leaves it in the log.
[[nodiscard]] Result<WebhookDelivery> send_now(Service& service, const Delivery& delivery,
                                               std::string_view cause);

/// The chore: deletes what is older than the newest kDeliveriesKept of each webhook.
[[nodiscard]] Result<Step> delete_old_deliveries(Service& service);

}  // namespace mizan::app
