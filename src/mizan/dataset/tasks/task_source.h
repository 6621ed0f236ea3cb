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
#include <vector>

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

/// Takes a row as the text of a JSON object, or what is wrong with it. Views are valid during the call.
using RowVisitor = std::function<void(std::uint64_t line, const Result<std::string_view>& row)>;

/// Some rows, in order. Safe to read several blocks from several threads.
class TaskBlock {
 public:
  virtual ~TaskBlock() = default;
  virtual void read_rows(const RowVisitor& visit) const = 0;
  /// The rows as tasks.
  void read(TaskSink& sink) const;
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

/// What is done with the cells of a column of CSV or Parquet.
enum class CellUse : std::uint8_t {
  text,
  number,  ///< what is no number stays a text, for the reader to refuse
  json,
};
struct RowColumn {
  std::string key;  ///< of the member that a cell becomes
  CellUse use = CellUse::text;
  std::string parent{};         ///< of the object that holds the member; empty = the row. One parent a table
  bool keeps_empty = false;     ///< an empty cell is "", and not left out
  bool is_always_text = false;  ///< also where the file has numbers
};
using PlanColumns = std::function<Result<std::vector<RowColumn>>(const std::vector<std::string>& names)>;

struct TaskSourceOptions {
  TaskFormat format = TaskFormat::jsonl;
  std::size_t block_bytes = 256UL << 10;
  PlanColumns plan{};  ///< of rows that are no tasks; empty = columns of tasks
};

/// Parquet needs its whole file: it is spooled to a temporary file that has no name.
/// @errors empty_input, malformed_csv (header), missing_column, duplicate_column, malformed_parquet,
/// file_unwritable
[[nodiscard]] Result<std::unique_ptr<TaskSource>> open_task_source(ReadBytes read,
                                                                   const TaskSourceOptions& options);

/// The format of a media type ("application/x-ndjson", "text/csv", "application/vnd.apache.parquet" …).
[[nodiscard]] std::optional<TaskFormat> task_format_of_media_type(std::string_view media_type);
[[nodiscard]] std::string_view media_type_of_tasks(TaskFormat format);
/// The format of a file's name, its ".gz" or ".zst" left aside.
[[nodiscard]] std::optional<TaskFormat> task_format_of_path(std::string_view path);

}  // namespace mizan::dataset
