// One task from one JSON object.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "mizan/dataset/tasks/task_source.h"

namespace mizan::dataset {

/// Members with a meaning of their own; all others are payload.
inline constexpr std::array<std::string_view, 8> kTaskMembers = {
    "external_id", "payload", "priority", "domain", "language", "batch", "gold", "pre_annotation"};

/// Reads the object in `text` and hands it to the sink as a task or as a bad row.
void read_task_json(std::string_view text, std::uint64_t line, TaskSink& sink);

}  // namespace mizan::dataset
