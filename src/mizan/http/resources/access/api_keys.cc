// API keys: /api/v1/api_keys.
#include "mizan/app/accounts/api_keys.h"

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::value maybe_instant(const std::optional<Instant>& at) {
  return at ? json::value(to_text(*at)) : json::value(nullptr);
}

json::object api_key_json(const store::ApiKeyRow& key) {
  json::object body =
      membership_json(MembershipTexts{.role = key.role, .scope = key.scope, .scope_id = key.scope_id});
  body["api_key_id"] = to_text(key.api_key_id);
  body["name"] = key.name;
  body["shown_prefix"] = key.shown_prefix;
  body["account_id"] = to_text(key.account_id);
  body["created_at"] = to_text(key.created_at);
  body["expires_at"] = maybe_instant(key.expires_at);
  body["last_used_at"] = maybe_instant(key.last_used_at);
  body["revoked_at"] = maybe_instant(key.revoked_at);
  return body;
}

Result<Response> create_api_key(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::NewApiKey command;
  MIZAN_TRY(command.name, fields.text("name"));
  MIZAN_TRY(command.membership, membership_fields(fields));
  MIZAN_TRY(const auto expires_at, fields.maybe_text("expires_at"));
  MIZAN_CHECK_OK(fields.nothing_else());
  if (expires_at) {
    auto at = parse_instant(*expires_at);
    if (!at) return fail(ErrorCode::invalid_argument, "this is no RFC 3339 time", "/expires_at");
    command.expires_at = *at;
  }
  MIZAN_TRY(const auto made, app::create_api_key(service, call.caller(), command));
  json::object answer = api_key_json(made.key);
  answer["secret"] = made.secret;
  return created("/api/v1/api_keys/" + to_text(made.key.api_key_id), answer);
}

Result<Response> list_api_keys(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "of_everybody"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  MIZAN_TRY(const auto after, after_id<domain::ApiKeyId>(page));
  MIZAN_TRY(const bool of_everybody, query_flag(call.request, "of_everybody"));
  MIZAN_TRY(const auto keys, app::list_api_keys(service, call.caller(),
                                                {.of_everybody = of_everybody,
                                                 .after = after,
                                                 .limit = static_cast<std::int64_t>(page.limit)}));
  return id_page(keys, page, api_key_json, [](const auto& key) { return key.api_key_id; });
}

Result<Response> revoke_api_key(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::ApiKeyId>(call, "api_key_id"));
  MIZAN_CHECK_OK(app::revoke_api_key(service, call.caller(), id));
  return no_content();
}

}  // namespace

void add_api_key_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/api_keys";
  router.add(secret(
      {Method::post, all, "create_api_key", rules::Action::change_api_keys, bind(service, create_api_key)}));
  router.add({Method::get, all, "list_api_keys", rules::Action::list_api_keys, bind(service, list_api_keys)});
  router.add({Method::del, all + "/{api_key_id}", "revoke_api_key", rules::Action::change_api_keys,
              bind(service, revoke_api_key)});
}

}  // namespace mizan::http
