// A reviewer's answers as the consensus of a task, inside the transaction of the verdict.
#pragma once

#include <cstdint>
#include <string>

#include <boost/json/value.hpp>

#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {

struct LastWord {
  store::TaskStateRow& task;
  std::int64_t template_version = 0;
  const boost::json::value& answers;
};
/// Writes the consensus with basis "review", which later runs of inference leave alone, and the task is done.
/// @out the answers in the wire form
/// @errors bad_answer
[[nodiscard]] Result<std::string> have_last_word(store::Transaction& tx, Service& service,
                                                 const LastWord& word);

/// Whether a reviewer has had the last word on the task.
[[nodiscard]] Result<bool> has_last_word(store::Transaction& tx, domain::ProjectId project,
                                         domain::TaskId task);

}  // namespace mizan::app
