#include "mizan/store/invariants.h"

#include <array>

namespace mizan::store {
namespace {

// A label counts when its annotator answered outside gold; what a reviewer rejected counts no longer and
// leaves no label.
constexpr std::array kInvariants{
    Invariant{"task_has_a_state",
              "every task has exactly one state row",
              "tsk",
              {"task_without_state",
               "SELECT t.project_id, t.task_id, 'no row in task_states' FROM tasks t "
               "WHERE NOT EXISTS (SELECT 1 FROM task_states s WHERE s.project_id = t.project_id AND "
               "s.task_id = t.task_id)"}},
    Invariant{
        "live_count_is_counted",
        "a task's live_count is the number of its live assignments",
        "tsk",
        {"live_count_differs",
         "SELECT s.project_id, s.task_id, 'live_count ' || s.live_count || ', live assignments ' || "
         "COALESCE(a.counted, 0) "
         "FROM task_states s LEFT JOIN (SELECT project_id, task_id, COUNT(*) AS counted FROM assignments "
         "WHERE state = 'live' AND is_gold = 0 GROUP BY project_id, task_id) a "
         "ON a.project_id = s.project_id AND a.task_id = s.task_id WHERE s.live_count <> COALESCE(a.counted, "
         "0)"}},
    Invariant{"overlap_is_kept",
              "no task is with or done by more annotators than it wants",
              "tsk",
              {"overlap_exceeded",
               "SELECT project_id, task_id, 'wanted ' || wanted_count || ', live ' || live_count || ', done "
               "' || done_count "
               "FROM task_states WHERE live_count + done_count > wanted_count AND live_count > 0"}},
    Invariant{"open_means_wanted",
              "a task is open exactly when it wants another annotation",
              "tsk",
              {"open_and_full",
               "SELECT project_id, task_id, state || ' with wanted ' || wanted_count || ', live ' || "
               "live_count || ', done ' || done_count "
               "FROM task_states WHERE (state = 'open' AND live_count + done_count >= wanted_count) "
               "OR (state = 'full' AND live_count + done_count < wanted_count)"}},
    Invariant{"submitted_has_annotation",
              "every submitted assignment gave exactly one annotation beside its revisions",
              "asg",
              {"submitted_annotations",
               "SELECT a.project_id, a.assignment_id, 'annotations: ' || COALESCE(n.counted, 0) "
               "FROM assignments a LEFT JOIN (SELECT project_id, assignment_id, COUNT(*) AS counted FROM "
               "annotations "
               "WHERE revises IS NULL GROUP BY project_id, assignment_id) n "
               "ON n.project_id = a.project_id AND n.assignment_id = a.assignment_id "
               "WHERE a.state = 'submitted' AND COALESCE(n.counted, 0) <> 1"}},
    Invariant{"annotation_was_assigned",
              "every annotation made here belongs to a submitted assignment of the same annotator and task",
              "ann",
              {"annotation_unassigned",
               "SELECT n.project_id, n.annotation_id, COALESCE('assignment ' || a.state, 'no assignment') "
               "FROM annotations n LEFT JOIN assignments a ON a.project_id = n.project_id AND "
               "a.assignment_id = n.assignment_id "
               "WHERE n.assignment_id IS NOT NULL AND (a.assignment_id IS NULL OR a.state <> 'submitted' "
               "OR a.annotator_id <> n.annotator_id OR a.task_id <> n.task_id)"}},
    Invariant{
        "label_has_annotation",
        "every label comes from an annotation of the same annotator and task",
        "tsk",
        {"label_without_annotation",
         "SELECT l.project_id, l.task_id, 'question ' || l.question || COALESCE(', annotation of another', "
         "', no annotation') "
         "FROM labels l LEFT JOIN annotations n ON n.project_id = l.project_id AND n.annotation_id = "
         "l.annotation_id "
         "WHERE n.annotation_id IS NULL OR n.task_id <> l.task_id OR n.annotator_id <> l.annotator_id"}},
    Invariant{"label_is_of_a_class",
              "every label and every consensus names a class of its question",
              "tsk",
              {"label_of_no_class",
               "SELECT l.project_id, l.task_id, 'question ' || l.question || ', class_code ' || l.class_code "
               "FROM labels l "
               "WHERE NOT EXISTS (SELECT 1 FROM question_classes c WHERE c.project_id = l.project_id AND "
               "c.question = l.question "
               "AND c.class_code = l.class_code)"}},
    Invariant{"consensus_counts_its_labels",
              "a consensus stands on as many labels as the question has",
              "tsk",
              {"consensus_label_count",
               "SELECT c.project_id, c.task_id, 'question ' || c.question || ', label_count ' || "
               "c.label_count || ', labels ' || "
               "COALESCE(l.counted, 0) FROM consensus c LEFT JOIN (SELECT project_id, task_id, question, "
               "COUNT(*) AS counted "
               "FROM labels GROUP BY project_id, task_id, question) l ON l.project_id = c.project_id AND "
               "l.task_id = c.task_id "
               "AND l.question = c.question WHERE c.label_count <> COALESCE(l.counted, 0)"}},
    Invariant{
        "events_have_no_gap",
        "a project's events are numbered without a gap, up to its head",
        "",
        {"event_gaps",
         "SELECT e.project_id, MAX(e.sequence), 'events ' || COUNT(*) || ', first ' || MIN(e.sequence) || ', "
         "head ' || "
         "COALESCE(MAX(h.sequence), 0) FROM events e LEFT JOIN event_heads h ON h.project_id = e.project_id "
         "GROUP BY e.project_id HAVING MAX(e.sequence) - MIN(e.sequence) + 1 <> COUNT(*) "
         "OR MAX(e.sequence) <> COALESCE(MAX(h.sequence), 0)"}},
    Invariant{"assignment_has_a_task",
              "every assignment is of a task that exists",
              "asg",
              {"assignment_without_task",
               "SELECT a.project_id, a.assignment_id, 'task ' || a.task_id FROM assignments a "
               "WHERE NOT EXISTS (SELECT 1 FROM tasks t WHERE t.project_id = a.project_id AND t.task_id = "
               "a.task_id)"}},
};

}  // namespace

std::span<const Invariant> invariants() {
  return kInvariants;
}

Result<std::int64_t> find_breaches(Transaction& tx, const Invariant& invariant, std::int64_t limit,
                                   const std::function<void(const Breach&)>& sink) {
  std::int64_t count = 0;
  const auto look = [&](const Row& row) -> Result<void> {
    if (count++ >= limit) return {};
    const std::string subject = invariant.subject_prefix.empty()
                                    ? std::to_string(row.integer(1))
                                    : id_text(invariant.subject_prefix, row.integer(1));
    sink({row.id<domain::ProjectId>(0), subject, row.string(2)});
    return {};
  };
  MIZAN_CHECK_OK(tx.for_each(invariant.query, look));
  return count;
}

}  // namespace mizan::store
