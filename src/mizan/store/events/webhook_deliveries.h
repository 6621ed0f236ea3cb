// The log of what was sent to webhooks. A row never changes; the oldest are deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct WebhookDeliveryRow {
  domain::WebhookId webhook_id;
  domain::DeliveryId delivery_id;
  Instant at;                      ///< when it was sent
  std::string cause;               ///< event | replay | redelivery | test
  std::int64_t from_sequence = 0;  ///< of its first event; 0 = there was none
  std::int64_t to_sequence = 0;    ///< of its last
  std::int64_t event_count = 0;
  std::vector<std::string> kinds{};  ///< of its events
  std::int64_t attempt_number = 1;
  int status = 0;       ///< of the answer; 0 = there was none
  std::string error{};  ///< empty = it was taken
  Duration duration{};
};

[[nodiscard]] Result<void> insert_webhook_delivery(Transaction& tx, const WebhookDeliveryRow& row);
/// The newest before a delivery, newest first.
[[nodiscard]] Result<std::vector<WebhookDeliveryRow>> webhook_deliveries_before(Transaction& tx,
                                                                                domain::WebhookId id,
                                                                                domain::DeliveryId before,
                                                                                std::int64_t limit);
[[nodiscard]] Result<std::optional<WebhookDeliveryRow>> find_webhook_delivery(Transaction& tx,
                                                                              domain::WebhookId id,
                                                                              domain::DeliveryId delivery);
/// Leaves the newest `keep` of each webhook.
/// @out how many were deleted
/// @cost O(rows): there are about `keep` of a webhook
[[nodiscard]] Result<std::int64_t> prune_webhook_deliveries(Transaction& tx, std::int64_t keep);
[[nodiscard]] Result<void> delete_webhook_deliveries(Transaction& tx, domain::WebhookId id);

}  // namespace mizan::store
