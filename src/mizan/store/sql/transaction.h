// What code that reads and writes the database is handed: a running transaction with typed helpers.
//
//   Result<std::optional<TaskRow>> find_task(Transaction& tx, TaskId id) {
//     return tx.maybe_row(kFindTask, [](const Row& row) { return TaskRow{…}; }, id);
//   }
//
// A mapper turns a Row into a T, or into a Result<T> when it can fail. Neither a mapper nor a sink may use
// the transaction. After a statement has failed the transaction is spoilt: every later call returns that
// first error, and nothing is committed, on both databases alike. To live with a failure, use ON CONFLICT, or
// attempt().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/connection.h"
#include "mizan/store/sql/query.h"
#include "mizan/store/sql/row.h"
#include "mizan/store/sql/value.h"

namespace mizan::store {

namespace detail {
template <class T>
struct Unwrapped {
  using type = T;
};
template <class T>
struct Unwrapped<Result<T>> {
  using type = T;
};
/// The T of a mapper that returns T or Result<T>.
template <class Mapper>
using Mapped = typename Unwrapped<std::remove_cvref_t<std::invoke_result_t<Mapper&, const Row&>>>::type;
}  // namespace detail

/// Not thread-safe; lives only inside the function that Database::write or Database::read runs.
/// @errors of every call: those of Connection
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  [[nodiscard]] Dialect dialect() const { return connection_.dialect(); }

  /// @out rows inserted, updated or deleted
  template <class... Args>
  [[nodiscard]] Result<std::int64_t> execute(const Query& query, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return run(query, values, RowSink{});
  }

  /// A statement whose outcome nobody looks at: on PostgreSQL it costs no round trip; an error shows at a
  /// later call or commit.
  template <class... Args>
  [[nodiscard]] Result<void> queue(const Query& query, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return queue_values(query, values);
  }

  /// Every row, mapped. For answers of bounded size.
  template <class Mapper, class... Args>
  [[nodiscard]] Result<std::vector<detail::Mapped<Mapper>>> rows(const Query& query, Mapper&& mapper,
                                                                 const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    std::vector<detail::Mapped<Mapper>> found;
    auto sink = [&](const Row& row) -> Result<void> {
      MIZAN_TRY(auto value, Result<detail::Mapped<Mapper>>(mapper(row)));
      found.push_back(std::move(value));
      return {};
    };
    MIZAN_CHECK_OK(run(query, values, sink));
    return found;
  }

  /// The rows, mapped, up to the first one that is enough (const T& → bool). PostgreSQL, which has sent the
  /// whole answer by then, gives all of it.
  template <class Mapper, class IsEnough, class... Args>
  [[nodiscard]] Result<std::vector<detail::Mapped<Mapper>>> rows_until(const Query& query,
                                                                       IsEnough&& is_enough, Mapper&& mapper,
                                                                       const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    std::vector<detail::Mapped<Mapper>> found;
    bool enough = false;
    auto sink = [&](const Row& row) -> Result<void> {
      MIZAN_TRY(auto value, Result<detail::Mapped<Mapper>>(mapper(row)));
      enough = is_enough(std::as_const(value));
      found.push_back(std::move(value));
      return {};
    };
    MIZAN_CHECK_OK(run(query, values, RowSink(sink, enough)));
    return found;
  }

  /// The first row, mapped, or nothing.
  template <class Mapper, class... Args>
  [[nodiscard]] Result<std::optional<detail::Mapped<Mapper>>> maybe_row(const Query& query, Mapper&& mapper,
                                                                        const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    std::optional<detail::Mapped<Mapper>> found;
    bool enough = false;
    auto sink = [&](const Row& row) -> Result<void> {
      if (found) return {};
      MIZAN_TRY(found, Result<detail::Mapped<Mapper>>(mapper(row)));
      enough = true;
      return {};
    };
    MIZAN_CHECK_OK(run(query, values, RowSink(sink, enough)));
    return found;
  }

  /// The first row, mapped.
  /// @errors not_found: there is none; the message names the query, so callers with a better sentence use
  /// maybe_row
  template <class Mapper, class... Args>
  [[nodiscard]] Result<detail::Mapped<Mapper>> row(const Query& query, Mapper&& mapper, const Args&... args) {
    MIZAN_TRY(auto found, maybe_row(query, mapper, args...));
    if (!found) return nothing_found(query);
    return *std::move(found);
  }

  /// Gives each row to the sink (const Row& → Result<void>) in constant memory, however long the answer is.
  template <class Sink, class... Args>
  [[nodiscard]] Result<void> for_each(const Query& query, Sink&& sink, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return stream(query, values, sink);
  }

  /// Runs fn (Transaction& → Result<void>) so that its failure undoes only what fn did, and returns that
  /// failure.
  template <class Fn>
  [[nodiscard]] Result<void> attempt(Fn&& fn) {
    MIZAN_CHECK_OK(open_attempt());
    return close_attempt(fn(*this));
  }

  /// Runs fn (Transaction&) only to learn what it will read: each SELECT is asked ahead, all of them in one
  /// round trip, and whoever asks the very same later in this transaction gets that answer, once. Nothing is
  /// written and what fn is given is void. Foresee only what this transaction does not change in between.
  /// Does nothing on SQLite, where nothing travels.
  template <class Fn>
  void foresee(Fn&& fn) {
    if (dialect() == Dialect::sqlite) return;
    is_foreseeing_ = true;
    fn(*this);
    is_foreseeing_ = false;
  }

  /// As execute, queue and for_each, for parameters whose number is known only at run time.
  [[nodiscard]] Result<std::int64_t> execute_values(const Query& query, Params params) {
    return run(query, params, RowSink{});
  }
  template <class Sink>
  [[nodiscard]] Result<void> for_each_values(const Query& query, Sink&& sink, Params params) {
    return stream(query, params, sink);
  }
  [[nodiscard]] Result<void> queue_values(const Query& query, Params params);

  /// The error that spoilt the transaction, if one did. For the code that commits.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  [[nodiscard]] Result<std::int64_t> run(const Query& query, Params params, const RowSink& sink);
  [[nodiscard]] Result<void> stream(const Query& query, Params params, const RowSink& sink);
  [[nodiscard]] Result<void> ask_ahead(const Query& query, Params params);
  [[nodiscard]] Result<void> open_attempt();
  [[nodiscard]] Result<void> close_attempt(Result<void> outcome);
  [[nodiscard]] static tl::unexpected<Error> nothing_found(const Query& query);

  Connection& connection_;
  std::optional<Error> failure_;
  bool is_foreseeing_ = false;
};

}  // namespace mizan::store
