// One prepared SQLite statement.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/query.h"
#include "mizan/store/sql/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mizan::store {

/// Not thread-safe, as its connection is not.
class SqliteStatement {
 public:
  [[nodiscard]] static Result<SqliteStatement> prepare(sqlite3* database, const Query& query);

  /// Binds, steps to the end and resets; gives each row to the sink.
  /// @out number of rows changed; 0 for statements that only read
  [[nodiscard]] Result<std::int64_t> run(Params params, const RowSink& sink);

  /// Whether this is the statement of the query: one name must not stand for two texts.
  [[nodiscard]] bool is_of(const Query& query) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteStatement() = default;
  [[nodiscard]] Result<void> bind(Params params);
  [[nodiscard]] Result<void> step_to_end(const RowSink& sink);

  sqlite3* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string_view name_;
  std::string_view text_;
  int parameter_count_ = 0;
  bool only_reads_ = false;
};

}  // namespace mizan::store
