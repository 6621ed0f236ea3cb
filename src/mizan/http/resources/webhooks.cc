// Webhooks of a project: /api/v1/projects/{project_id}/webhooks.
#include "mizan/app/events/webhooks.h"

#include <charconv>
#include <utility>

#include <boost/json.hpp>

#include "mizan/app/events/deliveries.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object to_json(const app::Webhook& webhook) {
  json::object body{{"webhook_id", to_text(webhook.webhook_id)},
                    {"project_id", to_text(webhook.project_id)},
                    {"url", webhook.url},
                    {"kinds", json::array(webhook.kinds.begin(), webhook.kinds.end())},
                    {"state", webhook.state},
                    {"after_sequence", webhook.after_sequence},
                    {"attempt_count", webhook.attempt_count},
                    {"next_attempt_at", nullptr},
                    {"last_error", nullptr},
                    {"created_at", to_text(webhook.created_at)},
                    {"version", webhook.version}};
  if (webhook.attempt_count > 0) body["next_attempt_at"] = to_text(webhook.next_attempt_at);
  if (!webhook.last_error.empty()) body["last_error"] = webhook.last_error;
  if (!webhook.secret.empty()) body["secret"] = webhook.secret;
  return body;
}

Response with_etag(const app::Webhook& webhook) {
  Response response = json_response(to_json(webhook));
  response.set("ETag", etag(webhook.version));
  return response;
}

Result<app::WebhookKey> key_of(const Call& call) {
  MIZAN_TRY(const auto project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto webhook_id, path_id<domain::WebhookId>(call, "webhook_id"));
  return app::WebhookKey{.project_id = project_id, .webhook_id = webhook_id};
}

Result<Response> create_webhook(app::Service& service, Call& call) {
  app::CreateWebhook command;
  MIZAN_TRY(command.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.url, fields.text("url"));
  MIZAN_TRY(auto kinds, fields.maybe_texts("kinds"));
  if (kinds) command.kinds = *std::move(kinds);
  MIZAN_TRY(const auto from_first, fields.maybe_flag("from_first"));
  command.from_first = from_first.value_or(false);
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto webhook, app::create_webhook(service, call.caller(), command));
  Response response =
      created("/api/v1/projects/" + to_text(webhook.project_id) + "/webhooks/" + to_text(webhook.webhook_id),
              to_json(webhook));
  response.set("ETag", etag(webhook.version));
  return response;
}

Result<Response> list_webhooks(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto webhooks, app::list_webhooks(service, call.caller(), id));
  json::array data;
  for (const auto& webhook : webhooks) data.push_back(to_json(webhook));
  return page_response(std::move(data), std::nullopt);
}

Result<Response> update_webhook(app::Service& service, Call& call) {
  app::UpdateWebhook command;
  MIZAN_TRY(command.key, key_of(call));
  MIZAN_TRY(command.version, if_match(call.request));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(command.url, fields.maybe_text("url"));
  MIZAN_TRY(command.kinds, fields.maybe_texts("kinds"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto webhook, app::update_webhook(service, call.caller(), command));
  return with_etag(webhook);
}

using KeyVerb = Result<app::Webhook> (*)(app::Service&, const app::Caller&, const app::WebhookKey&);

template <KeyVerb kVerb>
Result<Response> by_key(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto webhook, kVerb(service, call.caller(), key));
  return with_etag(webhook);
}

Result<Response> delete_webhook(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_CHECK_OK(app::delete_webhook(service, call.caller(), key));
  return no_content();
}

json::object to_json(const app::DeadLetter& dead) {
  json::object body{{"sequence", dead.letter.sequence},     {"kind", nullptr},
                    {"state", dead.letter.state},           {"attempt_count", dead.letter.attempt_count},
                    {"last_error", dead.letter.last_error}, {"at", to_text(dead.letter.at)}};
  if (!dead.kind.empty()) body["kind"] = dead.kind;
  return body;
}

Result<Response> list_dead_letters(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListDeadLetters query;
  MIZAN_TRY(query.key, key_of(call));
  MIZAN_TRY(const auto after, query_integer(call.request, "after", {0, 9'000'000'000'000'000}));
  query.after = after.value_or(0);
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto letters, app::list_dead_letters(service, call.caller(), query));
  json::array data;
  for (const auto& letter : letters) data.push_back(to_json(letter));
  std::optional<std::string> next;
  if (letters.size() == page.limit) next = std::to_string(letters.back().letter.sequence);
  return page_response(std::move(data), next);
}

Result<Response> replay_dead_letters(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  std::optional<std::int64_t> sequence;
  if (!call.request.body.empty()) {
    MIZAN_TRY(const auto body, json_object_body(call.request));
    BodyFields fields(body);
    MIZAN_TRY(sequence, fields.maybe_integer("sequence"));
    MIZAN_CHECK_OK(fields.nothing_else());
  }
  MIZAN_TRY(const auto count, app::replay_dead_letters(service, call.caller(), key, sequence));
  return json_response(json::object{{"replayed_count", count}});
}

json::object to_json(const app::WebhookDelivery& row) {
  const auto sequence = [&](std::int64_t number) {
    return row.event_count > 0 ? json::value(number) : json::value(nullptr);
  };
  json::object body{{"delivery_id", to_text(row.delivery_id)},
                    {"at", to_text(row.at)},
                    {"cause", row.cause},
                    {"from_sequence", sequence(row.from_sequence)},
                    {"to_sequence", sequence(row.to_sequence)},
                    {"event_count", row.event_count},
                    {"kinds", json::array(row.kinds.begin(), row.kinds.end())},
                    {"attempt_number", row.attempt_number},
                    {"is_taken", row.error.empty()},
                    {"status", row.status},
                    {"error", nullptr},
                    {"seconds", static_cast<double>(row.duration.us) / 1e6}};
  if (!row.error.empty()) body["error"] = row.error;
  return body;
}

Result<Response> list_deliveries(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListDeliveries query;
  MIZAN_TRY(query.key, key_of(call));
  if (page.after) {
    MIZAN_TRY(query.after, parse_id<domain::DeliveryId>(*page.after));
  }
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto rows, app::list_deliveries(service, call.caller(), query));
  json::array data;
  for (const auto& row : rows) data.push_back(to_json(row));
  std::optional<std::string> next;
  if (rows.size() == page.limit) next = to_text(rows.back().delivery_id);
  return page_response(std::move(data), next);
}

Result<Response> redeliver(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto id, path_id<domain::DeliveryId>(call, "delivery_id"));
  MIZAN_TRY(const auto row, app::redeliver(service, call.caller(), key, id));
  return json_response(to_json(row));
}

Result<Response> test_webhook(app::Service& service, Call& call) {
  MIZAN_TRY(const auto key, key_of(call));
  MIZAN_TRY(const auto found, app::test_webhook(service, call.caller(), key));
  json::object body{{"is_taken", found.error.empty()},
                    {"status", found.status},
                    {"error", nullptr},
                    {"seconds", static_cast<double>(found.duration.us) / 1e6}};
  if (!found.error.empty()) body["error"] = found.error;
  return json_response(body);
}

}  // namespace

void add_webhook_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/projects/{project_id}/webhooks";
  const std::string one = all + "/{webhook_id}";
  constexpr auto kChange = rules::Action::change_webhooks;
  constexpr auto kList = rules::Action::list_webhooks;
  router.add(secret({Method::post, all, "create_webhook", kChange, bind(service, create_webhook)}));
  router.add({Method::get, all, "list_webhooks", kList, bind(service, list_webhooks)});
  router.add({Method::get, one, "read_webhook", kList, bind(service, by_key<app::read_webhook>)});
  router.add({Method::patch, one, "update_webhook", kChange, bind(service, update_webhook)});
  router.add({Method::del, one, "delete_webhook", kChange, bind(service, delete_webhook)});
  router.add(
      {Method::post, one + ":pause", "pause_webhook", kChange, bind(service, by_key<app::pause_webhook>)});
  router.add(
      {Method::post, one + ":resume", "resume_webhook", kChange, bind(service, by_key<app::resume_webhook>)});
  router.add(secret({Method::post, one + ":rotate_secret", "rotate_webhook_secret", kChange,
                     bind(service, by_key<app::rotate_webhook_secret>)}));
  router.add({Method::post, one + ":test", "test_webhook", kChange, bind(service, test_webhook)});
  router.add(
      {Method::get, one + "/dead_letters", "list_dead_letters", kList, bind(service, list_dead_letters)});
  router.add({Method::get, one + "/deliveries", "list_deliveries", kList, bind(service, list_deliveries)});
  router.add({Method::post, one + "/deliveries/{delivery_id}:redeliver", "redeliver",
              rules::Action::replay_webhooks, bind(service, redeliver)});
  router.add({Method::post, one + "/dead_letters:replay", "replay_dead_letters",
              rules::Action::replay_webhooks, bind(service, replay_dead_letters)});
}

}  // namespace mizan::http
