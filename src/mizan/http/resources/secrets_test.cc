// What an answer or a request keeps secret stays out of the database: the contract marks it (x-secret), the
// routes know it (Secrecy), and the rows of Idempotency-Keys do not hold it.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "mizan/http/contract/contract_text.h"
#include "mizan/http/resources/api.h"
#include "support/api_server.h"
#include "support/authenticator_app.h"
#include "support/database_text.h"
#include "support/http_client.h"

namespace mizan::http {
namespace {

namespace json = boost::json;
using test::HttpAnswer;

const json::object& contract() {
  static const json::object document = json::parse(kContractJson).as_object();
  return document;
}

bool sounds_secret(std::string_view name) {
  constexpr std::array kWords{"secret", "token", "password", "recovery_code", "totp_code", "otpauth"};
  constexpr std::array kHarmless{"has_second_factor", "lease_token"};
  if (std::ranges::find(kHarmless, name) != kHarmless.end()) return false;
  return std::ranges::any_of(kWords,
                             [&](const char* word) { return name.find(word) != std::string_view::npos; });
}

// Calls see(name, schema) for every property below a schema, through references.
template <class See>
void each_property(const json::value& schema, const See& see, std::set<std::string>& seen) {
  if (schema.is_array())
    for (const json::value& part : schema.as_array()) each_property(part, see, seen);
  if (!schema.is_object()) return;
  for (const auto& [key, value] : schema.as_object()) {
    if (key == "$ref") {
      if (!value.as_string().starts_with("#/components/schemas/")) continue;
      const std::string name(value.as_string().subview(std::string_view("#/components/schemas/").size()));
      if (seen.insert(name).second)
        each_property(contract().at("components").at("schemas").at(name), see, seen);
      continue;
    }
    if (key == "properties" && value.is_object())
      for (const auto& [name, property] : value.as_object()) see(std::string_view(name), property);
    each_property(value, see, seen);
  }
}

bool is_marked(const json::value& property) {
  return property.is_object() && property.as_object().contains("x-secret");
}

bool carries_secret(const json::object& operation) {
  bool found = false;
  std::set<std::string> seen;
  const auto look = [&](const json::value& side) {
    const auto see = [&](std::string_view, const json::value& property) { found |= is_marked(property); };
    each_property(side, see, seen);
  };
  if (const auto* body = operation.if_contains("requestBody")) look(*body);
  if (const auto* answers = operation.if_contains("responses")) look(*answers);
  return found;
}

TEST(Secrets, are_marked_in_the_contract_by_whatever_name) {
  int count = 0;
  std::set<std::string> seen;
  const auto see = [&](std::string_view name, const json::value& property) {
    if (sounds_secret(name)) {
      EXPECT_TRUE(is_marked(property)) << name << " needs x-secret, or a place among the harmless names";
      ++count;
    }
  };
  each_property(contract().at("components").at("schemas"), see, seen);
  EXPECT_GT(count, 15);
}

TEST(Secrets, of_the_contract_are_secret_in_the_routes_and_nothing_else_is) {
  std::set<std::string> in_contract, in_routes;
  for (const auto& [path, methods] : contract().at("paths").as_object())
    if (const auto* post = methods.as_object().if_contains("post"); post && carries_secret(post->as_object()))
      in_contract.emplace(post->at("operationId").as_string());
  const test::ApiServer api;
  for (const auto& route : api.router().routes())
    if (route->secrecy == Secrecy::secret) in_routes.insert(route->operation);
  EXPECT_EQ(in_contract, in_routes);
}

// Calls every route that answers or takes a secret and can carry an Idempotency-Key, twice.
struct SecretCalls {
  test::ApiServer api;
  test::HttpClient client{api.port()};
  std::set<std::string> operations;  ///< that were called
  std::set<std::string> secrets;     ///< that were told
  std::map<std::string, HttpAnswer> retries;

  HttpAnswer post(const std::string& target, const std::string& body, const std::string& key) {
    const auto& session = api.owner_session();
    return client.request("POST", target, body,
                          {session.cookie_line, session.csrf_line, "Idempotency-Key: " + key});
  }
  json::value call(const std::string& operation, const std::string& target, const std::string& body = "{}") {
    const HttpAnswer answer = post(target, body, operation);
    EXPECT_LT(answer.status, 300) << operation << " " << answer.body;
    operations.insert(operation);
    retries[operation] = post(target, body, operation);
    json::value told = answer.body.empty() ? json::value() : json::parse(answer.body);
    for (const char* name : {"secret", "token", "link", "otpauth_uri"})
      if (told.is_object())
        if (const auto* text = told.as_object().if_contains(name)) secrets.emplace(text->as_string());
    if (told.is_object())
      if (const auto* codes = told.as_object().if_contains("recovery_codes"))
        for (const json::value& code : codes->as_array()) secrets.emplace(code.as_string());
    return told;
  }
  void call_all();
};

void SecretCalls::call_all() {
  constexpr const char* kPassword = R"({"password":"correct horse battery staple"})";
  call("create_api_key", "/api/v1/api_keys", R"({"name":"k","role":"owner"})");
  call("create_invite", "/api/v1/invites", R"({"email":"a@example.org","role":"auditor"})");
  const auto seed = call("enrol_totp", "/api/v1/profile/totp:enrol");
  const std::string code = test::code_of_now(std::string_view(seed.at("secret").as_string()));
  call("confirm_totp", "/api/v1/profile/totp:confirm", R"({"totp_code":")" + code + R"("})");
  call("renew_recovery_codes", "/api/v1/profile/recovery_codes", kPassword);
  call("disable_totp", "/api/v1/profile/totp:disable", kPassword);
  const std::string project =
      client.request("POST", "/api/v1/projects", R"({"name":"p"})", {api.owner()}).header("location");
  const auto webhook = call("create_webhook", project + "/webhooks", R"({"url":"https://example.org/hook"})");
  const std::string id(webhook.at("webhook_id").as_string());
  call("rotate_webhook_secret", project + "/webhooks/" + id + ":rotate_secret");
  secrets.insert({"another horse battery staple", "correct horse battery staple"});
  call("change_password", "/api/v1/profile:change_password",
       R"({"old_password":"correct horse battery staple","new_password":"another horse battery staple"})");
}

TEST(Secrets, are_not_kept_with_idempotency_keys_and_a_retry_is_told_so) {
  SecretCalls calls;
  calls.call_all();
  std::set<std::string> expected;
  for (const auto& route : calls.api.router().routes())
    if (route->secrecy == Secrecy::secret &&
        rules::permission(route->action).place != rules::ActionPlace::nobody)
      expected.insert(route->operation);
  EXPECT_EQ(calls.operations, expected) << "every such route is called here";
  for (const auto& [operation, retry] : calls.retries) {
    const bool had_no_body = operation == "change_password" || operation == "disable_totp";
    EXPECT_EQ(retry.status, had_no_body ? 204 : 409) << operation << " " << retry.body;
    if (!had_no_body) {
      EXPECT_EQ(json::parse(retry.body).at("code").as_string(), "idempotency_key_reused") << operation;
    }
  }
  const auto where = json::parse(calls.retries.at("create_api_key").body).at("where").as_string();
  EXPECT_TRUE(where.starts_with("/api/v1/api_keys/key_")) << "so that it can be revoked: " << where;

  const std::string kept = test::text_of_columns(*calls.api.database(), "idempotency_keys",
                                                 {"caller", "idempotency_key", "status", "headers", "body"});
  EXPECT_THAT(kept, testing::HasSubstr("create_api_key 201")) << "the calls are noted";
  EXPECT_GT(calls.secrets.size(), 25U);
  for (const std::string& secret : calls.secrets) EXPECT_THAT(kept, testing::Not(testing::HasSubstr(secret)));
}

TEST(Secrets, that_are_only_recognised_are_nowhere_in_the_database) {
  SecretCalls calls;
  calls.call_all();
  const std::string bytes = test::bytes_of_file(calls.api.database().url());
  ASSERT_THAT(bytes, testing::HasSubstr("owner@example.org"));
  std::set<std::string> signing;  // a webhook's secrets sign what is sent, so they must be there
  const std::string webhooks =
      test::text_of_columns(*calls.api.database(), "webhooks", {"secret", "previous_secret"});
  for (const std::string& secret : calls.secrets)
    if (webhooks.find(secret) != std::string::npos) {
      signing.insert(secret);
    } else {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
    }
  EXPECT_EQ(signing.size(), 2U);
  const std::string& cookie = calls.api.owner_session().cookie_line;
  EXPECT_EQ(bytes.find(cookie.substr(cookie.find('=') + 1)), std::string::npos);
  const std::string& key = calls.api.owner();
  EXPECT_EQ(bytes.find(key.substr(key.rfind(' ') + 1)), std::string::npos);
}

TEST(Secrets, a_retry_on_a_secret_route_with_another_body_is_refused) {
  SecretCalls calls;
  calls.call("create_api_key", "/api/v1/api_keys", R"({"name":"k","role":"owner"})");
  const HttpAnswer other =
      calls.post("/api/v1/api_keys", R"({"name":"another","role":"owner"})", "create_api_key");
  EXPECT_EQ(json::parse(other.body).at("code").as_string(), "idempotency_key_reused");
}

}  // namespace
}  // namespace mizan::http
