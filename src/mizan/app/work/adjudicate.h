// Adjudication: the disagreeing answers to a task side by side, without their authors, and the last word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {

/// One annotator's answers under a letter that says nothing about them.
struct BlindAnswers {
  std::string letter{};   ///< "A", "B" …, in an order drawn by the task
  std::string answers{};  ///< JSON object
};
struct AdjudicationView {
  std::string payload{};
  std::int64_t template_version = 0;
  std::string state{};  ///< of the task
  std::vector<BlindAnswers> answers{};
};
/// @errors not_found
[[nodiscard]] Result<AdjudicationView> read_adjudication(Service& service, const Caller& caller,
                                                         domain::ProjectId project, domain::TaskId task);

struct AdjudicateTask {
  domain::ProjectId project;
  domain::TaskId task;
  boost::json::value answers{};
  std::string comment{};
  bool becomes_gold = false;
  std::string explanation{};  ///< of the gold
};
/// The answers are the consensus from now on, whatever labels say; reviews of the task that wait are settled.
/// @errors not_found; bad_answer; illegal_transition: the task is gold or cancelled
[[nodiscard]] Result<store::TaskStateRow> adjudicate_task(Service& service, const Caller& caller,
                                                          const AdjudicateTask& command);

}  // namespace mizan::app
