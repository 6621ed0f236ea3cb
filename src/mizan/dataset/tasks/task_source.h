// Tasks from a stream of JSON lines, CSV or Parquet, in blocks that several threads read side by side, in
// constant memory.
//
// A row has the members (columns) external_id, payload, priority, domain, language, batch, gold,
// pre_annotation. Without `payload`, the other members together are the payload. Columns of CSV and Parquet
// hold JSON where a member is an object (payload, gold, pre_annotation); gold may be cut into gold,
// gold_explanation, gold_concept, gold_difficulty. docs/formats/tasks.md is the reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

#include "mizan/base/result.h"

namespace mizan::dataset {

enum class TaskFormat : std::uint8_t { jsonl, csv, parquet };

/// Pulls the next bytes; 0 = the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<char> buffer)>;

/// One task as it stands in the input. Views and pointers are valid during the call that hands it out.
struct TaskRecord {
  std::uint64_t line = 0;  ///< 1 = the first; of Parquet the row
  std::string_view external_id{};
  std::string_view payload_text{};              ///< a JSON object, its numbers as they were written
  const boost::json::value* payload = nullptr;  ///< an object
  std::int64_t priority = 0;
  std::string_view domain{};
  std::string_view language{};
  std::string_view batch{};                          ///< its name or id
  const boost::json::value* gold_answers = nullptr;  ///< nullptr = no gold
  std::string_view explanation{};
  std::string_view concept_name{};
  std::int64_t difficulty = 0;
  const boost::json::value* pre_annotation = nullptr;
};

class TaskSink {
 public:
  virtual ~TaskSink() = default;
  virtual void on_task(const TaskRecord& task) = 0;
  /// A row that is no task; `error.where` names the member.
  virtual void on_bad_row(std::uint64_t line, Error error) = 0;
};

/// Some rows, in order. read() is safe to call for several blocks from several threads.
class TaskBlock {
 public:
  virtual ~TaskBlock() = default;
  virtual void read(TaskSink& sink) const = 0;
};

/// Not thread-safe.
class TaskSource {
 public:
  virtual ~TaskSource() = default;
  /// The next block; nullptr = the end.
  /// @errors not_utf8, malformed_csv, malformed_parquet, unusable_row (a row of more than 16 MiB), and those
  /// of the
  ///         bytes
  [[nodiscard]] virtual Result<std::unique_ptr<TaskBlock>> next() = 0;
};

inline constexpr std::size_t kMaxTaskRowBytes = 16UL << 20;

struct TaskSourceOptions {
  TaskFormat format = TaskFormat::jsonl;
  std::size_t block_bytes = 256UL << 10;
};

/// Parquet needs its whole file: it is spooled to a temporary file that has no name.
/// @errors empty_input, malformed_csv (header), missing_column, duplicate_column, malformed_parquet,
/// file_unwritable
[[nodiscard]] Result<std::unique_ptr<TaskSource>> open_task_source(ReadBytes read,
                                                                   const TaskSourceOptions& options);

/// The format of a media type ("application/x-ndjson", "text/csv", "application/vnd.apache.parquet" …).
[[nodiscard]] std::optional<TaskFormat> task_format_of_media_type(std::string_view media_type);
/// The format of a file's name, its ".gz" left aside.
[[nodiscard]] std::optional<TaskFormat> task_format_of_path(std::string_view path);

}  // namespace mizan::dataset
