// --role, --project and --supplier: a role and where it is held.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "mizan/app/access/caller.h"
#include "mizan/base/result.h"

namespace mizan::cli {

struct RoleFlags {
  std::string role{};
  std::string project{};
  std::string supplier{};
};

inline void add_role_options(CLI::App& command, RoleFlags& flags) {
  command
      .add_option("--role", flags.role, "owner, data_lead, reviewer, auditor, supplier_manager or annotator")
      ->required();
  command.add_option("--project", flags.project, "Only on this project, prj_… (default: the organisation)");
  command.add_option("--supplier", flags.supplier, "Of this supplier, sup_… (managers and annotators)");
}

/// @errors invalid_argument, malformed_id
[[nodiscard]] inline Result<rules::Membership> membership_of(const RoleFlags& flags) {
  rules::Membership membership;
  MIZAN_TRY(membership.role, rules::kRoles.parse(flags.role));
  if (!flags.project.empty()) {
    MIZAN_TRY(membership.scope.project, parse_id<domain::ProjectId>(flags.project));
  }
  if (!flags.supplier.empty()) {
    MIZAN_TRY(membership.scope.supplier, parse_id<domain::SupplierId>(flags.supplier));
  }
  return membership;
}

}  // namespace mizan::cli
