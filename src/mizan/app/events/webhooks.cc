#include "mizan/app/events/webhooks.h"

#include <functional>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/events/webhook_settings.h"
#include "mizan/app/events/webhook_signature.h"
#include "mizan/app/projects/change.h"
#include "mizan/app/projects/checks.h"
#include "mizan/outbound/poster.h"
#include "mizan/store/events/events.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

constexpr Duration kBothSecrets = seconds(86'400);

Result<void> check_webhook_url(Service& service, const std::string& url) {
  return outbound::check_url(url, service.shared<WebhookSettings>().terms().allows_private);
}

Webhook without_secrets(Webhook webhook) {
  webhook.secret.clear();
  webhook.previous_secret.clear();
  return webhook;
}

Result<void> note(store::Transaction& tx, const ChangeMaker& maker, const Webhook& webhook,
                  std::string_view kind) {
  const json::object body{{"webhook_id", to_text(webhook.webhook_id)}, {"state", webhook.state}};
  return note_change(tx, maker,
                     {.project_id = webhook.project_id,
                      .kind = kind,
                      .subject = to_text(webhook.webhook_id),
                      .body = json::serialize(body)});
}

// A change of a webhook as it is in the transaction; nothing = leave it as it is.
using Edit = std::function<Result<bool>(Webhook&)>;

Result<Webhook> edit_webhook(Service& service, const Caller& caller, const WebhookKey& key,
                             std::string_view kind, const Edit& edit) {
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<Webhook> {
    MIZAN_TRY(Webhook webhook, known_webhook(tx, key));
    MIZAN_TRY(const bool is_changed, edit(webhook));
    if (!is_changed) return webhook;
    MIZAN_TRY(const bool is_saved, store::update_webhook(tx, webhook));
    if (!is_saved) return changed_meanwhile("webhook", webhook.version);
    ++webhook.version;
    MIZAN_CHECK_OK(note(tx, maker, webhook, kind));
    return webhook;
  });
}

Result<rules::Grant> may_change(const Caller& caller, const WebhookKey& key) {
  return authorize(caller, rules::Action::change_webhooks, rules::at(key.project_id));
}

}  // namespace

Result<Webhook> known_webhook(store::Transaction& tx, const WebhookKey& key) {
  MIZAN_TRY(auto found, store::find_webhook(tx, key.webhook_id));
  if (!found || found->project_id != key.project_id) return no_such("webhook", to_text(key.webhook_id));
  return *std::move(found);
}

Result<Webhook> create_webhook(Service& service, const Caller& caller, const CreateWebhook& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::change_webhooks, rules::at(command.project_id)));
  MIZAN_CHECK_OK(check_webhook_url(service, command.url));
  Webhook wanted{.webhook_id = service.ids().make<domain::WebhookId>(),
                 .project_id = command.project_id,
                 .url = command.url,
                 .secret = make_webhook_secret(),
                 .state = "active",
                 .created_at = service.now()};
  MIZAN_TRY(wanted.kinds, name_set(command.kinds, "/kinds"));
  return service.database().write([&](store::Transaction& tx) -> Result<Webhook> {
    MIZAN_TRY(const auto project, store::find_project(tx, command.project_id));
    if (!project) return no_such("project", to_text(command.project_id));
    Webhook webhook = wanted;
    if (!command.from_first) {
      MIZAN_TRY(webhook.after_sequence, store::newest_sequence(tx, command.project_id));
    }
    MIZAN_CHECK_OK(store::insert_webhook(tx, webhook));
    MIZAN_CHECK_OK(note(tx, {caller, webhook.created_at}, webhook, "webhook.created"));
    return webhook;
  });
}

Result<Webhook> read_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_webhooks, rules::at(key.project_id)));
  MIZAN_TRY(auto webhook,
            service.database().read([&](store::Transaction& tx) { return known_webhook(tx, key); }));
  return without_secrets(std::move(webhook));
}

Result<std::vector<Webhook>> list_webhooks(Service& service, const Caller& caller,
                                           domain::ProjectId project_id) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_webhooks, rules::at(project_id)));
  MIZAN_TRY(auto webhooks, service.database().read([&](store::Transaction& tx) {
    return store::webhooks_of_project(tx, project_id);
  }));
  for (Webhook& webhook : webhooks) webhook = without_secrets(std::move(webhook));
  return webhooks;
}

Result<Webhook> update_webhook(Service& service, const Caller& caller, const UpdateWebhook& command) {
  MIZAN_CHECK_OK(may_change(caller, command.key));
  if (command.url) MIZAN_CHECK_OK(check_webhook_url(service, *command.url));
  MIZAN_TRY(const auto kinds, name_set(command.kinds.value_or(std::vector<std::string>()), "/kinds"));
  const auto edit = [&](Webhook& webhook) -> Result<bool> {
    if (webhook.version != command.version) return changed_meanwhile("webhook", command.version);
    if (command.url) webhook.url = *command.url;
    if (command.kinds) webhook.kinds = kinds;
    return true;
  };
  MIZAN_TRY(auto webhook, edit_webhook(service, caller, command.key, "webhook.updated", edit));
  return without_secrets(std::move(webhook));
}

Result<void> delete_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(may_change(caller, key));
  const ChangeMaker maker{caller, service.now()};
  return service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const Webhook webhook, known_webhook(tx, key));
    MIZAN_CHECK_OK(store::delete_webhook(tx, key.webhook_id));
    return note(tx, maker, webhook, "webhook.deleted");
  });
}

Result<Webhook> pause_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(may_change(caller, key));
  const auto edit = [](Webhook& webhook) -> Result<bool> {
    return std::exchange(webhook.state, "paused") != "paused";
  };
  MIZAN_TRY(auto webhook, edit_webhook(service, caller, key, "webhook.paused", edit));
  return without_secrets(std::move(webhook));
}

Result<Webhook> resume_webhook(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(may_change(caller, key));
  const auto edit = [](Webhook& webhook) -> Result<bool> {
    webhook.state = "active";
    webhook.attempt_count = 0;
    webhook.next_attempt_at = {};
    webhook.last_error.clear();
    return true;
  };
  MIZAN_TRY(auto webhook, edit_webhook(service, caller, key, "webhook.resumed", edit));
  return without_secrets(std::move(webhook));
}

Result<Webhook> rotate_webhook_secret(Service& service, const Caller& caller, const WebhookKey& key) {
  MIZAN_CHECK_OK(may_change(caller, key));
  const std::string secret = make_webhook_secret();
  const Instant until = service.now() + kBothSecrets;
  const auto edit = [&](Webhook& webhook) -> Result<bool> {
    if (webhook.secret == secret) return false;
    webhook.previous_secret = std::exchange(webhook.secret, secret);
    webhook.previous_secret_until = until;
    return true;
  };
  return edit_webhook(service, caller, key, "webhook.secret_rotated", edit);
}

Result<std::vector<DeadLetter>> list_dead_letters(Service& service, const Caller& caller,
                                                  const ListDeadLetters& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_webhooks, rules::at(query.key.project_id)));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<DeadLetter>> {
    MIZAN_CHECK_OK(known_webhook(tx, query.key));
    MIZAN_TRY(auto rows, store::dead_letters_after(tx, query.key.webhook_id, query.after, query.limit));
    std::vector<DeadLetter> letters;
    for (store::DeadLetterRow& row : rows) {
      MIZAN_TRY(const auto event, store::find_event(tx, query.key.project_id, row.sequence));
      letters.push_back({.letter = std::move(row), .kind = event ? event->kind : std::string()});
    }
    return letters;
  });
}

Result<std::int64_t> replay_dead_letters(Service& service, const Caller& caller, const WebhookKey& key,
                                         std::optional<std::int64_t> sequence) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::replay_webhooks, rules::at(key.project_id)));
  return service.database().write([&](store::Transaction& tx) -> Result<std::int64_t> {
    MIZAN_CHECK_OK(known_webhook(tx, key));
    MIZAN_TRY(const auto count, store::ask_replay(tx, key.webhook_id, sequence));
    if (sequence && count == 0) return no_such("dead letter", std::to_string(*sequence));
    return count;
  });
}

}  // namespace mizan::app
