// Invitations: /api/v1/invites.
#include "mizan/app/accounts/invites.h"

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object invite_json(const store::InviteRow& invite) {
  json::object body = membership_json(
      MembershipTexts{.role = invite.role, .scope = invite.scope, .scope_id = invite.scope_id});
  body["invite_id"] = to_text(invite.invite_id);
  body["email"] = invite.email;
  body["created_at"] = to_text(invite.created_at);
  body["expires_at"] = to_text(invite.expires_at);
  return body;
}

Result<Response> create_invite(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::NewInvite command;
  MIZAN_TRY(command.email, fields.text("email"));
  MIZAN_TRY(command.membership, membership_fields(fields));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto made, app::create_invite(service, call.caller(), command));
  json::object answer = invite_json(made.invite);
  answer["token"] = made.token;
  answer["link"] = "/invite#" + made.token;  // after the #: it reaches no server's log
  return created("/api/v1/invites/" + to_text(made.invite.invite_id), answer);
}

Result<Response> list_invites(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  MIZAN_TRY(const auto after, after_id<domain::InviteId>(page));
  MIZAN_TRY(const auto found,
            app::list_invites(service, call.caller(), after, static_cast<std::int64_t>(page.limit)));
  json::array data;
  for (const store::InviteRow& invite : found.invites) data.emplace_back(invite_json(invite));
  return page_response(std::move(data), found.next ? std::optional(to_text(*found.next)) : std::nullopt);
}

Result<Response> revoke_invite(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::InviteId>(call, "invite_id"));
  MIZAN_CHECK_OK(app::revoke_invite(service, call.caller(), id));
  return no_content();
}

Result<Response> look_at_invite(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  MIZAN_TRY(const auto token, fields.text("token"));
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto view, app::look_at_invite(service, token));
  json::object answer = invite_json(view.invite);
  answer["has_account"] = view.has_account;
  return json_response(answer);
}

Result<Response> accept_invite(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::AcceptInvite command;
  MIZAN_TRY(command.token, fields.text("token"));
  MIZAN_TRY(command.credentials.password, fields.text("password"));
  MIZAN_TRY(const auto name, fields.maybe_text("name"));
  MIZAN_TRY(const auto language, fields.maybe_text("language"));
  MIZAN_TRY(const auto totp_code, fields.maybe_text("totp_code"));
  MIZAN_TRY(const auto recovery_code, fields.maybe_text("recovery_code"));
  MIZAN_CHECK_OK(fields.nothing_else());
  const app::SessionOrigin origin = origin_of(call);
  command.name = name.value_or("");
  command.language = language.value_or("en");
  command.credentials.totp_code = totp_code.value_or("");
  command.credentials.recovery_code = recovery_code.value_or("");
  command.credentials.address = origin.address;
  command.credentials.agent = origin.agent;
  command.credentials.request_id = call.request.request_id;
  MIZAN_TRY(const auto view, app::look_at_invite(service, command.token));
  const auto signed_in = app::accept_invite(service, command);
  if (!signed_in) return refused_sign_in(service, call, view.invite.email, signed_in.error());
  return signed_in_response(call, *signed_in);
}

}  // namespace

void add_invite_routes(Router& router, app::Service& service) {
  const std::string all = "/api/v1/invites";
  router.add(secret(
      {Method::post, all, "create_invite", rules::Action::change_invites, bind(service, create_invite)}));
  router.add({Method::get, all, "list_invites", rules::Action::list_invites, bind(service, list_invites)});
  router.add({Method::del, all + "/{invite_id}", "revoke_invite", rules::Action::change_invites,
              bind(service, revoke_invite)});
  router.add(secret({Method::post, all + ":look", "look_at_invite", rules::Action::accept_invite,
                     bind(service, look_at_invite)}));
  router.add(secret({Method::post, all + ":accept", "accept_invite", rules::Action::accept_invite,
                     bind(service, accept_invite)}));
}

}  // namespace mizan::http
