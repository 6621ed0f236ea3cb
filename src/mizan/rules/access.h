// Who may do what: roles held at scopes, and the permission table (actions.h) read for them. Pure; no
// storage.
//
// A role is held at a scope: the whole organisation, one project, or one supplier (on all of its projects or
// on one). What one may do is the furthest reach of any membership whose scope covers the target.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mizan/base/enum_names.h"
#include "mizan/domain/ids.h"
#include "mizan/rules/actions.h"

namespace mizan::rules {

enum class Role : std::uint8_t { owner, data_lead, reviewer, annotator, supplier_manager, auditor };
inline constexpr EnumNames<Role, 6> kRoles{
    "role", {"owner", "data_lead", "reviewer", "annotator", "supplier_manager", "auditor"}};
[[nodiscard]] constexpr std::string_view to_text(Role role) {
  return kRoles(role);
}

/// How far a permission goes, each wider than the one before.
enum class Reach : std::uint8_t { none, mine, own, all };
inline constexpr EnumNames<Reach, 4> kReaches{"reach", {"none", "mine", "own", "all"}};

enum class ActionPlace : std::uint8_t { nobody, account, anywhere, organisation, project, supplier };
enum class ActionEffect : std::uint8_t { reads, changes };

#define MIZAN_ACTION_NAME(action, ...) action,
enum class Action : std::uint8_t { MIZAN_ACTIONS(MIZAN_ACTION_NAME) };
#undef MIZAN_ACTION_NAME

/// One row of the table.
struct Permission {
  Action action;
  std::string_view name;
  ActionPlace place;
  ActionEffect effect;
  std::array<Reach, kRoles.size()> reach;  ///< by role

  [[nodiscard]] constexpr Reach of(Role role) const { return reach[static_cast<std::size_t>(role)]; }
};

#define MIZAN_ACTION_ROW(action, at, does, owner, data_lead, reviewer, annotator, supplier_manager, auditor) \
  Permission{Action::action,                                                                                 \
             #action,                                                                                        \
             ActionPlace::at,                                                                                \
             ActionEffect::does,                                                                             \
             {Reach::owner, Reach::data_lead, Reach::reviewer, Reach::annotator, Reach::supplier_manager,    \
              Reach::auditor}},
inline constexpr std::array kPermissions{MIZAN_ACTIONS(MIZAN_ACTION_ROW)};
#undef MIZAN_ACTION_ROW

[[nodiscard]] constexpr const Permission& permission(Action action) {
  return kPermissions[static_cast<std::size_t>(action)];
}
[[nodiscard]] constexpr std::string_view to_text(Action action) {
  return permission(action).name;
}

/// Where a role is held, or what an action is done to. Neither = the organisation; a supplier and a project =
/// the supplier's part of the project.
struct Scope {
  domain::ProjectId project{};
  domain::SupplierId supplier{};

  [[nodiscard]] constexpr bool is_organisation() const { return project.value == 0 && supplier.value == 0; }
  friend bool operator==(const Scope&, const Scope&) = default;
};
inline constexpr Scope kOrganisation{};
[[nodiscard]] constexpr Scope at(domain::ProjectId project) {
  return {.project = project, .supplier = {}};
}
[[nodiscard]] constexpr Scope at(domain::SupplierId supplier) {
  return {.project = {}, .supplier = supplier};
}

/// A supplier's membership comes once for the supplier itself and once for each project that the supplier is
/// on: what project that is, is known to the database, not to these rules.
struct Membership {
  Role role = Role::annotator;
  Scope scope;
  friend bool operator==(const Membership&, const Membership&) = default;
};

/// What somebody may do with one target.
struct Grant {
  Reach reach = Reach::none;
  std::vector<domain::SupplierId> suppliers;  ///< whose rows, sorted, when reach is `own`; else empty

  [[nodiscard]] explicit operator bool() const { return reach != Reach::none; }
  /// Whether a row of this supplier lies within `own` or `all`. `mine` is for the verb: it knows the
  /// annotator.
  [[nodiscard]] bool covers(domain::SupplierId supplier) const;
};

/// Whether a role held at `held` has a say about `target`.
[[nodiscard]] constexpr bool covers(const Scope& held, const Scope& target) {
  if (held.is_organisation()) return true;
  if (held.supplier.value == 0) return held.project == target.project;
  if (target.supplier.value != 0 && target.supplier != held.supplier) return false;
  if (target.project.value == 0) return held.project.value == 0 && target.supplier == held.supplier;
  return held.project == target.project;
}

/// The furthest reach of `memberships` for `action` on `target`. An action whose place is `anywhere` counts
/// every membership, whatever the target; `nobody` and `account` are for everyone.
/// @cost   O(memberships)
[[nodiscard]] Grant allowed(std::span<const Membership> memberships, Action action, const Scope& target);

/// As allowed, for one row of an action whose place is `anywhere`, when it is known where the row lies: only
/// memberships whose scope covers `row` count. Of other actions the same as allowed.
[[nodiscard]] Grant allowed_for_row(std::span<const Membership> memberships, Action action, const Scope& row);

/// Whether somebody may hand out `wanted` (by an invite or a change of members): the owner any role anywhere
/// it can be held; a data lead every role but owner within the own scope; a supplier manager annotators and
/// managers of the own supplier.
[[nodiscard]] bool may_give(std::span<const Membership> memberships, const Membership& wanted);

/// Whether an API key limited to `wanted` would reach no further than its maker.
[[nodiscard]] bool within(std::span<const Membership> memberships, const Membership& wanted);

/// Whether the role can be held there: an owner only at the organisation, an annotator and a supplier manager
/// only at a supplier, reviewers, data leads and auditors at the organisation or a project.
[[nodiscard]] bool can_be_held(const Membership& membership);

}  // namespace mizan::rules
