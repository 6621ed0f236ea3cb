// What reports need beside the labels: names of tasks, where tasks belong, and what each annotation cost.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// Every task of the project with its external id, in no order. @cost O(tasks), over an index
[[nodiscard]] Result<void> for_each_task_name(
    Transaction& tx, domain::ProjectId project,
    const std::function<Result<void>(domain::TaskId, std::string_view)>& sink);

/// Every task's domain and language, by task. @cost O(tasks), over narrow rows
struct TaskBelonging {
  domain::TaskId task;
  std::string_view domain;    ///< empty = none; valid during the call
  std::string_view language;  ///< the same
};
[[nodiscard]] Result<void> for_each_task_belonging(
    Transaction& tx, domain::ProjectId project,
    const std::function<Result<void>(const TaskBelonging&)>& sink);

struct AnnotationCost {
  domain::AnnotationId annotation;
  std::optional<std::int64_t> duration_us{};
  Instant submitted_at{};
  std::optional<std::int64_t> price_micros{};
  std::string currency{};
};
/// Every annotation, by id. @cost O(annotations)
[[nodiscard]] Result<void> for_each_annotation_cost(
    Transaction& tx, domain::ProjectId project,
    const std::function<Result<void>(const AnnotationCost&)>& sink);

/// Tasks of the queue that are alike; held, cancelled and gold tasks are left out.
struct TaskLabelCount {
  bool is_ended = false;  ///< done or escalated
  std::int64_t wanted_count = 0;
  std::int64_t done_count = 0;
  std::int64_t task_count = 0;
};
/// @cost O(tasks of the project), over narrow rows
[[nodiscard]] Result<std::vector<TaskLabelCount>> count_by_labels(Transaction& tx, domain::ProjectId project);

/// How much was done on each day (UTC), by supplier.
struct DayCount {
  std::int64_t day = 0;  ///< days since 1970-01-01
  domain::SupplierId supplier;
  std::int64_t annotation_count = 0;
  std::int64_t annotator_count = 0;
};
/// By day, then supplier, of annotations that were submitted at `from` or later. @cost O(annotations)
[[nodiscard]] Result<std::vector<DayCount>> count_by_day(Transaction& tx, domain::ProjectId project,
                                                         Instant from);

/// What annotations were agreed to cost, by supplier and currency.
struct SupplierSpend {
  domain::SupplierId supplier;
  std::string currency;
  std::int64_t annotation_count = 0;
  std::int64_t priced_count = 0;
  std::int64_t price_micros = 0;  ///< sum
};
[[nodiscard]] Result<std::vector<SupplierSpend>> spend_by_supplier(Transaction& tx,
                                                                   domain::ProjectId project);

/// How many tasks are how sure: of one question, without gold.
struct ConfidenceCount {
  std::int64_t bin = 0;  ///< 0 … 19: confidence in [bin/20, (bin+1)/20)
  std::int64_t task_count = 0;
};
[[nodiscard]] Result<std::vector<ConfidenceCount>> count_by_confidence(Transaction& tx,
                                                                       domain::ProjectId project,
                                                                       std::string_view question);

}  // namespace mizan::store
