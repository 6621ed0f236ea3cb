// Gold: saying of a task, at any time, what its right answers are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/gold_answers.h"

namespace mizan::app {

struct SetGold {
  domain::ProjectId project;
  domain::TaskId task;
  boost::json::value answers{};  ///< a question that is absent is not scored
  std::string explanation{};     ///< shown in training only
  std::string concept_name{};    ///< gold is drawn evenly over concept × difficulty
  std::int64_t difficulty = 0;
};
/// The task leaves the queue and is mixed in among the others from now on. Set again, it replaces the first.
/// @errors not_found; bad_answer; invalid_argument: not one answer; illegal_transition: the task is cancelled
[[nodiscard]] Result<store::GoldAnswerRow> set_gold(Service& service, const Caller& caller,
                                                    const SetGold& command);
/// For other verbs, in their transaction. Nothing is checked but the answers.
[[nodiscard]] Result<store::GoldAnswerRow> set_gold(store::Transaction& tx, Service& service,
                                                    const SetGold& command);

/// The task is an ordinary one again: back in the queue if it still wants annotations.
/// @errors not_found: no such task, or it is no gold
[[nodiscard]] Result<void> unset_gold(Service& service, const Caller& caller, domain::ProjectId project,
                                      domain::TaskId task);

/// @errors not_found
[[nodiscard]] Result<store::GoldAnswerRow> read_gold(Service& service, const Caller& caller,
                                                     domain::ProjectId project, domain::TaskId task);

struct ListGold {
  domain::ProjectId project;
  domain::TaskId after{};
  std::int64_t limit = 100;
};
[[nodiscard]] Result<std::vector<store::GoldAnswerRow>> list_gold(Service& service, const Caller& caller,
                                                                  const ListGold& query);

}  // namespace mizan::app
