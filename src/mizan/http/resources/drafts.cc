// Drafts: /api/v1/assignments/{assignment_id}/draft.
#include "mizan/app/work/drafts.h"

#include <boost/json.hpp>

#include "mizan/http/body_fields.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

boost::json::object draft_json(const store::DraftRow& draft) {
  return {{"assignment_id", to_text(draft.assignment_id)},
          {"answers", boost::json::parse(draft.answers)},
          {"saved_at", to_text(draft.saved_at)}};
}

Result<Response> save_draft(app::Service& service, Call& call) {
  app::SaveDraft command;
  MIZAN_TRY(command.assignment, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(const auto body, json_object_body(call.request));
  BodyFields fields(body);
  const boost::json::value* answers = fields.maybe_value("answers");
  if (answers == nullptr) return fail(ErrorCode::invalid_argument, "the answers are missing", "/answers");
  command.answers = *answers;
  MIZAN_CHECK_OK(fields.nothing_else());
  MIZAN_TRY(const auto draft, app::save_draft(service, call.caller(), command));
  return json_response(draft_json(draft));
}

Result<Response> read_draft(app::Service& service, Call& call) {
  MIZAN_TRY(const auto id, path_id<domain::AssignmentId>(call, "assignment_id"));
  MIZAN_TRY(const auto draft, app::read_draft(service, call.caller(), id));
  if (!draft) return fail(ErrorCode::not_found, "the assignment has no draft");
  return json_response(draft_json(*draft));
}

}  // namespace

void add_draft_routes(Router& router, app::Service& service) {
  const std::string path = "/api/v1/assignments/{assignment_id}/draft";
  router.add({Method::put, path, "save_draft", rules::Action::save_draft, bind(service, save_draft)});
  router.add({Method::get, path, "read_draft", rules::Action::read_draft, bind(service, read_draft)});
}

}  // namespace mizan::http
