#include "mizan/store/sqlite/sqlite_statement.h"

#include <utility>

#include <sqlite3.h>

#include "mizan/base/assert.h"
#include "mizan/store/sql/dialect.h"
#include "mizan/store/sqlite/sqlite_error.h"

namespace mizan::store {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const override { return type_of(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    MIZAN_ASSERT(type_of(column) != SQLITE_TEXT && type_of(column) != SQLITE_BLOB);
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    MIZAN_ASSERT(type_of(column) != SQLITE_TEXT && type_of(column) != SQLITE_BLOB);
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    if (is_null(column)) return {};
    const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {begin, size_of(column)};
  }
  BlobView blob(int column) const override {
    if (is_null(column)) return {};
    const auto* begin = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {begin, size_of(column)};
  }

 private:
  int type_of(int column) const {
    MIZAN_ASSERT(column >= 0 && column < sqlite3_column_count(statement_));
    return sqlite3_column_type(statement_, column);
  }
  std::size_t size_of(int column) const {
    return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  }

  sqlite3_stmt* statement_;
};

int bind_bytes(sqlite3_stmt* statement, int position, const Value& value) {
  // A null pointer would bind NULL, not an empty text.
  const char* begin = value.bytes.data() == nullptr ? "" : value.bytes.data();
  const auto size = static_cast<sqlite3_uint64>(value.bytes.size());
  return value.kind == Value::Kind::text
             ? sqlite3_bind_text64(statement, position, begin, size, SQLITE_STATIC, SQLITE_UTF8)
             : sqlite3_bind_blob64(statement, position, begin, size, SQLITE_STATIC);
}

int bind_value(sqlite3_stmt* statement, int position, const Value& value) {
  if (value.is_null) return sqlite3_bind_null(statement, position);
  switch (value.kind) {
    case Value::Kind::integer:
      return sqlite3_bind_int64(statement, position, value.integer);
    case Value::Kind::real:
      return sqlite3_bind_double(statement, position, value.real);
    default:
      return bind_bytes(statement, position, value);
  }
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Result<SqliteStatement> SqliteStatement::prepare(sqlite3* database, const Query& query) {
  const std::string text = expand_macros(query.text_for(Dialect::sqlite), Dialect::sqlite);
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database, text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return fail(sqlite_error(database, code, query.name));
  SqliteStatement statement;
  statement.database_ = database;
  statement.statement_.reset(raw);
  statement.name_ = query.name;
  statement.text_ = query.text;
  statement.parameter_count_ = sqlite3_bind_parameter_count(raw);
  statement.only_reads_ = sqlite3_stmt_readonly(raw) != 0;
  return statement;
}

bool SqliteStatement::is_of(const Query& query) const {
  return text_.data() == query.text.data() || text_ == query.text;
}

Result<std::int64_t> SqliteStatement::run(Params params, const RowSink& sink) {
  auto outcome = bind(params);
  if (outcome) outcome = step_to_end(sink);
  const std::int64_t changed = only_reads_ ? 0 : sqlite3_changes64(database_);
  // reset() repeats the error of the last step, which is known already.
  sqlite3_reset(statement_.get());
  if (!outcome) return fail(std::move(outcome).error());
  return changed;
}

Result<void> SqliteStatement::bind(Params params) {
  if (static_cast<int>(params.size()) != parameter_count_) {
    return fail(ErrorCode::internal,
                "the statement has " + std::to_string(parameter_count_) + " parameters, but " +
                    std::to_string(params.size()) + " were given",
                std::string(name_));
  }
  int position = 0;
  for (const Value& value : params) {
    const int code = bind_value(statement_.get(), ++position, value);
    if (code != SQLITE_OK) return fail(sqlite_error(database_, code, name_));
  }
  return {};
}

Result<void> SqliteStatement::step_to_end(const RowSink& sink) {
  const SqliteRow row(statement_.get());
  for (;;) {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return fail(sqlite_error(database_, code, name_));
    MIZAN_CHECK_OK(sink(row));
    if (only_reads_ && sink.has_enough()) return {};
  }
}

}  // namespace mizan::store
