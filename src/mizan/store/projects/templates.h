// Templates: every version of a project's questions, immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct TemplateRow {
  domain::ProjectId project_id;
  std::int64_t template_version = 1;
  std::string document;  ///< JSON of docs/formats/template.md
  domain::AccountId account_id;
  Instant created_at;
};

/// @errors conflict: the project has this version
[[nodiscard]] Result<void> insert_template(Transaction& tx, const TemplateRow& row);
[[nodiscard]] Result<std::optional<TemplateRow>> find_template(Transaction& tx, domain::ProjectId project_id,
                                                               std::int64_t template_version);
/// Every version without its document, oldest first.
[[nodiscard]] Result<std::vector<TemplateRow>> template_versions(Transaction& tx,
                                                                 domain::ProjectId project_id);

}  // namespace mizan::store
