// Webhooks of a project: addresses that are told of its events.
//
//   active ⇄ paused        a paused webhook keeps its place: what came meanwhile is delivered when it goes on
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/events/webhooks.h"

namespace mizan::app {

/// Verbs that read or edit a webhook return it without its secrets; creating one and rotating its secret show
/// the secret that one time.
using Webhook = store::WebhookRow;

struct WebhookKey {
  domain::ProjectId project_id;
  domain::WebhookId webhook_id;
};

/// With its secrets, for code that asked already who wants to know.
/// @errors not_found
[[nodiscard]] Result<Webhook> known_webhook(store::Transaction& tx, const WebhookKey& key);

struct CreateWebhook {
  domain::ProjectId project_id;
  std::string url;
  std::vector<std::string> kinds{};  ///< empty = all
  bool from_first = false;           ///< deliver every event that there is, instead of those from now on
};
/// @errors invalid_argument: the URL, or an address that is not public; not_found: the project
[[nodiscard]] Result<Webhook> create_webhook(Service& service, const Caller& caller,
                                             const CreateWebhook& command);

/// @errors not_found
[[nodiscard]] Result<Webhook> read_webhook(Service& service, const Caller& caller, const WebhookKey& key);
[[nodiscard]] Result<std::vector<Webhook>> list_webhooks(Service& service, const Caller& caller,
                                                         domain::ProjectId project_id);

struct UpdateWebhook {
  WebhookKey key;
  std::int64_t version = 0;
  std::optional<std::string> url{};
  std::optional<std::vector<std::string>> kinds{};
};
/// @errors precondition_failed, not_found, invalid_argument
[[nodiscard]] Result<Webhook> update_webhook(Service& service, const Caller& caller,
                                             const UpdateWebhook& command);
/// @errors not_found
[[nodiscard]] Result<void> delete_webhook(Service& service, const Caller& caller, const WebhookKey& key);

/// Pausing twice is pausing once. Resuming forgets earlier failures: the next attempt is made at once.
/// @errors not_found
[[nodiscard]] Result<Webhook> pause_webhook(Service& service, const Caller& caller, const WebhookKey& key);
[[nodiscard]] Result<Webhook> resume_webhook(Service& service, const Caller& caller, const WebhookKey& key);

/// Makes a new secret; for a day requests are signed with both, so that the receiver can change over.
/// @errors not_found
[[nodiscard]] Result<Webhook> rotate_webhook_secret(Service& service, const Caller& caller,
                                                    const WebhookKey& key);

/// A dead letter with the event that it is about.
struct DeadLetter {
  store::DeadLetterRow letter;
  std::string kind;  ///< of the event; empty when it is no longer kept
};
struct ListDeadLetters {
  WebhookKey key;
  std::int64_t after = 0;
  std::int64_t limit = 100;
};
/// Events that the receiver did not take in all attempts, oldest first.
/// @errors not_found
[[nodiscard]] Result<std::vector<DeadLetter>> list_dead_letters(Service& service, const Caller& caller,
                                                                const ListDeadLetters& query);
/// Asks for one more attempt of a letter (nothing = of all). A letter that is taken is gone from the list.
/// @out how many
/// @errors not_found: the webhook, or the letter
[[nodiscard]] Result<std::int64_t> replay_dead_letters(Service& service, const Caller& caller,
                                                       const WebhookKey& key,
                                                       std::optional<std::int64_t> sequence);

/// How a receiver answered one signed request without events.
struct WebhookTest {
  int status = 0;       ///< of the answer; 0 = there was none
  std::string error{};  ///< empty = it was taken
  Duration duration{};
};
/// Sends it now, also when the webhook is paused; nothing of the webhook changes. It is in the log of
/// deliveries (deliveries.h).
/// @errors not_found
/// @cost   waits for the receiver, as long as a delivery would
[[nodiscard]] Result<WebhookTest> test_webhook(Service& service, const Caller& caller, const WebhookKey& key);

}  // namespace mizan::app
