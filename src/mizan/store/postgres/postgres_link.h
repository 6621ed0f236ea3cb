// The bare connection to a PostgreSQL server: made, checked, mended; always in pipeline mode.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

struct pg_conn;
struct pg_result;

namespace mizan::store {

struct PostgresOptions {
  std::string url;
  std::string schema{};                           ///< the search path; empty = the server's default
  std::chrono::milliseconds statement_timeout{};  ///< zero = none
  std::chrono::milliseconds lock_timeout{};       ///< zero = none
  bool plans_once = false;                        ///< a statement is planned once for the connection
};

struct ClearResult {
  void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClearResult>;

/// Not thread-safe.
class PostgresLink {
 public:
  /// @errors database_unavailable
  [[nodiscard]] static Result<PostgresLink> connect(const PostgresOptions& options);

  [[nodiscard]] pg_conn* handle() const { return connection_.get(); }
  /// False once the server has closed it, as far as can be seen without asking. Only between transactions.
  [[nodiscard]] bool is_alive();
  /// Runs several statements outside the pipeline, which must be empty.
  [[nodiscard]] Result<void> run_script(const std::string& text);
  /// Asks the server to give up the statement that is running.
  void cancel();
  /// What is wrong with the connection itself.
  [[nodiscard]] Error error(std::string_view doing) const;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  explicit PostgresLink(pg_conn* connection) : connection_(connection) {}

  std::unique_ptr<pg_conn, Finish> connection_;
};

/// The error that a result of the server carries.
[[nodiscard]] Error result_error(const pg_result* result, std::string_view doing);

}  // namespace mizan::store
