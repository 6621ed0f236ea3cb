// Lists of assignments and annotations: for the lab, for a supplier its own people's, for annotators their
// own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/work/annotations.h"
#include "mizan/store/work/assignments.h"
#include "mizan/store/work/reviews.h"

namespace mizan::app {

struct ListAssignments {
  domain::ProjectId project;
  std::optional<domain::AnnotatorId> annotator{};
  std::string state{};  ///< empty = every
  domain::AssignmentId after{};
  std::int64_t limit = 100;
};
struct ListedAssignments {
  std::vector<store::AssignmentRow> rows{};
  bool is_for_lab = false;  ///< may see which task, and which are gold
};
/// By id; those of one annotator in the order in which they were answered, or else given.
/// @errors not_found: the annotator is not within reach; invalid_argument: no such state
[[nodiscard]] Result<ListedAssignments> list_assignments(Service& service, const Caller& caller,
                                                         const ListAssignments& query);

struct ListAnnotations {
  domain::ProjectId project;
  std::optional<domain::AnnotatorId> annotator{};
  std::optional<domain::TaskId> task{};  ///< for the lab: it alone knows tasks by their ids
  domain::AnnotationId after{};
  std::int64_t limit = 100;
};
struct ListedAnnotations {
  std::vector<store::AnnotationRow> rows{};
  bool is_for_lab = false;
};
/// By id, revised ones too. @errors forbidden: of a task, for those who do not see the whole project
[[nodiscard]] Result<ListedAnnotations> list_annotations(Service& service, const Caller& caller,
                                                         const ListAnnotations& query);
/// @errors not_found
struct FoundAnnotation {
  store::AnnotationRow row{};
  bool is_for_lab = false;
};
[[nodiscard]] Result<FoundAnnotation> read_annotation(Service& service, const Caller& caller,
                                                      domain::AnnotationId annotation);

/// One line of an annotator's history: what they answered, and what a reviewer said to it.
struct HistoryEntry {
  store::AssignmentRow assignment{};
  std::optional<store::AnnotationRow> annotation{};  ///< the newest; nothing when none was submitted
  std::optional<store::ReviewRow> review{};          ///< settled ones only
};
struct ReadHistory {
  domain::ProjectId project;
  domain::AssignmentId before{};  ///< none = from the newest
  std::int64_t limit = 100;
};
/// The caller's own assignments, the newest answered first. Nobody else's answers, no gold, no names.
[[nodiscard]] Result<std::vector<HistoryEntry>> read_history(Service& service, const Caller& caller,
                                                             const ReadHistory& query);

}  // namespace mizan::app
