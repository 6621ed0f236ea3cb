// Webhooks: addresses that are told of a project's events, how far each has come, and what it did not take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct WebhookRow {
  domain::WebhookId webhook_id;
  domain::ProjectId project_id;
  std::string url;
  std::string secret;
  std::string previous_secret{};  ///< signs too until previous_secret_until; empty = none
  Instant previous_secret_until{};
  std::vector<std::string> kinds{};  ///< empty = all
  std::string state;                 ///< active | paused
  std::int64_t after_sequence = 0;   ///< delivered up to here
  std::int64_t attempt_count = 0;    ///< failed ones of the event that is due
  Instant next_attempt_at{};
  std::string last_error{};
  Instant created_at;
  std::int64_t version = 1;
};

[[nodiscard]] Result<void> insert_webhook(Transaction& tx, const WebhookRow& row);
[[nodiscard]] Result<std::optional<WebhookRow>> find_webhook(Transaction& tx, domain::WebhookId id);
/// Every webhook of a project, by id.
[[nodiscard]] Result<std::vector<WebhookRow>> webhooks_of_project(Transaction& tx,
                                                                  domain::ProjectId project_id);
/// Writes what people edit: url, secrets, kinds, state, and what stops the waiting (attempt_count,
/// next_attempt_at, last_error). Raises the version.
/// @out false: the row has another version by now
[[nodiscard]] Result<bool> update_webhook(Transaction& tx, const WebhookRow& row);
/// Deletes it with its dead letters and its log.
/// @out whether there was one
[[nodiscard]] Result<bool> delete_webhook(Transaction& tx, domain::WebhookId id);

/// Active webhooks with something to deliver now: new events whose time has come, or letters to replay.
[[nodiscard]] Result<std::vector<WebhookRow>> due_webhooks(Transaction& tx, Instant now, std::int64_t limit);

/// What became of delivering events (from, to].
struct DeliveryOutcome {
  domain::WebhookId webhook_id;
  std::int64_t from_sequence = 0;
  std::int64_t to_sequence = 0;  ///< = from_sequence: it failed, they are due again
  std::int64_t attempt_count = 0;
  Instant next_attempt_at{};
  std::string_view last_error{};
};
/// @out false: the webhook is not at from_sequence any more, and nothing was done
[[nodiscard]] Result<bool> note_delivery(Transaction& tx, const DeliveryOutcome& outcome);

/// An event that a webhook's receiver did not take in all its attempts.
struct DeadLetterRow {
  domain::WebhookId webhook_id;
  std::int64_t sequence = 0;
  std::string state;  ///< dead | replay
  std::int64_t attempt_count = 0;
  std::string last_error;
  Instant at;
};
/// Inserts it, or writes over the one that is there.
[[nodiscard]] Result<void> put_dead_letter(Transaction& tx, const DeadLetterRow& row);
[[nodiscard]] Result<void> delete_dead_letter(Transaction& tx, domain::WebhookId id, std::int64_t sequence);
/// The next dead letters after a sequence, in order.
[[nodiscard]] Result<std::vector<DeadLetterRow>> dead_letters_after(Transaction& tx, domain::WebhookId id,
                                                                    std::int64_t after, std::int64_t limit);
/// The oldest letter that somebody wants replayed.
[[nodiscard]] Result<std::optional<DeadLetterRow>> letter_to_replay(Transaction& tx, domain::WebhookId id);
/// Asks for one more attempt of a letter, or of all (no sequence).
/// @out how many
[[nodiscard]] Result<std::int64_t> ask_replay(Transaction& tx, domain::WebhookId id,
                                              std::optional<std::int64_t> sequence);
[[nodiscard]] Result<std::int64_t> count_dead_letters(Transaction& tx, domain::WebhookId id);

}  // namespace mizan::store
