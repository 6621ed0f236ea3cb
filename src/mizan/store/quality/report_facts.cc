#include "mizan/store/quality/report_facts.h"

namespace mizan::store {
namespace {

constexpr Query kTaskNames{"task_names", "SELECT task_id, external_id FROM tasks WHERE project_id = $1"};

constexpr Query kTaskBelongings{"task_belongings",
                                "SELECT s.task_id, l.domain, l.language FROM task_states s "
                                "JOIN lanes l ON l.project_id = s.project_id AND l.lane_id = s.lane_id "
                                "WHERE s.project_id = $1 ORDER BY s.task_id"};

constexpr Query kAnnotationCosts{
    "annotation_costs",
    "SELECT annotation_id, duration_us, submitted_at_us, price_micros, currency FROM annotations "
    "WHERE project_id = $1 ORDER BY annotation_id"};

constexpr Query kCountByDay{"count_annotations_by_day",
                            "SELECT submitted_at_us / 86400000000 AS day, supplier_id, COUNT(*), "
                            "COUNT(DISTINCT annotator_id) FROM annotations "
                            "WHERE project_id = $1 AND submitted_at_us >= $2 "
                            "GROUP BY submitted_at_us / 86400000000, supplier_id ORDER BY 1, 2"};

constexpr Query kSpendBySupplier{"spend_by_supplier",
                                 "SELECT supplier_id, currency, COUNT(*), COUNT(price_micros), "
                                 "CAST(COALESCE(SUM(price_micros), 0) AS BIGINT) FROM annotations "
                                 "WHERE project_id = $1 GROUP BY supplier_id, currency ORDER BY 1, 2"};

constexpr Query kCountByConfidence{
    "count_by_confidence",
    "SELECT confidence_bin, COUNT(*) FROM consensus WHERE project_id = $1 AND question = $2 "
    "AND basis <> 'gold' GROUP BY confidence_bin ORDER BY 1"};

constexpr Query kCountByLabels{
    "count_by_labels",
    "SELECT CASE WHEN state IN ('done', 'escalated') THEN 1 ELSE 0 END, wanted_count, done_count, COUNT(*) "
    "FROM task_states WHERE project_id = $1 AND state IN ('open', 'full', 'done', 'escalated') "
    "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"};

}  // namespace

Result<void> for_each_task_name(Transaction& tx, domain::ProjectId project,
                                const std::function<Result<void>(domain::TaskId, std::string_view)>& sink) {
  return tx.for_each(
      kTaskNames, [&](const Row& row) { return sink(row.id<domain::TaskId>(0), row.text(1)); }, project);
}

Result<void> for_each_task_belonging(Transaction& tx, domain::ProjectId project,
                                     const std::function<Result<void>(const TaskBelonging&)>& sink) {
  return tx.for_each(
      kTaskBelongings,
      [&](const Row& row) {
        return sink({row.id<domain::TaskId>(0), row.text(1), row.text(2)});
      },
      project);
}

Result<void> for_each_annotation_cost(Transaction& tx, domain::ProjectId project,
                                      const std::function<Result<void>(const AnnotationCost&)>& sink) {
  return tx.for_each(
      kAnnotationCosts,
      [&](const Row& row) {
        return sink({row.id<domain::AnnotationId>(0), row.maybe_integer(1), row.instant(2),
                     row.maybe_integer(3), row.string(4)});
      },
      project);
}

Result<std::vector<DayCount>> count_by_day(Transaction& tx, domain::ProjectId project, Instant from) {
  return tx.rows(
      kCountByDay,
      [](const Row& row) {
        return DayCount{row.integer(0), row.id<domain::SupplierId>(1), row.integer(2), row.integer(3)};
      },
      project, from);
}

Result<std::vector<SupplierSpend>> spend_by_supplier(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kSpendBySupplier,
      [](const Row& row) {
        return SupplierSpend{row.id<domain::SupplierId>(0), row.string(1), row.integer(2), row.integer(3),
                             row.integer(4)};
      },
      project);
}

Result<std::vector<ConfidenceCount>> count_by_confidence(Transaction& tx, domain::ProjectId project,
                                                         std::string_view question) {
  return tx.rows(
      kCountByConfidence,
      [](const Row& row) {
        return ConfidenceCount{row.integer(0), row.integer(1)};
      },
      project, question);
}

Result<std::vector<TaskLabelCount>> count_by_labels(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kCountByLabels,
      [](const Row& row) {
        return TaskLabelCount{row.integer(0) == 1, row.integer(1), row.integer(2), row.integer(3)};
      },
      project);
}

}  // namespace mizan::store
