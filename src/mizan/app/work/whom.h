// For whom a caller acts: an annotator for themselves, a supplier's system for its own people.
#pragma once

#include <optional>
#include <string>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// Neither = the caller's own annotator.
struct Whom {
  std::optional<domain::AnnotatorId> annotator{};
  std::string contributor_id{};  ///< the supplier's own name for the person
};

/// @errors forbidden: not theirs to act for; not_found: no such contributor
[[nodiscard]] Result<domain::AnnotatorId> find_whom(store::Transaction& tx, const Caller& caller,
                                                    const rules::Grant& grant, const Whom& whom);

/// What the caller may do with a row that lies at `place`: only memberships that cover it count, also for
/// actions that the table allows anywhere.
[[nodiscard]] rules::Grant grant_at(const Caller& caller, rules::Action action, const rules::Scope& place);

/// Whether a row of this annotator and supplier is within reach.
[[nodiscard]] bool may_touch(const Caller& caller, const rules::Grant& grant, domain::SupplierId supplier,
                             domain::AnnotatorId annotator);

}  // namespace mizan::app
