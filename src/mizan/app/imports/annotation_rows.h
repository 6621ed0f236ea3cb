// The rows of an import of annotations: one JSON object a line, read in constant memory.
//
//   {"external_id": "photo-7", "contributor_id": "w-12", "answers": {"safe": "yes"},
//    "submitted_at": "2026-01-31T12:00:00Z", "seconds": 8.5, "price_micros": 40000}
//
// The first three are needed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"

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

/// Calls visit(line number, text) for every line that is not blank.
/// @errors unusable_row: a line of more than 1 MiB; those of `read` and of `visit`
[[nodiscard]] Result<void> for_each_line(
    const dataset::ReadBytes& read,
    const std::function<Result<void>(std::uint64_t line, std::string_view text)>& visit);

}  // namespace mizan::app
