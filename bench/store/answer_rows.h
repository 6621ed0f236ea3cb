// The rows of the benchmark: what taking one answer writes, in tables of the same shape as Mizan's.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "mizan/store/sql/query.h"

namespace mizan::bench {

inline constexpr std::array<std::string_view, 5> kTables{
    "CREATE TABLE bench_assignments (project_id @int NOT NULL, assignment_id @int NOT NULL, task_id @int NOT "
    "NULL, "
    "annotator_id @int NOT NULL, state @text NOT NULL, expires_at_us @int NOT NULL, "
    "PRIMARY KEY (project_id, assignment_id)) @clustered",
    "CREATE UNIQUE INDEX bench_assignments_by_task ON bench_assignments (project_id, task_id, annotator_id)",
    "CREATE TABLE bench_annotations (project_id @int NOT NULL, annotation_id @int NOT NULL, task_id @int NOT "
    "NULL, "
    "answers @text NOT NULL, submitted_at_us @int NOT NULL, PRIMARY KEY (project_id, annotation_id)) "
    "@clustered",
    "CREATE TABLE bench_labels (project_id @int NOT NULL, task_id @int NOT NULL, annotator_id @int NOT NULL, "
    "class_code @int NOT NULL, PRIMARY KEY (project_id, task_id, annotator_id)) @clustered",
    "CREATE TABLE bench_outbox (event_id @int PRIMARY KEY, body @text NOT NULL) @table"};

inline constexpr store::Query kAddAssignment{
    "bench_add_assignment",
    "INSERT INTO bench_assignments (project_id, assignment_id, task_id, annotator_id, state, expires_at_us) "
    "VALUES ($1, $2, $3, $4, 'submitted', $5)"};
inline constexpr store::Query kAddAnnotation{
    "bench_add_annotation",
    "INSERT INTO bench_annotations (project_id, annotation_id, task_id, answers, submitted_at_us) "
    "VALUES ($1, $2, $3, $4, $5)"};
inline constexpr store::Query kAddLabel{
    "bench_add_label",
    "INSERT INTO bench_labels (project_id, task_id, annotator_id, class_code) VALUES ($1, $2, $3, $4)"};
inline constexpr store::Query kAddEvent{"bench_add_event",
                                        "INSERT INTO bench_outbox (event_id, body) VALUES ($1, $2)"};

/// The n-th answer: its numbers, and texts of the usual size.
struct Answer {
  explicit Answer(std::int64_t n)
      : number(n), task_id(n / 3 * 7919 % 1'000'003 * 1'000'000 + n / 3), annotator_id(n % 3) {}

  std::int64_t number;
  std::int64_t task_id;  ///< three answers a task, tasks in no order
  std::int64_t annotator_id;
  std::string_view answers =
      R"({"category":"respiratory","confidence":"high","comment":"The second sentence names it, and the dose fits."})";
  std::string_view event =
      R"({"assignment_id":"asg_01h455vb4pex5","task_id":"tsk_01h455vb4pex5","kind":"submitted"})";
};

}  // namespace mizan::bench
