#include "mizan/app/events/webhook_delivery.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/events/events.h"
#include "mizan/app/events/webhook_signature.h"

namespace mizan::app {
namespace {

Result<std::optional<Delivery>> plan_replay(store::Transaction& tx, store::WebhookRow webhook,
                                            store::DeadLetterRow letter) {
  MIZAN_TRY(auto event, store::find_event(tx, webhook.project_id, letter.sequence));
  Delivery delivery{.webhook = std::move(webhook), .events = {}, .replays = std::move(letter)};
  if (event) delivery.events.push_back(*std::move(event));
  return std::optional(std::move(delivery));
}

// As many as fit into one request; the first always does.
void cut_to_size(EventPage& page, std::int64_t limit_bytes) {
  std::int64_t bytes = 0;
  for (auto event = page.events.begin(); event != page.events.end(); ++event) {
    bytes += std::ssize(event->body) + 200;
    if (bytes <= limit_bytes || event == page.events.begin()) continue;
    page.events.erase(event, page.events.end());
    page.next = page.events.back().sequence;
    return;
  }
}

Result<void> note_replay(store::Transaction& tx, const Delivery& delivery, const DeliveryEnd& end) {
  if (end.error.empty()) {
    return store::delete_dead_letter(tx, delivery.webhook.webhook_id, delivery.replays->sequence);
  }
  store::DeadLetterRow letter = *delivery.replays;
  letter.state = "dead";
  ++letter.attempt_count;
  letter.last_error = end.error;
  letter.at = end.now;
  return store::put_dead_letter(tx, letter);
}

// The event did not go through in all its attempts: it is put aside, and the webhook goes on.
Result<void> give_up(store::Transaction& tx, const Delivery& delivery, const DeliveryEnd& end) {
  MIZAN_TRY(const bool is_noted, store::note_delivery(tx, {.webhook_id = delivery.webhook.webhook_id,
                                                           .from_sequence = delivery.webhook.after_sequence,
                                                           .to_sequence = delivery.to_sequence,
                                                           .last_error = end.error}));
  if (!is_noted) return {};
  return store::put_dead_letter(tx, {.webhook_id = delivery.webhook.webhook_id,
                                     .sequence = delivery.events.front().sequence,
                                     .state = "dead",
                                     .attempt_count = delivery.webhook.attempt_count + 1,
                                     .last_error = std::string(end.error),
                                     .at = end.now});
}

}  // namespace

Result<std::optional<Delivery>> plan_delivery(store::Transaction& tx, store::WebhookRow webhook,
                                              const WebhookTerms& terms) {
  MIZAN_TRY(auto letter, store::letter_to_replay(tx, webhook.webhook_id));
  if (letter) return plan_replay(tx, std::move(webhook), *std::move(letter));
  const std::int64_t limit = webhook.attempt_count > 0 ? 1 : terms.events_at_once;
  MIZAN_TRY(EventPage page, next_events(tx, {.project_id = webhook.project_id,
                                             .after = webhook.after_sequence,
                                             .limit = limit,
                                             .kinds = webhook.kinds}));
  if (page.next == webhook.after_sequence) return std::optional<Delivery>();
  cut_to_size(page, terms.body_limit_bytes);
  return std::optional(
      Delivery{.webhook = std::move(webhook), .events = std::move(page.events), .to_sequence = page.next});
}

outbound::Post make_post(const Delivery& delivery, Instant now) {
  const store::WebhookRow& webhook = delivery.webhook;
  std::string body = R"({"webhook_id":")" + to_text(webhook.webhook_id) + R"(","project_id":")" +
                     to_text(webhook.project_id) + R"(","events":[)";
  for (const store::EventRow& event : delivery.events) {
    if (body.back() != '[') body += ',';
    body += event_json(event);
  }
  body += "]}";
  std::vector<std::string> secrets{webhook.secret};
  if (!webhook.previous_secret.empty() && now < webhook.previous_secret_until) {
    secrets.push_back(webhook.previous_secret);
  }
  const std::string signature = webhook_signature(secrets, body, now);
  return {.url = webhook.url,
          .headers = {"Content-Type: application/json", "User-Agent: Mizan",
                      "Mizan-Webhook: " + to_text(webhook.webhook_id), "Mizan-Signature: " + signature},
          .body = std::move(body)};
}

std::string delivery_error(const outbound::PostOutcome& outcome) {
  if (outcome.status >= 200 && outcome.status < 300) return {};
  if (outcome.status != 0) return "the receiver answered " + std::to_string(outcome.status);
  return outcome.error;
}

Duration retry_wait(const WebhookTerms& terms, std::int64_t attempt_count, Rng& rng) {
  const int doublings = static_cast<int>(std::clamp<std::int64_t>(attempt_count - 1, 0, 40));
  const double doubled = std::ldexp(static_cast<double>(terms.first_wait.us), doublings);
  const double longest = static_cast<double>(terms.longest_wait.us);
  return {static_cast<std::int64_t>(std::min(doubled, longest) * (0.75 + 0.5 * rng.uniform()))};
}

Result<void> note_end(store::Transaction& tx, const Delivery& delivery, const WebhookTerms& terms,
                      const DeliveryEnd& end) {
  if (delivery.replays) return note_replay(tx, delivery, end);
  const store::WebhookRow& webhook = delivery.webhook;
  store::DeliveryOutcome outcome{.webhook_id = webhook.webhook_id,
                                 .from_sequence = webhook.after_sequence,
                                 .to_sequence = delivery.to_sequence};
  if (!end.error.empty()) {
    const std::int64_t attempts = webhook.attempt_count + 1;
    if (attempts >= terms.attempts && delivery.events.size() == 1) return give_up(tx, delivery, end);
    outcome.to_sequence = webhook.after_sequence;
    outcome.attempt_count = attempts;
    outcome.next_attempt_at = end.now + end.wait;
    outcome.last_error = end.error;
  }
  MIZAN_CHECK_OK(store::note_delivery(tx, outcome));
  return {};
}

}  // namespace mizan::app
