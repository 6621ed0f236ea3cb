// Taking live assignments back: the kill switch of a supplier, an annotator who is suspended.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"

namespace mizan::app {

/// Whose live assignments.
struct Revocation {
  std::optional<domain::SupplierId> supplier_id{};    ///< either a supplier …
  domain::ProjectId project_id{};                     ///< … in one project, or in all when none is given
  std::optional<domain::AnnotatorId> annotator_id{};  ///< … or an annotator, in every project
  std::string_view reason;                            ///< "supplier_suspended", "annotator_suspended"
};

/// Revokes until none is live, in short transactions; their tasks go back to the queue. Call it after what
/// stops new ones has been committed.
/// @out how many were revoked
[[nodiscard]] Result<std::int64_t> revoke_live_assignments(Service& service, const Revocation& whose);

/// Revokes what suspended suppliers and annotators still hold: left by a crash, or, on PostgreSQL, leased by
/// a transaction that had begun before the suspension was committed. Called by the background work every
/// second.
/// @out how many were revoked
[[nodiscard]] Result<std::int64_t> revoke_of_suspended(Service& service);

}  // namespace mizan::app
