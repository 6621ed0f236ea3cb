#include "mizan/store/postgres/postgres_connection.h"

#include <algorithm>
#include <utility>

#include <libpq-fe.h>

#include "mizan/store/postgres/postgres_error.h"
#include "mizan/store/postgres/postgres_row.h"
#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

constexpr Query kBeginRead{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Query kBeginWrite{"begin_write", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"};
constexpr Query kCommit{"commit", "COMMIT"};
constexpr Query kRollback{"rollback", "ROLLBACK"};
constexpr Query kSavepoint{"savepoint", "SAVEPOINT point"};
constexpr Query kRelease{"release", "RELEASE point"};
constexpr Query kRollbackTo{"rollback_to", "ROLLBACK TO point"};

// More are not left unanswered: their answers take memory on both sides.
constexpr std::size_t kMostExpected = 256;

bool begins_with_select(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n\t"), text.size()));
  return text.starts_with("SELECT");
}

// Rows of one result, in order. What the sink refuses is the outcome.
Result<void> give_rows(const pg_result* result, const RowSink& sink) {
  const int count = PQntuples(result);
  for (int row = 0; row < count; ++row) MIZAN_CHECK_OK(sink(PostgresRow(result, row)));
  return {};
}

std::int64_t changed_rows(pg_result* result) {
  const std::string_view text = PQcmdTuples(result);
  std::int64_t count = 0;
  for (const char c : text) count = count * 10 + (c - '0');
  return count;
}

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const PostgresOptions& options) {
  auto connection = std::unique_ptr<PostgresConnection>(new PostgresConnection(options));
  MIZAN_CHECK_OK(connection->connect());
  return connection;
}

Result<void> PostgresConnection::connect() {
  link_.reset();
  statements_.clear();
  expected_.clear();
  foreseen_.clear();
  broken_ = true;
  MIZAN_TRY(auto link, PostgresLink::connect(options_));
  link_.emplace(std::move(link));
  broken_ = false;
  return {};
}

Result<void> PostgresConnection::begin(Access access) {
  if (broken_ || !link_ || !link_->is_alive()) MIZAN_CHECK_OK(connect());
  foreseen_.clear();
  return send(access == Access::write ? kBeginWrite : kBeginRead, {});
}

Result<void> PostgresConnection::commit() {
  // The server would answer such a COMMIT with a ROLLBACK, and without an error.
  if (!broken_ && PQtransactionStatus(link_->handle()) == PQTRANS_INERROR) {
    return fail(ErrorCode::internal, "a statement of the transaction has failed", "commit");
  }
  MIZAN_CHECK_OK(send(kCommit, {}));
  MIZAN_TRY([[maybe_unused]] const auto changed, collect(RowSink{}, Delivery::at_once));
  return {};
}

void PostgresConnection::rollback() {
  if (broken_ || !settle() || PQtransactionStatus(link_->handle()) == PQTRANS_IDLE) return;
  if (send(kRollback, {})) (void)collect(RowSink{}, Delivery::at_once);
}

Result<void> PostgresConnection::savepoint() {
  return send(kSavepoint, {});
}

Result<void> PostgresConnection::release() {
  MIZAN_CHECK_OK(send(kRelease, {}));
  MIZAN_TRY([[maybe_unused]] const auto changed, collect(RowSink{}, Delivery::at_once));
  return {};
}

Result<void> PostgresConnection::rollback_to() {
  // What was sent may fail, and would take what follows in the pipeline with it.
  MIZAN_CHECK_OK(settle());
  MIZAN_CHECK_OK(send(kRollbackTo, {}));
  return release();
}

Result<std::int64_t> PostgresConnection::run(const Query& query, Params params, const RowSink& sink) {
  MIZAN_TRY(const auto foreseen, find_foreseen(query, params));
  if (foreseen != ForeseenAnswers::kNone) return give_foreseen(foreseen, sink);
  MIZAN_CHECK_OK(send(query, params));
  return collect(sink, Delivery::at_once);
}

Result<void> PostgresConnection::stream(const Query& query, Params params, const RowSink& sink) {
  MIZAN_CHECK_OK(send(query, params));
  MIZAN_TRY([[maybe_unused]] const auto changed, collect(sink, Delivery::row_by_row));
  return {};
}

Result<void> PostgresConnection::queue(const Query& query, Params params) {
  MIZAN_TRY(const auto foreseen, find_foreseen(query, params));
  if (foreseen != ForeseenAnswers::kNone) {
    (void)foreseen_.take(foreseen);  // it was run, and its error, if it has one, is still to come
    return {};
  }
  MIZAN_CHECK_OK(send(query, params));
  if (expected_.size() < kMostExpected) return {};
  MIZAN_TRY([[maybe_unused]] const auto changed, collect(RowSink{}, Delivery::at_once));
  return {};
}

Result<void> PostgresConnection::foresee(const Query& query, Params params) {
  if (!begins_with_select(query.text_for(Dialect::postgres))) return {};
  MIZAN_CHECK_OK(send(query, params));
  expected_.back().foreseen = foreseen_.expect(query.name, encoded_);
  return {};
}

Result<std::size_t> PostgresConnection::find_foreseen(const Query& query, Params params) {
  if (foreseen_.empty()) return ForeseenAnswers::kNone;
  MIZAN_CHECK_OK(encoded_.encode(params));
  return foreseen_.find(query.name, encoded_);
}

Result<std::int64_t> PostgresConnection::give_foreseen(std::size_t place, const RowSink& sink) {
  if (!foreseen_.has_come(place)) {
    MIZAN_TRY([[maybe_unused]] const auto changed, collect(RowSink{}, Delivery::at_once));
  }
  const PostgresResult answer = foreseen_.take(place);
  MIZAN_CHECK_OK(give_rows(answer.get(), sink));
  return changed_rows(answer.get());
}

Result<void> PostgresConnection::run_script(std::string_view script) {
  MIZAN_TRY([[maybe_unused]] const auto changed, collect(RowSink{}, Delivery::at_once));
  auto outcome = link_->run_script(expand_macros(script, Dialect::postgres));
  ++change_count_;
  if (!outcome) note(outcome.error());
  return outcome;
}

Result<PostgresConnection::Statement*> PostgresConnection::find_or_prepare(const Query& query,
                                                                           Params params) {
  const std::string_view text = query.text_for(Dialect::postgres);
  auto found = statements_.find(query.name);
  if (found == statements_.end()) {
    Statement statement{.server_name = "s" + std::to_string(++prepared_count_),
                        .text = text,
                        .kinds = {},
                        .only_reads = begins_with_select(text)};
    for (const Value& value : params) statement.kinds.push_back(value.kind);
    found = statements_.emplace(query.name, std::move(statement)).first;
    MIZAN_CHECK_OK(prepare(query, found->second));
  }
  Statement& statement = found->second;
  if (statement.text.data() != text.data() && statement.text != text) {
    return fail(ErrorCode::internal, "two statements have this name", std::string(query.name));
  }
  const auto same_kind = [](Value::Kind kind, const Value& value) { return kind == value.kind; };
  if (!std::ranges::equal(statement.kinds, params, same_kind)) {
    return fail(ErrorCode::internal, "the parameters are of other types or another number than before",
                std::string(query.name));
  }
  return &statement;
}

Result<void> PostgresConnection::prepare(const Query& query, const Statement& statement) {
  const std::string text = expand_macros(statement.text, Dialect::postgres);
  std::vector<Oid> types;
  for (const Value::Kind kind : statement.kinds) types.push_back(type_oid(kind));
  if (PQsendPrepare(link_->handle(), statement.server_name.c_str(), text.c_str(),
                    static_cast<int>(types.size()), types.data()) != 1) {
    broken_ = true;
    return fail(link_->error(query.name));
  }
  expected_.push_back({Sent::preparation, query.name});
  return {};
}

Result<void> PostgresConnection::send(const Query& query, Params params) {
  if (broken_)
    return fail(ErrorCode::database_unavailable, "the connection was lost", std::string(query.name));
  MIZAN_CHECK_OK(encoded_.encode(params));
  MIZAN_TRY(const Statement* statement, find_or_prepare(query, params));
  if (!statement->only_reads) ++change_count_;
  if (PQsendQueryPrepared(link_->handle(), statement->server_name.c_str(), encoded_.count(),
                          encoded_.values(), encoded_.lengths(), encoded_.formats(),
                          /*resultFormat=*/0) != 1) {
    broken_ = true;
    return fail(link_->error(query.name));
  }
  expected_.push_back({Sent::statement, query.name});
  return {};
}

// Takes the answers of everything that was sent; the rows of the last statement go to the sink. The first
// error counts: those after it only say that they were not tried.
Result<std::int64_t> PostgresConnection::collect(const RowSink& sink, Delivery delivery) {
  if (broken_) return fail(ErrorCode::database_unavailable, "the connection was lost");
  const auto expected = std::exchange(expected_, {});
  if (PQpipelineSync(link_->handle()) != 1) {
    broken_ = true;
    return fail(link_->error("send"));
  }
  Result<std::int64_t> outcome = 0;
  for (const Expected& each : expected) {
    const bool is_last = &each == &expected.back();
    if (is_last && delivery == Delivery::row_by_row) PQsetSingleRowMode(link_->handle());
    auto taken = take_results(each, is_last && outcome ? sink : RowSink{});
    if (outcome) outcome = std::move(taken);
    if (broken_) return outcome;
  }
  if (auto synced = take_sync(); !synced && outcome) outcome = fail(std::move(synced).error());
  return outcome;
}

// The results of one thing that was sent, up to the null that ends them.
Result<std::int64_t> PostgresConnection::take_results(const Expected& expected, const RowSink& sink) {
  Result<std::int64_t> outcome = 0;
  while (PostgresResult result{PQgetResult(link_->handle())}) {
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE || status == PGRES_COMMAND_OK) {
      if (!outcome) continue;
      outcome = changed_rows(result.get());
      if (expected.foreseen != ForeseenAnswers::kNone) {
        foreseen_.keep(expected.foreseen, std::move(result));
        continue;
      }
      auto given = give_rows(result.get(), sink);
      if (given) continue;
      outcome = fail(std::move(given).error());
      if (status != PGRES_SINGLE_TUPLE) continue;
      link_->cancel();
      ++change_count_;  // the transaction has failed with its statement
    } else if (outcome) {
      const bool aborted = status == PGRES_PIPELINE_ABORTED;
      outcome =
          fail(aborted ? Error{ErrorCode::internal, "an earlier statement failed", std::string(expected.name)}
                       : result_error(result.get(), expected.name));
      note(outcome.error());
      if (expected.sent == Sent::preparation) statements_.erase(expected.name);
      if (broken_) return outcome;
    }
  }
  if (PQstatus(link_->handle()) != CONNECTION_OK) {
    broken_ = true;
    if (outcome) outcome = fail(link_->error(expected.name));
  }
  return outcome;
}

Result<void> PostgresConnection::take_sync() {
  const PostgresResult result{PQgetResult(link_->handle())};
  if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return {};
  broken_ = true;
  return fail(link_->error("send"));
}

// Takes the answers of everything that was sent, whatever they are.
Result<void> PostgresConnection::settle() {
  if (!expected_.empty()) (void)collect(RowSink{}, Delivery::at_once);
  if (broken_) return fail(ErrorCode::database_unavailable, "the connection was lost");
  return {};
}

void PostgresConnection::note(const Error& error) {
  ++change_count_;
  if (error.code == ErrorCode::database_unavailable) broken_ = true;
}

}  // namespace mizan::store
