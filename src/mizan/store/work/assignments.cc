#include "mizan/store/work/assignments.h"

#include <limits>

#include "mizan/store/sql/dialect.h"

namespace mizan::store {
namespace {

#define MIZAN_ASSIGNMENT_COLUMNS                                                                      \
  "a.project_id, a.assignment_id, a.task_id, a.annotator_id, a.supplier_id, a.state, "                \
  "a.leased_at_us, a.expires_at_us, a.settled_at_us, a.template_version, a.reason, a.annotation_id, " \
  "a.is_gold "

constexpr Query kInsertAssignment{
    "insert_assignment",
    "INSERT INTO assignments (project_id, assignment_id, task_id, annotator_id, supplier_id, state, "
    "template_version, leased_at_us, expires_at_us, reason, is_gold) "
    "VALUES ($1, $2, $3, $4, $5, 'live', $6, $7, $8, '', $9) "
    "ON CONFLICT (project_id, task_id, annotator_id) DO NOTHING"};
constexpr Query kUpdateAssignment{
    "update_assignment",
    "UPDATE assignments SET state = $3, expires_at_us = $4, settled_at_us = $5, reason = $6, "
    "annotation_id = $7 WHERE project_id = $1 AND assignment_id = $2"};
constexpr Query kFindAssignment{"find_assignment",
                                "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                "FROM assignments a WHERE a.project_id = $1 AND a.assignment_id = $2"};
constexpr Query kLockAssignment{"lock_assignment",
                                "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                "FROM assignments a WHERE a.project_id = $1 AND a.assignment_id = $2\n"
                                "@postgres FOR UPDATE\n"};
// By the primary key of each project in turn: few projects, many assignments.
#define MIZAN_OF_ANY_PROJECT                       \
  "@sqlite IN (SELECT project_id FROM projects)\n" \
  "@postgres = ANY(ARRAY(SELECT project_id FROM projects))\n"
constexpr Query kFindAssignmentAnywhere{
    "find_assignment_anywhere",
    "SELECT " MIZAN_ASSIGNMENT_COLUMNS
    "FROM assignments a WHERE a.assignment_id = $1 AND a.project_id\n" MIZAN_OF_ANY_PROJECT};
constexpr Query kLiveAssignments{"live_assignments",
                                 "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                 "FROM assignments a WHERE a.project_id = $1 AND a.annotator_id = $2 "
                                 "AND a.state = 'live' ORDER BY a.assignment_id"};
constexpr Query kLiveAssignmentCount{
    "live_assignment_count",
    "SELECT COUNT(*) FROM assignments WHERE project_id = $1 AND annotator_id = $2 AND state = 'live'"};
constexpr Query kEndedAssignments{"ended_assignments",
                                  "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                  "FROM assignments a WHERE a.state = 'live' AND a.expires_at_us <= $1 "
                                  "ORDER BY a.expires_at_us LIMIT $2"};
constexpr Query kLiveOfSupplier{"live_assignments_of_supplier",
                                "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                "FROM assignments a WHERE a.state = 'live' AND a.supplier_id = $1 "
                                "AND ($2 = 0 OR a.project_id = $2) LIMIT $3"};
constexpr Query kLiveOfAnnotator{
    "live_assignments_everywhere",
    "SELECT " MIZAN_ASSIGNMENT_COLUMNS
    "FROM assignments a WHERE a.state = 'live' AND a.annotator_id = $1 LIMIT $2"};
constexpr Query kListAssignments{"list_assignments",
                                 "SELECT " MIZAN_ASSIGNMENT_COLUMNS
                                 "FROM assignments a WHERE a.project_id = $1 AND a.assignment_id > $2 AND "
                                 "($3 = '[]' OR a.supplier_id IN @integers($3)) "
                                 "AND ($4 = '' OR a.state = $4) ORDER BY a.assignment_id LIMIT $5"};
// An assignment's place is its newest annotation's, or its own while it has none: ids of one maker. The live
// ones, those that ended without an answer, and the answered ones are each walked by an index of their own.
#define MIZAN_PASSES "AND ($4 = '[]' OR a.supplier_id IN @integers($4)) AND ($5 = '' OR a.state = $5) "
#define MIZAN_OWN_PLACE(condition, than, order)                                                \
  "SELECT * FROM (SELECT a.assignment_id, a.assignment_id AS place FROM assignments a "        \
  "WHERE a.project_id = $1 AND a.annotator_id = $2 AND " condition "AND a.assignment_id " than \
  " $3 " MIZAN_PASSES "ORDER BY a.assignment_id " order "LIMIT $6) "
#define MIZAN_ANSWERED(than, order)                                                               \
  "SELECT * FROM (SELECT a.assignment_id, n.annotation_id AS place FROM annotations n "           \
  "JOIN assignments a ON a.project_id = $1 AND a.assignment_id = n.assignment_id "                \
  "AND a.annotation_id = n.annotation_id "                                                        \
  "WHERE n.project_id = $1 AND n.annotator_id = $2 AND n.annotation_id " than " $3 " MIZAN_PASSES \
  "ORDER BY n.annotation_id " order "LIMIT $6) "
#define MIZAN_ASSIGNMENTS_BY_PLACE(than, order) \
  "SELECT " MIZAN_ASSIGNMENT_COLUMNS "FROM (" MIZAN_OWN_PLACE("a.state = 'live' ", than, order) \
  "live UNION ALL " MIZAN_OWN_PLACE("a.annotation_id IS NULL AND a.state <> 'live' ", than,     \
                                    order)                                                      \
  "unanswered UNION ALL " MIZAN_ANSWERED(than, order)                                           \
  "answered) w JOIN assignments a ON a.project_id = $1 AND a.assignment_id = w.assignment_id "  \
  "ORDER BY w.place " order "LIMIT $6"
constexpr Query kListAssignmentsOfAnnotator{"list_assignments_of_annotator",
                                            MIZAN_ASSIGNMENTS_BY_PLACE(">", "")};
constexpr Query kAssignmentHistory{"assignment_history", MIZAN_ASSIGNMENTS_BY_PLACE("<", "DESC ")};
#undef MIZAN_ASSIGNMENTS_BY_PLACE
#undef MIZAN_ANSWERED
#undef MIZAN_OWN_PLACE
#undef MIZAN_PASSES
constexpr Query kGoldTasksSeen{
    "gold_tasks_seen",
    "SELECT task_id FROM assignments WHERE project_id = $1 AND annotator_id = $2 AND is_gold = 1"};
constexpr Query kHadTask{
    "had_task", "SELECT 1 FROM assignments WHERE project_id = $1 AND task_id = $2 AND annotator_id = $3"};
#undef MIZAN_ASSIGNMENT_COLUMNS
#undef MIZAN_OF_ANY_PROJECT

Result<AssignmentRow> read_assignment(const Row& row) {
  MIZAN_TRY(const auto state, rules::kAssignmentStates.parse(row.text(5)));
  return AssignmentRow{.project_id = row.id<domain::ProjectId>(0),
                       .assignment_id = row.id<domain::AssignmentId>(1),
                       .task_id = row.id<domain::TaskId>(2),
                       .annotator_id = row.id<domain::AnnotatorId>(3),
                       .supplier_id = row.id<domain::SupplierId>(4),
                       .terms = {.state = state,
                                 .leased_at = row.instant(6),
                                 .expires_at = row.instant(7),
                                 .settled_at = row.instant(8)},
                       .template_version = row.integer(9),
                       .reason = row.string(10),
                       .annotation_id = row.maybe_id<domain::AnnotationId>(11),
                       .is_gold = row.boolean(12)};
}

// The place of the last assignment of a page: what of it comes later, when it was answered meanwhile, comes
// later in the walk too.
Result<std::int64_t> place_of(Transaction& tx, domain::ProjectId project, domain::AssignmentId assignment) {
  MIZAN_TRY(const auto row, find_assignment(tx, project, assignment));
  return row && row->annotation_id ? row->annotation_id->value : assignment.value;
}

}  // namespace

Result<bool> insert_assignment(Transaction& tx, const AssignmentRow& assignment) {
  MIZAN_TRY(const auto count,
            tx.execute(kInsertAssignment, assignment.project_id, assignment.assignment_id, assignment.task_id,
                       assignment.annotator_id, assignment.supplier_id, assignment.template_version,
                       assignment.terms.leased_at, assignment.terms.expires_at, assignment.is_gold ? 1 : 0));
  return count == 1;
}

Result<void> update_assignment(Transaction& tx, const AssignmentRow& assignment) {
  const auto settled_at =
      assignment.terms.settled_at.us == 0 ? std::nullopt : std::optional(assignment.terms.settled_at);
  return tx.queue(kUpdateAssignment, assignment.project_id, assignment.assignment_id,
                  to_text(assignment.terms.state), assignment.terms.expires_at, settled_at, assignment.reason,
                  assignment.annotation_id);
}

Result<std::optional<AssignmentRow>> find_assignment(Transaction& tx, domain::ProjectId project,
                                                     domain::AssignmentId assignment) {
  return tx.maybe_row(kFindAssignment, read_assignment, project, assignment);
}

Result<std::optional<AssignmentRow>> lock_assignment(Transaction& tx, domain::ProjectId project,
                                                     domain::AssignmentId assignment) {
  return tx.maybe_row(kLockAssignment, read_assignment, project, assignment);
}

Result<std::optional<AssignmentRow>> find_assignment_anywhere(Transaction& tx,
                                                              domain::AssignmentId assignment) {
  return tx.maybe_row(kFindAssignmentAnywhere, read_assignment, assignment);
}

Result<std::vector<AssignmentRow>> live_assignments(Transaction& tx, domain::ProjectId project,
                                                    domain::AnnotatorId annotator) {
  return tx.rows(kLiveAssignments, read_assignment, project, annotator);
}

Result<std::int64_t> live_assignment_count(Transaction& tx, domain::ProjectId project,
                                           domain::AnnotatorId annotator) {
  return tx.row(
      kLiveAssignmentCount, [](const Row& row) { return row.integer(0); }, project, annotator);
}

Result<std::vector<AssignmentRow>> ended_assignments(Transaction& tx, Instant now, std::int64_t limit) {
  return tx.rows(kEndedAssignments, read_assignment, now, limit);
}

Result<std::vector<AssignmentRow>> live_assignments_of_supplier(Transaction& tx, domain::SupplierId supplier,
                                                                domain::ProjectId project,
                                                                std::int64_t limit) {
  return tx.rows(kLiveOfSupplier, read_assignment, supplier, project, limit);
}

Result<std::vector<AssignmentRow>> live_assignments_everywhere(Transaction& tx, domain::AnnotatorId annotator,
                                                               std::int64_t limit) {
  return tx.rows(kLiveOfAnnotator, read_assignment, annotator, limit);
}

Result<std::vector<AssignmentRow>> list_assignments(Transaction& tx, const AssignmentFilter& filter,
                                                    domain::AssignmentId after, std::int64_t limit) {
  if (filter.annotator_id.value != 0) {
    MIZAN_TRY(const std::int64_t place, place_of(tx, filter.project_id, after));
    return tx.rows(kListAssignmentsOfAnnotator, read_assignment, filter.project_id, filter.annotator_id,
                   place, integer_list(filter.suppliers), filter.state, limit);
  }
  return tx.rows(kListAssignments, read_assignment, filter.project_id, after, integer_list(filter.suppliers),
                 filter.state, limit);
}

Result<std::vector<AssignmentRow>> assignment_history(Transaction& tx, const AssignmentFilter& filter,
                                                      domain::AssignmentId before, std::int64_t limit) {
  std::int64_t below = std::numeric_limits<std::int64_t>::max();
  if (before.value != 0) {
    MIZAN_TRY(below, place_of(tx, filter.project_id, before));
  }
  return tx.rows(kAssignmentHistory, read_assignment, filter.project_id, filter.annotator_id, below,
                 integer_list(filter.suppliers), filter.state, limit);
}

Result<std::vector<domain::TaskId>> gold_tasks_seen(Transaction& tx, domain::ProjectId project,
                                                    domain::AnnotatorId annotator) {
  return tx.rows(
      kGoldTasksSeen, [](const Row& row) { return row.id<domain::TaskId>(0); }, project, annotator);
}

Result<bool> had_task(Transaction& tx, domain::ProjectId project, domain::TaskId task,
                      domain::AnnotatorId annotator) {
  MIZAN_TRY(const auto found, tx.maybe_row(
                                  kHadTask, [](const Row&) { return true; }, project, task, annotator));
  return found.has_value();
}

}  // namespace mizan::store
