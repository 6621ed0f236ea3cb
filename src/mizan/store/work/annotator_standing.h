// What a lease must know of an annotator on a project, read by key in one statement: may they work, and how
// far have they come?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct StandingRow {
  domain::SupplierId supplier_id;
  std::string annotator_state;
  std::string supplier_state;
  std::string project_supplier_state;  ///< empty = the supplier is not on the project
  std::string project_state;
  std::int64_t project_version = 0;
  std::int64_t template_version = 0;  ///< the newest; 0 = none yet
  std::string languages;              ///< JSON list of the annotator; empty list = any
  std::string domains;
  bool has_account = false;                     ///< works in Mizan, not in the supplier's own system
  std::optional<std::string> granted_fields{};  ///< JSON list of payload members; nothing = all
  std::optional<std::int64_t> price_micros{};   ///< of one annotation
  std::string currency;
  std::int64_t live_count = 0;
  std::int64_t leased_count = 0;
  std::int64_t submitted_count = 0;
  Instant cursors_reset_at{};
};

/// Nothing = there is no such annotator or project.
[[nodiscard]] Result<std::optional<StandingRow>> find_standing(Transaction& tx, domain::ProjectId project,
                                                               domain::AnnotatorId annotator);

[[nodiscard]] Result<std::vector<std::string>> find_teams(Transaction& tx, domain::AnnotatorId annotator);

/// Lets nobody else lease for this annotator on the project until the transaction ends.
[[nodiscard]] Result<void> hold_progress(Transaction& tx, domain::ProjectId project,
                                         domain::AnnotatorId annotator);

struct ProgressStep {
  domain::ProjectId project_id;
  domain::AnnotatorId annotator_id;
  std::int64_t leased = 0;     ///< how many more
  std::int64_t submitted = 0;  ///< how many more
};
[[nodiscard]] Result<void> add_progress(Transaction& tx, const ProgressStep& step);
[[nodiscard]] Result<void> note_cursors_reset(Transaction& tx, domain::ProjectId project,
                                              domain::AnnotatorId annotator, Instant now);

}  // namespace mizan::store
