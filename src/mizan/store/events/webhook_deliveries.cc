#include "mizan/store/events/webhook_deliveries.h"

#include "mizan/domain/text_list.h"

namespace mizan::store {
namespace {

#define MIZAN_DELIVERY_COLUMNS                                                              \
  "webhook_id, delivery_id, at_us, cause, from_sequence, to_sequence, event_count, kinds, " \
  "attempt_number, status, error, duration_us"

constexpr Query kInsert{
    "insert_webhook_delivery",
    "INSERT INTO webhook_deliveries (" MIZAN_DELIVERY_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"};
constexpr Query kBefore{"webhook_deliveries_before",
                        "SELECT " MIZAN_DELIVERY_COLUMNS
                        " FROM webhook_deliveries WHERE webhook_id = $1 AND delivery_id < $2 "
                        "ORDER BY delivery_id DESC LIMIT $3"};
constexpr Query kFind{"find_webhook_delivery",
                      "SELECT " MIZAN_DELIVERY_COLUMNS
                      " FROM webhook_deliveries WHERE webhook_id = $1 AND delivery_id = $2"};
#undef MIZAN_DELIVERY_COLUMNS
constexpr Query kCrowded{
    "webhooks_with_old_deliveries",
    "SELECT webhook_id FROM webhook_deliveries GROUP BY webhook_id HAVING COUNT(*) > $1"};
constexpr Query kPrune{"prune_webhook_deliveries",
                       "DELETE FROM webhook_deliveries WHERE webhook_id = $1 AND delivery_id <= "
                       "(SELECT d.delivery_id FROM webhook_deliveries d WHERE d.webhook_id = $1 "
                       "ORDER BY d.delivery_id DESC LIMIT 1 OFFSET $2)"};
constexpr Query kDelete{"delete_webhook_deliveries", "DELETE FROM webhook_deliveries WHERE webhook_id = $1"};

WebhookDeliveryRow read_delivery(const Row& row) {
  return {.webhook_id = row.id<domain::WebhookId>(0),
          .delivery_id = row.id<domain::DeliveryId>(1),
          .at = row.instant(2),
          .cause = row.string(3),
          .from_sequence = row.integer(4),
          .to_sequence = row.integer(5),
          .event_count = row.integer(6),
          .kinds = domain::text_list(row.text(7)),
          .attempt_number = row.integer(8),
          .status = static_cast<int>(row.integer(9)),
          .error = row.string(10),
          .duration = {row.integer(11)}};
}

}  // namespace

Result<void> insert_webhook_delivery(Transaction& tx, const WebhookDeliveryRow& row) {
  return tx.queue(kInsert, row.webhook_id, row.delivery_id, row.at, row.cause, row.from_sequence,
                  row.to_sequence, row.event_count, domain::text_list_json(row.kinds), row.attempt_number,
                  row.status, row.error, row.duration.us);
}

Result<std::vector<WebhookDeliveryRow>> webhook_deliveries_before(Transaction& tx, domain::WebhookId id,
                                                                  domain::DeliveryId before,
                                                                  std::int64_t limit) {
  return tx.rows(kBefore, read_delivery, id, before, limit);
}

Result<std::optional<WebhookDeliveryRow>> find_webhook_delivery(Transaction& tx, domain::WebhookId id,
                                                                domain::DeliveryId delivery) {
  return tx.maybe_row(kFind, read_delivery, id, delivery);
}

Result<std::int64_t> prune_webhook_deliveries(Transaction& tx, std::int64_t keep) {
  MIZAN_TRY(const auto crowded,
            tx.rows(
                kCrowded, [](const Row& row) { return row.id<domain::WebhookId>(0); }, keep));
  std::int64_t deleted = 0;
  for (const domain::WebhookId id : crowded) {
    MIZAN_TRY(const auto count, tx.execute(kPrune, id, keep));
    deleted += count;
  }
  return deleted;
}

Result<void> delete_webhook_deliveries(Transaction& tx, domain::WebhookId id) {
  return tx.queue(kDelete, id);
}

}  // namespace mizan::store
