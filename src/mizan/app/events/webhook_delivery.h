// One delivery to one webhook: what is to be sent next, and what the database keeps of how it went.
//
// Of each webhook one delivery is under way at a time, so its receiver sees the events in order, each at
// least once. New events go out many at a time; after a failure the next attempts are of one event alone, so
// that one that the receiver cannot take becomes a dead letter and the others go on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/events/webhook_settings.h"
#include "mizan/base/result.h"
#include "mizan/base/rng.h"
#include "mizan/outbound/poster.h"
#include "mizan/store/events/events.h"
#include "mizan/store/events/webhooks.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

struct Delivery {
  store::WebhookRow webhook;
  std::vector<store::EventRow> events;  ///< empty: none of these events is for this webhook, or kept any more
  std::int64_t to_sequence = 0;         ///< where the webhook stands once they are taken
  std::optional<store::DeadLetterRow> replays{};  ///< the letter that this delivery is of
};

/// What a due webhook is to be sent now; nothing when there is nothing.
[[nodiscard]] Result<std::optional<Delivery>> plan_delivery(store::Transaction& tx, store::WebhookRow webhook,
                                                            const WebhookTerms& terms);

/// The request: the events as JSON, signed as of now.
[[nodiscard]] outbound::Post make_post(const Delivery& delivery, Instant now);

/// Why an answer does not count as taken; empty when it does.
[[nodiscard]] std::string delivery_error(const outbound::PostOutcome& outcome);

/// How long to wait after so many failed attempts: doubling, with jitter, so that receivers that failed
/// together are not asked again together.
[[nodiscard]] Duration retry_wait(const WebhookTerms& terms, std::int64_t attempt_count, Rng& rng);

struct DeliveryEnd {
  std::string_view error{};  ///< empty = it was taken
  Instant now{};
  Duration wait{};  ///< retry_wait, if it was not
};
[[nodiscard]] Result<void> note_end(store::Transaction& tx, const Delivery& delivery,
                                    const WebhookTerms& terms, const DeliveryEnd& end);

}  // namespace mizan::app
