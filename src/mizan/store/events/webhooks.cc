#include "mizan/store/events/webhooks.h"

#include "mizan/domain/text_list.h"
#include "mizan/store/events/webhook_deliveries.h"

namespace mizan::store {
namespace {

#define MIZAN_WEBHOOK_COLUMNS                                                                             \
  "w.webhook_id, w.project_id, w.url, w.secret, w.previous_secret, w.previous_secret_until_us, w.kinds, " \
  "w.state, w.after_sequence, w.attempt_count, w.next_attempt_at_us, w.last_error, w.created_at_us, "     \
  "w.version "

constexpr Query kInsertWebhook{
    "insert_webhook",
    "INSERT INTO webhooks (webhook_id, project_id, url, secret, previous_secret, previous_secret_until_us, "
    "kinds, state, after_sequence, attempt_count, next_attempt_at_us, last_error, created_at_us, version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING"};
constexpr Query kFindWebhook{"find_webhook",
                             "SELECT " MIZAN_WEBHOOK_COLUMNS "FROM webhooks w WHERE w.webhook_id = $1"};
constexpr Query kWebhooksOfProject{"webhooks_of_project",
                                   "SELECT " MIZAN_WEBHOOK_COLUMNS
                                   "FROM webhooks w WHERE w.project_id = $1 ORDER BY w.webhook_id"};
constexpr Query kUpdateWebhook{
    "update_webhook",
    "UPDATE webhooks SET url = $3, secret = $4, previous_secret = $5, previous_secret_until_us = $6, "
    "kinds = $7, state = $8, attempt_count = $9, next_attempt_at_us = $10, last_error = $11, "
    "version = $2 + 1 WHERE webhook_id = $1 AND version = $2"};
constexpr Query kDeleteLetters{"delete_dead_letters", "DELETE FROM dead_letters WHERE webhook_id = $1"};
constexpr Query kDeleteWebhook{"delete_webhook", "DELETE FROM webhooks WHERE webhook_id = $1"};
constexpr Query kDueWebhooks{
    "due_webhooks",
    "SELECT " MIZAN_WEBHOOK_COLUMNS
    "FROM webhooks w LEFT JOIN event_heads h ON h.project_id = w.project_id "
    "WHERE w.state = 'active' AND w.next_attempt_at_us <= $1 AND (COALESCE(h.sequence, 0) > w.after_sequence "
    "OR EXISTS (SELECT 1 FROM dead_letters d WHERE d.webhook_id = w.webhook_id AND d.state = 'replay')) "
    "ORDER BY w.next_attempt_at_us, w.webhook_id LIMIT $2"};
#undef MIZAN_WEBHOOK_COLUMNS

constexpr Query kNoteDelivery{"note_delivery",
                              "UPDATE webhooks SET after_sequence = $3, attempt_count = $4, "
                              "next_attempt_at_us = $5, last_error = $6 "
                              "WHERE webhook_id = $1 AND after_sequence = $2"};

#define MIZAN_SELECT_LETTERS \
  "SELECT webhook_id, sequence, state, attempt_count, last_error, at_us FROM dead_letters "

constexpr Query kPutLetter{
    "put_dead_letter",
    "INSERT INTO dead_letters (webhook_id, sequence, state, attempt_count, last_error, "
    "at_us) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (webhook_id, sequence) DO UPDATE "
    "SET state = excluded.state, attempt_count = excluded.attempt_count, "
    "last_error = excluded.last_error, at_us = excluded.at_us"};
constexpr Query kDeleteLetter{"delete_dead_letter",
                              "DELETE FROM dead_letters WHERE webhook_id = $1 AND sequence = $2"};
constexpr Query kLettersAfter{"dead_letters_after", MIZAN_SELECT_LETTERS
                              "WHERE webhook_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3"};
constexpr Query kLetterToReplay{"letter_to_replay", MIZAN_SELECT_LETTERS
                                "WHERE webhook_id = $1 AND state = 'replay' ORDER BY sequence LIMIT 1"};
#undef MIZAN_SELECT_LETTERS

constexpr Query kAskReplay{
    "ask_replay", "UPDATE dead_letters SET state = 'replay' WHERE webhook_id = $1 AND sequence = $2"};
constexpr Query kAskReplayAll{"ask_replay_all",
                              "UPDATE dead_letters SET state = 'replay' WHERE webhook_id = $1"};
constexpr Query kCountLetters{"count_dead_letters",
                              "SELECT COUNT(*) FROM dead_letters WHERE webhook_id = $1"};

WebhookRow read_webhook(const Row& row) {
  return {.webhook_id = row.id<domain::WebhookId>(0),
          .project_id = row.id<domain::ProjectId>(1),
          .url = row.string(2),
          .secret = row.string(3),
          .previous_secret = row.string(4),
          .previous_secret_until = row.instant(5),
          .kinds = domain::text_list(row.text(6)),
          .state = row.string(7),
          .after_sequence = row.integer(8),
          .attempt_count = row.integer(9),
          .next_attempt_at = row.instant(10),
          .last_error = row.string(11),
          .created_at = row.instant(12),
          .version = row.integer(13)};
}

DeadLetterRow read_letter(const Row& row) {
  return {.webhook_id = row.id<domain::WebhookId>(0),
          .sequence = row.integer(1),
          .state = row.string(2),
          .attempt_count = row.integer(3),
          .last_error = row.string(4),
          .at = row.instant(5)};
}

}  // namespace

Result<void> insert_webhook(Transaction& tx, const WebhookRow& row) {
  return tx.queue(kInsertWebhook, row.webhook_id, row.project_id, row.url, row.secret, row.previous_secret,
                  row.previous_secret_until, domain::text_list_json(row.kinds), row.state, row.after_sequence,
                  row.attempt_count, row.next_attempt_at, row.last_error, row.created_at, row.version);
}

Result<std::optional<WebhookRow>> find_webhook(Transaction& tx, domain::WebhookId id) {
  return tx.maybe_row(kFindWebhook, read_webhook, id);
}

Result<std::vector<WebhookRow>> webhooks_of_project(Transaction& tx, domain::ProjectId project_id) {
  return tx.rows(kWebhooksOfProject, read_webhook, project_id);
}

Result<bool> update_webhook(Transaction& tx, const WebhookRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kUpdateWebhook, row.webhook_id, row.version, row.url, row.secret, row.previous_secret,
                       row.previous_secret_until, domain::text_list_json(row.kinds), row.state,
                       row.attempt_count, row.next_attempt_at, row.last_error));
  return count == 1;
}

Result<bool> delete_webhook(Transaction& tx, domain::WebhookId id) {
  MIZAN_CHECK_OK(tx.execute(kDeleteLetters, id));
  MIZAN_CHECK_OK(delete_webhook_deliveries(tx, id));
  MIZAN_TRY(const auto count, tx.execute(kDeleteWebhook, id));
  return count == 1;
}

Result<std::vector<WebhookRow>> due_webhooks(Transaction& tx, Instant now, std::int64_t limit) {
  return tx.rows(kDueWebhooks, read_webhook, now, limit);
}

Result<bool> note_delivery(Transaction& tx, const DeliveryOutcome& outcome) {
  MIZAN_TRY(const auto count,
            tx.execute(kNoteDelivery, outcome.webhook_id, outcome.from_sequence, outcome.to_sequence,
                       outcome.attempt_count, outcome.next_attempt_at, outcome.last_error));
  return count == 1;
}

Result<void> put_dead_letter(Transaction& tx, const DeadLetterRow& row) {
  return tx.queue(kPutLetter, row.webhook_id, row.sequence, row.state, row.attempt_count, row.last_error,
                  row.at);
}

Result<void> delete_dead_letter(Transaction& tx, domain::WebhookId id, std::int64_t sequence) {
  return tx.queue(kDeleteLetter, id, sequence);
}

Result<std::vector<DeadLetterRow>> dead_letters_after(Transaction& tx, domain::WebhookId id,
                                                      std::int64_t after, std::int64_t limit) {
  return tx.rows(kLettersAfter, read_letter, id, after, limit);
}

Result<std::optional<DeadLetterRow>> letter_to_replay(Transaction& tx, domain::WebhookId id) {
  return tx.maybe_row(kLetterToReplay, read_letter, id);
}

Result<std::int64_t> ask_replay(Transaction& tx, domain::WebhookId id, std::optional<std::int64_t> sequence) {
  if (sequence) return tx.execute(kAskReplay, id, *sequence);
  return tx.execute(kAskReplayAll, id);
}

Result<std::int64_t> count_dead_letters(Transaction& tx, domain::WebhookId id) {
  return tx.row(
      kCountLetters, [](const Row& row) { return row.integer(0); }, id);
}

}  // namespace mizan::store
