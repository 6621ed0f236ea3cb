#include "mizan/rules/access.h"

#include <algorithm>

namespace mizan::rules {
namespace {

/// A role held at a supplier reaches no further than the supplier's own rows.
Reach reach_of(const Membership& membership, const Permission& row) {
  const Reach reach = row.of(membership.role);
  return membership.scope.supplier.value == 0 ? reach : std::min(reach, Reach::own);
}

bool counts(const Membership& membership, const Permission& row, const Scope& target) {
  switch (row.place) {
    case ActionPlace::anywhere:
      return true;
    case ActionPlace::organisation:
      return membership.scope.is_organisation();
    default:
      return covers(membership.scope, target);
  }
}

void add_supplier(Grant& grant, domain::SupplierId supplier) {
  const auto place = std::lower_bound(grant.suppliers.begin(), grant.suppliers.end(), supplier);
  if (place == grant.suppliers.end() || *place != supplier) grant.suppliers.insert(place, supplier);
}

Grant grant_of(std::span<const Membership> memberships, const Permission& row, const Scope& target) {
  if (row.place == ActionPlace::nobody || row.place == ActionPlace::account)
    return {.reach = Reach::all, .suppliers = {}};
  Grant grant;
  for (const Membership& membership : memberships)
    if (counts(membership, row, target)) grant.reach = std::max(grant.reach, reach_of(membership, row));
  if (grant.reach != Reach::own) return grant;
  for (const Membership& membership : memberships)
    if (counts(membership, row, target) && reach_of(membership, row) == Reach::own)
      add_supplier(grant, membership.scope.supplier);
  return grant;
}

}  // namespace

bool Grant::covers(domain::SupplierId supplier) const {
  if (reach == Reach::all) return true;
  return reach == Reach::own && std::binary_search(suppliers.begin(), suppliers.end(), supplier);
}

Grant allowed(std::span<const Membership> memberships, Action action, const Scope& target) {
  return grant_of(memberships, permission(action), target);
}

Grant allowed_for_row(std::span<const Membership> memberships, Action action, const Scope& row) {
  Permission placed = permission(action);
  if (placed.place == ActionPlace::anywhere)
    placed.place = ActionPlace::project;  // any place that is looked at
  return grant_of(memberships, placed, row);
}

bool can_be_held(const Membership& membership) {
  switch (membership.role) {
    case Role::owner:
      return membership.scope.is_organisation();
    case Role::annotator:
    case Role::supplier_manager:
      return membership.scope.supplier.value != 0;
    case Role::data_lead:
    case Role::reviewer:
    case Role::auditor:
      return membership.scope.supplier.value == 0;
  }
  return false;
}

bool may_give(std::span<const Membership> memberships, const Membership& wanted) {
  if (!can_be_held(wanted)) return false;
  return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& held) {
    if (!covers(held.scope, wanted.scope)) return false;
    switch (held.role) {
      case Role::owner:
        return true;
      case Role::data_lead:
        return wanted.role != Role::owner;
      case Role::supplier_manager:
        return wanted.role == Role::annotator || wanted.role == Role::supplier_manager;
      default:
        return false;
    }
  });
}

bool within(std::span<const Membership> memberships, const Membership& wanted) {
  if (!can_be_held(wanted)) return false;
  return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& held) {
    if (!covers(held.scope, wanted.scope)) return false;
    return std::all_of(kPermissions.begin(), kPermissions.end(),
                       [&](const Permission& row) { return reach_of(wanted, row) <= reach_of(held, row); });
  });
}

}  // namespace mizan::rules
