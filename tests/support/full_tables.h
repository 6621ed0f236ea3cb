// Tables that hold a project of some size, for tests of plans: written by a few statements, not by verbs.
//
//   project 1: 20,000 tasks in lane 7, the first 10,000 done by three annotators each, 500 of the others
//   live; 300 annotators of three suppliers, 5 batches, gold, reviews, labels, consensus, drafts, events;
//   beside it 20,000 accounts with sessions, keys, invites and memberships, an audit log, webhooks and dead
//   letters.
#pragma once

#include <cstdint>

#include "mizan/domain/ids.h"
#include "support/test_database.h"

namespace mizan::test {

inline constexpr domain::ProjectId kFullProject{1};
inline constexpr domain::SupplierId kFullSupplier{1};  // the annotators 1001, 1004, 1007 … 1298 are its own
inline constexpr std::int64_t kFullLane = 7;

[[nodiscard]] constexpr domain::AnnotatorId full_annotator(std::int64_t i) {
  return {1001 + i};  ///< 0 … 299
}
[[nodiscard]] constexpr domain::TaskId full_task(std::int64_t i) {
  return {100'000 + i};  ///< 1 … 20,000
}
[[nodiscard]] constexpr domain::AssignmentId full_assignment(std::int64_t i) {
  return {1'000'000 + i};  ///< 1 … 30,000, of task (i - 1) / 3 + 1; its annotation is 2,000,000 + i
}
[[nodiscard]] constexpr domain::AnnotationId full_annotation(std::int64_t i) {
  return {2'000'000 + i};
}
[[nodiscard]] constexpr domain::AccountId full_account(std::int64_t i) {
  return {500'000 + i};  ///< 1 … 20,000
}

/// Fills a migrated database. PostgreSQL gathers no statistics of the large tables until ANALYZE is run.
void fill_tables(const TestDatabase& database);

}  // namespace mizan::test
