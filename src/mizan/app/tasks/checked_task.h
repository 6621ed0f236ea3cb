// One row of an import, checked against the project's template. Pure: safe to call from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mizan/base/result.h"
#include "mizan/dataset/tasks/task_source.h"
#include "mizan/domain/template/template.h"
#include "mizan/store/sql/value.h"

namespace mizan::app {

struct CheckedGold {
  std::string answers{};  ///< domain::to_json
  std::string explanation{};
  std::string concept_name{};
  std::int64_t difficulty = 0;
};

struct CheckedTask {
  std::uint64_t line = 0;
  std::string external_id{};
  std::string payload{};
  std::string domain{};
  std::string language{};
  std::string batch{};
  std::int64_t priority = 0;
  std::optional<CheckedGold> gold{};
  std::optional<std::string> pre_annotation{};
  store::Blob content_hash{};
};

/// @in     task_template  nullptr: the project has none yet, so payloads are taken as they are
/// @errors bad_payload, bad_answer (gold, pre_annotation); `where` is the place in the row
[[nodiscard]] Result<CheckedTask> check_task(const dataset::TaskRecord& record,
                                             const domain::Template* task_template);

}  // namespace mizan::app
