// Gold: tasks whose right answers are known to the lab.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct GoldAnswerRow {
  domain::ProjectId project_id;
  domain::TaskId task_id;
  std::string answers{};  ///< JSON object, question to right answer; a question that is absent is not scored
  std::string explanation{};   ///< shown in training only
  std::string concept_name{};  ///< column `concept`, a reserved word of C++
  std::int64_t difficulty = 0;
  Instant created_at{};
};

/// Replaces the task's gold. The task's state is the caller's to change: gold tasks stand outside the queue.
[[nodiscard]] Result<void> put_gold_answer(Transaction& tx, const GoldAnswerRow& gold);
/// @out false: the task had none
[[nodiscard]] Result<bool> delete_gold_answer(Transaction& tx, domain::ProjectId project,
                                              domain::TaskId task);
[[nodiscard]] Result<std::optional<GoldAnswerRow>> find_gold_answer(Transaction& tx,
                                                                    domain::ProjectId project,
                                                                    domain::TaskId task);
/// By task, later than `after`.
[[nodiscard]] Result<std::vector<GoldAnswerRow>> list_gold_answers(Transaction& tx, domain::ProjectId project,
                                                                   domain::TaskId after, std::int64_t limit);

/// A gold task as the picker sees it. Only tasks that are given out as gold.
struct GoldTask {
  domain::TaskId task_id;
  std::string concept_name{};
  std::int64_t difficulty = 0;
  friend bool operator==(const GoldTask&, const GoldTask&) = default;
};
/// @cost O(gold tasks of the project)
[[nodiscard]] Result<std::vector<GoldTask>> gold_tasks(Transaction& tx, domain::ProjectId project);

/// Whether there is a gold task that the annotator was never given.
/// @cost O(gold tasks of the project)
[[nodiscard]] Result<bool> has_unseen_gold(Transaction& tx, domain::ProjectId project,
                                           domain::AnnotatorId annotator);

}  // namespace mizan::store
