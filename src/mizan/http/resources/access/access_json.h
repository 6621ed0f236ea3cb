// JSON that the resources of accounts share: memberships, profiles, the answer to signing in.
#pragma once

#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/accounts/sign_in.h"
#include "mizan/base/result.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/router.h"
#include "mizan/rules/access.h"

namespace mizan::http {

/// {"role", "scope", "project_id", "supplier_id"}
[[nodiscard]] boost::json::object membership_json(const rules::Membership& membership);
/// The same from a row's texts; a row that makes no sense is an internal error.
struct MembershipTexts {
  std::string_view role;
  std::string_view scope;
  std::int64_t scope_id = 0;
};
[[nodiscard]] boost::json::object membership_json(const MembershipTexts& row);

/// The members role, project_id and supplier_id of a body; neither id = the organisation.
/// @errors invalid_argument
[[nodiscard]] Result<rules::Membership> membership_fields(BodyFields& fields);

/// What an account is to its own person.
[[nodiscard]] boost::json::object account_json(const store::AccountRow& account);

/// Where a session is being made from.
[[nodiscard]] app::SessionOrigin origin_of(const Call& call);

/// What a refused attempt to sign in is answered: when it is for too many failures, with the wait in
/// Retry-After.
[[nodiscard]] Result<Response> refused_sign_in(app::Service& service, const Call& call,
                                               std::string_view email, const Error& error);

/// 201 with the session's cookie.
[[nodiscard]] Response signed_in_response(const Call& call, const app::SignedIn& signed_in);

}  // namespace mizan::http
