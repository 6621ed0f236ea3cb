// The first start: /api/v1/setup.
#include <boost/json.hpp>

#include "mizan/app/accounts/set_up.h"
#include "mizan/http/body_fields.h"
#include "mizan/http/resources/access/access_json.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

Result<Response> read_setup(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const bool is_needed, app::needs_set_up(service));
  return json_response(boost::json::object{{"is_needed", is_needed}});
}

Result<Response> set_up(app::Service& service, Call& call) {
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  app::SetUp command;
  MIZAN_TRY(command.token, fields.text("token"));
  MIZAN_TRY(command.account.email, fields.text("email"));
  MIZAN_TRY(command.account.name, fields.text("name"));
  MIZAN_TRY(command.account.password, fields.text("password"));
  MIZAN_TRY(const auto language, fields.maybe_text("language"));
  MIZAN_CHECK_OK(fields.nothing_else());
  command.account.language = language.value_or("en");
  command.origin = origin_of(call);
  command.request_id = call.request.request_id;
  MIZAN_TRY(const auto signed_in, app::set_up(service, command));
  return signed_in_response(call, signed_in);
}

}  // namespace

void add_setup_routes(Router& router, app::Service& service) {
  const std::string path = "/api/v1/setup";
  router.add({Method::get, path, "read_setup", rules::Action::read_public, bind(service, read_setup)});
  router.add(secret({Method::post, path, "set_up", rules::Action::set_up, bind(service, set_up)}));
}

}  // namespace mizan::http
