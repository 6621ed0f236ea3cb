// Who holds which role: /api/v1/members; suspending and erasing: /api/v1/accounts.
#include "mizan/app/accounts/members.h"

#include <charconv>

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object member_json(const store::MemberRow& member) {
  const store::MembershipRow& held = member.membership;
  json::object body =
      membership_json(MembershipTexts{.role = held.role, .scope = held.scope, .scope_id = held.scope_id});
  body["account_id"] = to_text(held.account_id);
  body["email"] = member.email ? json::value(*member.email) : json::value(nullptr);
  body["name"] = member.name;
  body["state"] = member.state;
  body["granted_at"] = to_text(held.granted_at);
  return body;
}

/// "acc_…:scope:scope id:role"
std::string cursor_of(const store::MembershipRow& row) {
  return to_text(row.account_id) + ":" + row.scope + ":" + std::to_string(row.scope_id) + ":" + row.role;
}

Result<store::MemberPlace> place_of(const std::optional<std::string>& cursor) {
  if (!cursor) return store::MemberPlace{};
  const auto refuse = [] {
    return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  };
  std::vector<std::string_view> parts;
  for (std::string_view rest = *cursor; parts.size() < 4;) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    parts.push_back(rest.substr(0, end));
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  if (parts.size() != 4) return refuse();
  const auto account = parse_id<domain::AccountId>(parts[0]);
  if (!account) return refuse();
  store::MemberPlace place{
      .account_id = *account, .scope = std::string(parts[1]), .role = std::string(parts[3])};
  const auto read = std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), place.scope_id);
  if (read.ec != std::errc{} || read.ptr != parts[2].data() + parts[2].size()) return refuse();
  return place;
}

Result<std::optional<rules::Scope>> scope_query(const Request& request) {
  MIZAN_TRY(const auto project, query_id<domain::ProjectId>(request, "project_id"));
  MIZAN_TRY(const auto supplier, query_id<domain::SupplierId>(request, "supplier_id"));
  if (project && supplier)
    return fail(ErrorCode::invalid_argument, "name a project or a supplier, not both", "supplier_id");
  if (project) return std::optional(rules::at(*project));
  if (supplier) return std::optional(rules::at(*supplier));
  return std::optional<rules::Scope>();
}

Result<Response> list_members(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "project_id", "supplier_id"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::MemberQuery query;
  MIZAN_TRY(query.scope, scope_query(call.request));
  MIZAN_TRY(query.after, place_of(page.after));
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto members, app::list_members(service, call.caller(), query));
  json::array data;
  for (const store::MemberRow& member : members) data.emplace_back(member_json(member));
  std::optional<std::string> next;
  if (!members.empty() && members.size() == page.limit) next = cursor_of(members.back().membership);
  return page_response(std::move(data), next);
}

struct RoleOfAccount {
  domain::AccountId account;
  rules::Membership membership;
};

Result<RoleOfAccount> role_of_account(const Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  RoleOfAccount read;
  MIZAN_TRY(read.account, fields.id<domain::AccountId>("account_id"));
  MIZAN_TRY(read.membership, membership_fields(fields));
  MIZAN_CHECK_OK(fields.nothing_else());
  return read;
}

Result<Response> give_role(app::Service& service, Call& call) {
  MIZAN_TRY(const auto role, role_of_account(call));
  MIZAN_CHECK_OK(app::give_role(service, call.caller(), role.account, role.membership));
  return no_content();
}

Result<Response> take_role(app::Service& service, Call& call) {
  MIZAN_TRY(const auto role, role_of_account(call));
  MIZAN_CHECK_OK(app::take_role(service, call.caller(), role.account, role.membership));
  return no_content();
}

Result<Response> suspend_account(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AccountId>(call, "account_id"));
  MIZAN_CHECK_OK(app::suspend_account(service, call.caller(), id));
  return no_content();
}

Result<Response> resume_account(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AccountId>(call, "account_id"));
  MIZAN_CHECK_OK(app::resume_account(service, call.caller(), id));
  return no_content();
}

Result<Response> erase_account(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AccountId>(call, "account_id"));
  MIZAN_CHECK_OK(app::erase_account(service, call.caller(), id));
  return no_content();
}

}  // namespace

void add_member_routes(Router& router, app::Service& service) {
  const std::string members = "/api/v1/members";
  const std::string account = "/api/v1/accounts/{account_id}";
  router.add(
      {Method::get, members, "list_members", rules::Action::list_members, bind(service, list_members)});
  router.add({Method::post, members + ":give_role", "give_role", rules::Action::change_members,
              bind(service, give_role)});
  router.add({Method::post, members + ":take_role", "take_role", rules::Action::change_members,
              bind(service, take_role)});
  router.add({Method::post, account + ":suspend", "suspend_account", rules::Action::suspend_account,
              bind(service, suspend_account)});
  router.add({Method::post, account + ":resume", "resume_account", rules::Action::suspend_account,
              bind(service, resume_account)});
  router.add({Method::post, account + ":erase", "erase_account", rules::Action::erase_account,
              bind(service, erase_account)});
}

}  // namespace mizan::http
