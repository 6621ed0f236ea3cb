// The audit log: /api/v1/audit_log.
#include "mizan/app/access/audit_log.h"

#include <charconv>

#include <boost/json.hpp>

#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object entry_json(const store::AuditEntryRow& entry) {
  json::error_code broken;
  json::value details = json::parse(entry.details, broken);
  if (broken) details = json::object();
  return {{"entry_number", entry.entry_number},
          {"at", to_text(entry.at)},
          {"actor", entry.actor},
          {"action", entry.action},
          {"subject", entry.subject},
          {"details", std::move(details)},
          {"address", entry.address},
          {"request_id", entry.request_id},
          {"previous_hash", entry.previous_hash},
          {"hash", entry.hash}};
}

Result<std::optional<std::int64_t>> number_cursor(const PageQuery& page) {
  if (!page.after) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const char* end = page.after->data() + page.after->size();
  const auto read = std::from_chars(page.after->data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1)
    return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  return std::optional(number);
}

std::string text_query(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

Result<Response> list_audit_log(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "action", "actor", "subject"}));
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ListAuditEntries query{.limit = static_cast<std::int64_t>(page.limit)};
  MIZAN_TRY(query.before, number_cursor(page));
  query.filter = {.action = text_query(call.request, "action"),
                  .actor = text_query(call.request, "actor"),
                  .subject = text_query(call.request, "subject")};
  MIZAN_TRY(const auto found, app::list_audit_entries(service, call.caller(), query));
  json::array data;
  for (const store::AuditEntryRow& entry : found.entries) data.emplace_back(entry_json(entry));
  return page_response(std::move(data),
                       found.next ? std::optional(std::to_string(*found.next)) : std::nullopt);
}

Result<Response> verify_audit_log(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {}));
  MIZAN_TRY(const auto verdict, app::verify_audit_log(service, call.caller()));
  json::object body{
      {"entry_count", verdict.entry_count}, {"head_hash", verdict.head_hash}, {"problem", nullptr}};
  if (!verdict.problem.empty()) body["problem"] = verdict.problem;
  return json_response(body);
}

}  // namespace

void add_audit_log_routes(Router& router, app::Service& service) {
  router.add({Method::get, "/api/v1/audit_log", "list_audit_log", rules::Action::read_audit_log,
              bind(service, list_audit_log)});
  router.add({Method::get, "/api/v1/audit_log:verify", "verify_audit_log", rules::Action::read_audit_log,
              bind(service, verify_audit_log)});
}

}  // namespace mizan::http
