#include "mizan/store/postgres/postgres_link.h"

#include <array>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

#include "mizan/store/postgres/postgres_error.h"

namespace mizan::store {
namespace {

// What a URL does not say; what it says wins. Of several hosts, the one that takes writes.
constexpr std::array kDefaults{
    std::pair{"application_name", "mizan"}, std::pair{"target_session_attrs", "read-write"},
    std::pair{"connect_timeout", "5"},      std::pair{"keepalives_idle", "20"},
    std::pair{"keepalives_interval", "5"},  std::pair{"keepalives_count", "3"},
    std::pair{"tcp_user_timeout", "15000"}, std::pair{"client_encoding", "UTF8"},
};

std::string quoted_name(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

std::string settings_of(const PostgresOptions& options) {
  std::string text = "SET client_min_messages = warning;";
  // Pages of long lists are read by an index, in its order, and everything else by a key. A planner that has
  // no statistics of a table yet, or those of the empty table that it was, takes it for short, and would
  // rather read all of it, or gather a long list by a bitmap and sort it.
  text += "SET enable_seqscan = off; SET enable_bitmapscan = off;";
  // Every statement ends in milliseconds. Compiling one takes longer, is done again at each run, and is asked
  // for by the planner's guess at what a long queue would cost to its end.
  text += "SET jit = off;";
  // Planning the walk of a queue took as long as walking it. Lists with filters are better off with a plan
  // for the filters that they are given.
  if (options.plans_once) text += "SET plan_cache_mode = force_generic_plan;";
  text += "SET statement_timeout = " + std::to_string(options.statement_timeout.count()) + ";";
  text += "SET lock_timeout = " + std::to_string(options.lock_timeout.count()) + ";";
  if (!options.schema.empty()) text += "SET search_path TO " + quoted_name(options.schema) + ";";
  return text;
}

void ignore_notice(void*, const char*) {}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
  PQclear(result);
}

void PostgresLink::Finish::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

Result<PostgresLink> PostgresLink::connect(const PostgresOptions& options) {
  std::array<const char*, kDefaults.size() + 2> keywords{};
  std::array<const char*, kDefaults.size() + 2> values{};
  std::size_t count = 0;
  for (const auto& [keyword, value] : kDefaults) {
    keywords[count] = keyword;
    values[count++] = value;
  }
  keywords[count] = "dbname";
  values[count] = options.url.c_str();
  PostgresLink link(PQconnectdbParams(keywords.data(), values.data(), /*expand_dbname=*/1));
  if (link.handle() == nullptr) return fail(ErrorCode::database_unavailable, "no memory for a connection");
  if (PQstatus(link.handle()) != CONNECTION_OK) return fail(link.error("connect"));
  PQsetNoticeProcessor(link.handle(), ignore_notice, nullptr);
  if (PQenterPipelineMode(link.handle()) != 1) return fail(link.error("connect"));
  MIZAN_CHECK_OK(link.run_script(settings_of(options)));
  return link;
}

bool PostgresLink::is_alive() {
  if (PQstatus(handle()) != CONNECTION_OK) return false;
  // Between transactions a server has nothing to say but farewell.
  pollfd socket{.fd = PQsocket(handle()), .events = POLLIN, .revents = 0};
  return poll(&socket, 1, 0) == 0;
}

Result<void> PostgresLink::run_script(const std::string& text) {
  if (PQexitPipelineMode(handle()) != 1) return fail(error("script"));
  const PostgresResult result(PQexec(handle(), text.c_str()));
  const auto status = PQresultStatus(result.get());
  Result<void> outcome;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    outcome = fail(result_error(result.get(), "script"));
  }
  if (PQenterPipelineMode(handle()) != 1 && outcome) return fail(error("script"));
  return outcome;
}

void PostgresLink::cancel() {
  PGcancel* cancel = PQgetCancel(handle());
  if (cancel == nullptr) return;
  std::array<char, 256> reason{};
  PQcancel(cancel, reason.data(), static_cast<int>(reason.size()));
  PQfreeCancel(cancel);
}

Error PostgresLink::error(std::string_view doing) const {
  return postgres_error({}, PQerrorMessage(handle()), doing);
}

Error result_error(const pg_result* result, std::string_view doing) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return postgres_error(state == nullptr ? "" : state, PQresultErrorMessage(result), doing);
}

}  // namespace mizan::store
