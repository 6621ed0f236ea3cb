// The rows of an import of annotations, each as one JSON object.
//
//   {"external_id": "photo-7", "contributor_id": "w-12", "answers": {"safe": "yes"},
//    "submitted_at": "2026-01-31T12:00:00Z", "seconds": 8.5, "price_micros": 40000}
//
// The first three are needed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"
#include "mizan/domain/template/template.h"

namespace mizan::app {

struct AnnotationRecord {
  std::string external_id;
  std::string contributor_id;
  boost::json::value answers{};
  std::optional<Instant> submitted_at{};
  std::optional<std::int64_t> duration_us{};
  std::optional<std::int64_t> price_micros{};
};

/// @errors malformed_json; unusable_row: a member that is missing, unknown or of another type (`where`)
[[nodiscard]] Result<AnnotationRecord> parse_annotation_record(std::string_view line);

/// The columns of a table of annotations: those of the members above, and one a question for its answers,
/// unless there is a column `answers` that holds them as JSON.
/// @errors missing_column; unusable_row: a column that has no meaning
[[nodiscard]] Result<std::vector<dataset::RowColumn>> plan_annotation_columns(
    const std::vector<std::string>& names, const domain::Template& questions);

}  // namespace mizan::app
