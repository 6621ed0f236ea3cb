#include "mizan/app/events/webhook_sender.h"

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "mizan/app/events/deliveries.h"
#include "mizan/app/events/webhook_delivery.h"
#include "mizan/app/events/webhook_settings.h"
#include "mizan/outbound/poster.h"
#include "mizan/store/events/webhooks.h"
#include "mizan/store/upkeep/turns.h"

namespace mizan::app {
namespace {

constexpr Duration kTurn = seconds(30);
constexpr Duration kRenewal = seconds(5);  // how long a turn is believed without asking
constexpr Duration kWait{200'000};

struct Ended {
  std::shared_ptr<const Delivery> delivery;
  Instant at;  // when it was sent
  outbound::PostOutcome outcome{};
  bool is_sent = true;
};

}  // namespace

struct WebhookSender::State {
  Service& service;
  WebhookTerms terms;
  outbound::Poster poster;
  Rng rng;
  std::unordered_set<domain::WebhookId> under_way{};
  std::vector<Ended> ended{};
  std::optional<Instant> turn_renewed_at{};

  State(Service& of, const WebhookTerms& as)
      : service(of),
        terms(as),
        poster({.timeout = as.timeout, .allows_private = as.allows_private}),
        rng(of.rng()) {}

  Result<bool> have_turn(Instant now) {
    if (turn_renewed_at && now < *turn_renewed_at + kRenewal) return true;
    MIZAN_TRY(const bool is_mine, service.database().write([&](store::Transaction& tx) {
      return store::take_turn(tx, {"webhooks", service.node_number()}, now, now + kTurn);
    }));
    turn_renewed_at.reset();
    if (is_mine) turn_renewed_at = now;
    return is_mine;
  }

  void start(Delivery delivery, Instant now) {
    auto kept = std::make_shared<const Delivery>(std::move(delivery));
    under_way.insert(kept->webhook.webhook_id);
    if (kept->events.empty()) {
      ended.push_back({.delivery = kept, .at = now, .is_sent = false});
      return;
    }
    poster.start(make_post(*kept, now), [this, kept, now](const outbound::PostOutcome& outcome) {
      ended.push_back({.delivery = kept, .at = now, .outcome = outcome});
    });
  }

  Result<std::vector<Delivery>> plan_due(Instant now) {
    const auto limit = terms.receivers_at_once + std::ssize(under_way);
    return service.database().read([&](store::Transaction& tx) -> Result<std::vector<Delivery>> {
      std::vector<Delivery> planned;
      MIZAN_TRY(auto due, store::due_webhooks(tx, now, limit));
      for (store::WebhookRow& webhook : due) {
        if (under_way.contains(webhook.webhook_id)) continue;
        if (std::ssize(under_way) + std::ssize(planned) >= terms.receivers_at_once) break;
        MIZAN_TRY(auto delivery, plan_delivery(tx, std::move(webhook), terms));
        if (delivery) planned.push_back(*std::move(delivery));
      }
      return planned;
    });
  }

  Result<void> start_due(Instant now) {
    if (std::ssize(under_way) >= terms.receivers_at_once) return {};
    MIZAN_TRY(auto planned, plan_due(now));
    if (planned.empty()) return {};
    MIZAN_TRY(const bool is_mine, have_turn(now));
    if (!is_mine) return {};
    for (Delivery& delivery : planned) start(std::move(delivery), now);
    return {};
  }

  // A replay whose event is gone has failed; a stretch without events for the webhook is done.
  static std::string error_of(const Ended& each) {
    if (each.is_sent) return delivery_error(each.outcome);
    return each.delivery->replays ? "the event is no longer kept" : "";
  }

  Result<void> note_one(const Ended& each) {
    const Delivery& delivery = *each.delivery;
    const Duration wait = retry_wait(terms, delivery.webhook.attempt_count + 1, rng);
    const Instant now = service.now();
    const std::string error = error_of(each);
    const WebhookDelivery row = delivery_row(service, delivery,
                                             {.cause = delivery.replays ? "replay" : "event",
                                              .at = each.at,
                                              .duration = now - each.at,
                                              .outcome = each.outcome});
    return service.database().write([&](store::Transaction& tx) -> Result<void> {
      if (each.is_sent) MIZAN_CHECK_OK(log_delivery(tx, row));
      return note_end(tx, delivery, terms, {.error = error, .now = now, .wait = wait});
    });
  }

  // What has ended is noted; what cannot be noted now will be sent again.
  Result<void> note_ended() {
    const auto taken = std::exchange(ended, {});
    for (const Ended& each : taken) under_way.erase(each.delivery->webhook.webhook_id);
    for (const Ended& each : taken) MIZAN_CHECK_OK(note_one(each));
    return {};
  }
};

WebhookSender::WebhookSender(Service& service)
    : state_(std::make_unique<State>(service, service.shared<WebhookSettings>().terms())) {}

WebhookSender::~WebhookSender() = default;

Result<Step> WebhookSender::run_once() {
  MIZAN_CHECK_OK(state_->start_due(state_->service.now()));
  if (state_->poster.in_flight() > 0) state_->poster.run(kWait);
  const bool has_ended = !state_->ended.empty();
  MIZAN_CHECK_OK(state_->note_ended());
  return has_ended || state_->poster.in_flight() > 0 ? Step::more : Step::done;
}

}  // namespace mizan::app
