// Drafts: an annotator's answers that are not submitted yet, kept on the server.
#pragma once

#include <optional>

#include <boost/json/value.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/work/drafts.h"

namespace mizan::app {

struct SaveDraft {
  domain::AssignmentId assignment;
  boost::json::value answers{};
};
/// Replaces the assignment's draft. Answers may be unfinished; what the template does not know is refused.
/// @errors not_found; bad_answer; assignment_not_live: it was submitted, so that a draft makes no sense
[[nodiscard]] Result<store::DraftRow> save_draft(Service& service, const Caller& caller,
                                                 const SaveDraft& command);
/// Nothing when there is none. Also of assignments that ended: late answers are kept here.
/// @errors not_found
[[nodiscard]] Result<std::optional<store::DraftRow>> read_draft(Service& service, const Caller& caller,
                                                                domain::AssignmentId assignment);

}  // namespace mizan::app
