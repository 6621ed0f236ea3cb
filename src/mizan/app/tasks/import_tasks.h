// Bringing tasks into a project: many at once from a stream, all of them or none.
//
// Rows are read and checked in parallel, outside of the database, and written in chunks of a thousand, so
// that leases and submits go on in between. A small import is one transaction. A larger one is staged
// (store/work/task_import.h): its tasks are invisible until the last row has been found good, and then all
// appear at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

struct ImportTasks {
  domain::ProjectId project_id;
  dataset::TaskFormat format = dataset::TaskFormat::jsonl;
  dataset::ReadBytes read{};
  bool skip_bad_rows =
      false;  ///< import the good rows and report the others; else one bad row refuses them all
  std::size_t error_limit = 100;  ///< errors that are kept; all are counted
  std::size_t threads = 0;        ///< that read rows; 0 = half of the machine's
};

struct RowError {
  std::uint64_t line = 0;
  Error error;
};

struct TaskImport {
  domain::ImportId import_id;
  bool is_complete = false;  ///< false: it was refused, and nothing of it is there
  std::int64_t row_count = 0;
  std::int64_t created_count = 0;    ///< 0 when it was refused
  std::int64_t unchanged_count = 0;  ///< were there with the same content
  std::int64_t bad_count = 0;
  std::vector<RowError> errors{};  ///< by line, the first error_limit
};

/// @errors forbidden, not_found (project), and those of the stream: malformed_compression, malformed_parquet,
///         missing_column, not_utf8, cancelled … Nothing is there after an error.
/// @cost   O(bytes) time; memory for a few blocks of rows, whatever the length of the stream
[[nodiscard]] Result<TaskImport> import_tasks(Service& service, const Caller& caller,
                                              const ImportTasks& command);

/// Undoes imports that stopped half-way: their process was killed, or their client was silent for `rest`.
/// @out how many
[[nodiscard]] Result<int> undo_resting_imports(Service& service, Duration rest);

}  // namespace mizan::app
