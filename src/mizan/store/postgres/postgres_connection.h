// One connection to PostgreSQL, as the rest of the store sees it.
//
// Statements are sent down a pipeline; only run, stream, release and commit wait for the server, and then
// they take the answers of everything that was sent before. So BEGIN, queued statements, what was foreseen,
// SAVEPOINT and the preparation of a statement cost no round trip of their own. A broken connection is mended
// by the next begin().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/postgres/foreseen_answers.h"
#include "mizan/store/postgres/postgres_link.h"
#include "mizan/store/postgres/postgres_params.h"
#include "mizan/store/sql/connection.h"

namespace mizan::store {

/// Not thread-safe. Writes run at READ COMMITTED: what is read and then written needs @for_update, a unique
/// key, or a condition in the UPDATE. Reads run at REPEATABLE READ: one snapshot.
class PostgresConnection final : public Connection {
 public:
  /// @errors database_unavailable
  [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>> open(const PostgresOptions& options);

  [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
  [[nodiscard]] Result<void> begin(Access access) override;
  [[nodiscard]] Result<void> commit() override;
  void rollback() override;
  [[nodiscard]] Result<void> savepoint() override;
  [[nodiscard]] Result<void> release() override;
  [[nodiscard]] Result<void> rollback_to() override;
  [[nodiscard]] Result<std::int64_t> run(const Query& query, Params params, const RowSink& sink) override;
  [[nodiscard]] Result<void> stream(const Query& query, Params params, const RowSink& sink) override;
  [[nodiscard]] Result<void> queue(const Query& query, Params params) override;
  [[nodiscard]] Result<void> foresee(const Query& query, Params params) override;
  [[nodiscard]] Result<void> run_script(std::string_view script) override;
  [[nodiscard]] std::int64_t change_count() const override { return change_count_; }

 private:
  struct Statement {
    std::string server_name;
    std::string_view text;
    std::vector<Value::Kind> kinds;
    bool only_reads;
  };
  enum class Sent : std::uint8_t { preparation, statement };
  struct Expected {
    Sent sent;
    std::string_view name;
    std::size_t foreseen = ForeseenAnswers::kNone;  ///< where to keep the answer
  };
  enum class Delivery : std::uint8_t { at_once, row_by_row };

  explicit PostgresConnection(const PostgresOptions& options) : options_(options) {}
  [[nodiscard]] Result<void> connect();
  [[nodiscard]] Result<Statement*> find_or_prepare(const Query& query, Params params);
  [[nodiscard]] Result<void> prepare(const Query& query, const Statement& statement);
  [[nodiscard]] Result<void> send(const Query& query, Params params);
  [[nodiscard]] Result<std::int64_t> collect(const RowSink& sink, Delivery delivery);
  [[nodiscard]] Result<std::int64_t> take_results(const Expected& expected, const RowSink& sink);
  [[nodiscard]] Result<std::size_t> find_foreseen(const Query& query, Params params);
  [[nodiscard]] Result<std::int64_t> give_foreseen(std::size_t place, const RowSink& sink);
  [[nodiscard]] Result<void> take_sync();
  [[nodiscard]] Result<void> settle();
  void note(const Error& error);

  PostgresOptions options_;
  std::optional<PostgresLink> link_;
  std::unordered_map<std::string_view, Statement> statements_;
  std::vector<Expected> expected_;
  ForeseenAnswers foreseen_;
  PostgresParams encoded_;
  std::int64_t prepared_count_ = 0;
  std::int64_t change_count_ = 0;
  bool broken_ = false;
};

}  // namespace mizan::store
