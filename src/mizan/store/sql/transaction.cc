#include "mizan/store/sql/transaction.h"

#include <string>

namespace mizan::store {

Result<std::int64_t> Transaction::run(const Query& query, Params params, const RowSink& sink) {
  if (failure_) return fail(*failure_);
  if (is_foreseeing_) {
    MIZAN_CHECK_OK(ask_ahead(query, params));
    return 0;
  }
  auto affected = connection_.run(query, params, sink);
  if (!affected) failure_ = affected.error();
  return affected;
}

Result<void> Transaction::stream(const Query& query, Params params, const RowSink& sink) {
  if (failure_) return fail(*failure_);
  if (is_foreseeing_) return {};
  auto outcome = connection_.stream(query, params, sink);
  if (!outcome) failure_ = outcome.error();
  return outcome;
}

Result<void> Transaction::queue_values(const Query& query, Params params) {
  if (failure_) return fail(*failure_);
  if (is_foreseeing_) return ask_ahead(query, params);
  auto outcome = connection_.queue(query, params);
  if (!outcome) failure_ = outcome.error();
  return outcome;
}

Result<void> Transaction::ask_ahead(const Query& query, Params params) {
  auto outcome = connection_.foresee(query, params);
  if (!outcome) failure_ = outcome.error();
  return outcome;
}

Result<void> Transaction::open_attempt() {
  if (failure_) return fail(*failure_);
  auto outcome = connection_.savepoint();
  if (!outcome) failure_ = outcome.error();
  return outcome;
}

Result<void> Transaction::close_attempt(Result<void> outcome) {
  // release() also brings the errors of statements that fn has queued.
  if (outcome && failure_) outcome = fail(*failure_);
  if (outcome) outcome = connection_.release();
  if (outcome) return outcome;
  failure_.reset();
  if (auto undone = connection_.rollback_to(); !undone) failure_ = undone.error();
  return outcome;
}

tl::unexpected<Error> Transaction::nothing_found(const Query& query) {
  return fail(ErrorCode::not_found, "there is no such row", std::string(query.name));
}

}  // namespace mizan::store
