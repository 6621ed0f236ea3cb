#include "mizan/dataset/tasks/task_source.h"

#include "mizan/dataset/tasks/task_json.h"
#include "mizan/dataset/tasks/text_tasks.h"

namespace mizan::dataset {

void TaskBlock::read(TaskSink& sink) const {
  read_rows([&](std::uint64_t line, const Result<std::string_view>& row) {
    if (row) {
      read_task_json(*row, line, sink);
    } else {
      sink.on_bad_row(line, row.error());
    }
  });
}

Result<std::unique_ptr<TaskSource>> open_task_source(ReadBytes read, const TaskSourceOptions& options) {
  if (options.format == TaskFormat::parquet) return open_parquet_tasks(read, options);
  return open_text_tasks(std::move(read), options);
}

std::optional<TaskFormat> task_format_of_media_type(std::string_view media_type) {
  media_type = media_type.substr(0, media_type.find(';'));
  while (media_type.ends_with(' ')) media_type.remove_suffix(1);
  if (media_type == "application/x-ndjson" || media_type == "application/jsonl" ||
      media_type == "application/jsonlines")
    return TaskFormat::jsonl;
  if (media_type == "text/csv") return TaskFormat::csv;
  if (media_type == "application/vnd.apache.parquet") return TaskFormat::parquet;
  return std::nullopt;
}

std::string_view media_type_of_tasks(TaskFormat format) {
  if (format == TaskFormat::jsonl) return "application/x-ndjson";
  return format == TaskFormat::csv ? "text/csv" : "application/vnd.apache.parquet";
}

std::optional<TaskFormat> task_format_of_path(std::string_view path) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  if (path.ends_with(".zst")) path.remove_suffix(4);
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson")) return TaskFormat::jsonl;
  if (path.ends_with(".csv")) return TaskFormat::csv;
  if (path.ends_with(".parquet")) return TaskFormat::parquet;
  return std::nullopt;
}

}  // namespace mizan::dataset
