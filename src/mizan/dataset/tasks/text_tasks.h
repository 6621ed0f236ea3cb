// Sources of tasks in text: JSON lines and CSV. Of this folder only.
#pragma once

#include "mizan/dataset/tasks/task_source.h"

namespace mizan::dataset {

[[nodiscard]] Result<std::unique_ptr<TaskSource>> open_text_tasks(ReadBytes read,
                                                                  const TaskSourceOptions& options);
[[nodiscard]] Result<std::unique_ptr<TaskSource>> open_parquet_tasks(const ReadBytes& read,
                                                                     const TaskSourceOptions& options);

}  // namespace mizan::dataset
