#include "mizan/app/work/list_assignments.h"

#include <utility>

#include "mizan/app/work/whom.h"
#include "mizan/store/projects/annotators.h"

namespace mizan::app {
namespace {

// What a list is narrowed to: by the caller's reach, then by what was asked for.
struct Narrowed {
  std::vector<domain::SupplierId> suppliers{};  // empty = every
  domain::AnnotatorId annotator{};
};

Result<Narrowed> narrow(store::Transaction& tx, const Caller& caller, const rules::Grant& grant,
                        const std::optional<domain::AnnotatorId>& wanted) {
  Narrowed narrowed;
  if (grant.reach == rules::Reach::mine) {
    MIZAN_TRY(narrowed.annotator, find_whom(tx, caller, grant, {.annotator = wanted}));
    return narrowed;
  }
  if (grant.reach == rules::Reach::own) narrowed.suppliers = grant.suppliers;
  if (!wanted) return narrowed;
  MIZAN_TRY(const auto row, store::find_annotator(tx, *wanted));
  if (!row || !may_touch(caller, grant, row->supplier_id, row->annotator_id))
    return fail(ErrorCode::not_found, "there is no such annotator", "annotator_id");
  narrowed.annotator = *wanted;
  narrowed.suppliers = {};
  return narrowed;
}

tl::unexpected<Error> no_such_annotation() {
  return fail(ErrorCode::not_found, "there is no such annotation");
}

Result<std::optional<store::ReviewRow>> settled_review(store::Transaction& tx,
                                                       const store::AnnotationRow& annotation) {
  MIZAN_TRY(const auto reviews, store::reviews_of_task(tx, annotation.project_id, annotation.task_id));
  std::optional<store::ReviewRow> settled;
  for (const store::ReviewRow& review : reviews)
    if (review.annotation_id == annotation.annotation_id && review.state != rules::ReviewState::pending)
      settled = review;
  return settled;
}

}  // namespace

Result<ListedAssignments> list_assignments(Service& service, const Caller& caller,
                                           const ListAssignments& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_assignments, rules::at(query.project)));
  if (!query.state.empty()) MIZAN_CHECK_OK(rules::kAssignmentStates.parse(query.state));
  return service.database().read([&](store::Transaction& tx) -> Result<ListedAssignments> {
    MIZAN_TRY(const auto narrowed, narrow(tx, caller, grant, query.annotator));
    MIZAN_TRY(auto rows, store::list_assignments(tx,
                                                 {.project_id = query.project,
                                                  .suppliers = narrowed.suppliers,
                                                  .annotator_id = narrowed.annotator,
                                                  .state = query.state},
                                                 query.after, query.limit));
    return ListedAssignments{.rows = std::move(rows), .is_for_lab = grant.reach == rules::Reach::all};
  });
}

Result<ListedAnnotations> list_annotations(Service& service, const Caller& caller,
                                           const ListAnnotations& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_annotations, rules::at(query.project)));
  return service.database().read([&](store::Transaction& tx) -> Result<ListedAnnotations> {
    MIZAN_TRY(const auto narrowed, narrow(tx, caller, grant, query.annotator));
    if (query.task) {
      if (grant.reach != rules::Reach::all)
        return fail(ErrorCode::forbidden, "annotations of a task are for the lab", "task_id");
      MIZAN_TRY(auto of_task, store::annotations_of_task(tx, query.project, *query.task));
      std::erase_if(of_task, [&](const store::AnnotationRow& row) {
        return row.annotation_id <= query.after || (query.annotator && row.annotator_id != *query.annotator);
      });
      if (std::ssize(of_task) > query.limit) of_task.resize(static_cast<std::size_t>(query.limit));
      return ListedAnnotations{.rows = std::move(of_task), .is_for_lab = true};
    }
    MIZAN_TRY(auto rows, store::list_annotations(tx,
                                                 {.project_id = query.project,
                                                  .suppliers = narrowed.suppliers,
                                                  .annotator_id = narrowed.annotator},
                                                 query.after, query.limit));
    return ListedAnnotations{.rows = std::move(rows), .is_for_lab = grant.reach == rules::Reach::all};
  });
}

Result<FoundAnnotation> read_annotation(Service& service, const Caller& caller,
                                        domain::AnnotationId annotation) {
  return service.database().read([&](store::Transaction& tx) -> Result<FoundAnnotation> {
    MIZAN_TRY(auto row, store::find_annotation_anywhere(tx, annotation));
    if (!row) return no_such_annotation();
    const auto grant = grant_at(caller, rules::Action::read_annotation,
                                {.project = row->project_id, .supplier = row->supplier_id});
    if (!may_touch(caller, grant, row->supplier_id, row->annotator_id)) return no_such_annotation();
    return FoundAnnotation{.row = *std::move(row), .is_for_lab = grant.reach == rules::Reach::all};
  });
}

Result<std::vector<HistoryEntry>> read_history(Service& service, const Caller& caller,
                                               const ReadHistory& query) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::list_annotations, rules::at(query.project)));
  if (!caller.annotator) return fail(ErrorCode::forbidden, "this account is no annotator");
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<HistoryEntry>> {
    MIZAN_TRY(auto rows,
              store::assignment_history(tx, {.project_id = query.project, .annotator_id = *caller.annotator},
                                        query.before, query.limit));
    std::vector<HistoryEntry> history;
    for (store::AssignmentRow& row : rows) {
      HistoryEntry& entry = history.emplace_back(HistoryEntry{.assignment = std::move(row)});
      if (!entry.assignment.annotation_id) continue;
      MIZAN_TRY(entry.annotation, store::find_annotation(tx, query.project, *entry.assignment.annotation_id));
      if (!entry.annotation) continue;
      MIZAN_TRY(entry.review, settled_review(tx, *entry.annotation));
    }
    return history;
  });
}

}  // namespace mizan::app
