#include "mizan/rules/access.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace mizan::rules {
namespace {

constexpr domain::ProjectId kProject{11};
constexpr domain::ProjectId kOtherProject{12};
constexpr domain::SupplierId kSupplier{21};
constexpr domain::SupplierId kOtherSupplier{22};

/// A supplier's membership as the database hands it out: the supplier, and its project.
std::vector<Membership> at_supplier(Role role) {
  return {{role, at(kSupplier)}, {role, {.project = kProject, .supplier = kSupplier}}};
}

TEST(PermissionTable, is_complete_and_spelled_once) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kPermissions.size(); ++i) {
    EXPECT_EQ(kPermissions[i].action, static_cast<Action>(i));
    EXPECT_TRUE(names.insert(kPermissions[i].name).second) << kPermissions[i].name;
  }
}

TEST(PermissionTable, every_action_is_somebodys) {
  for (const Permission& row : kPermissions) {
    bool held = false;
    for (const Reach reach : row.reach) held = held || reach != Reach::none;
    EXPECT_TRUE(held) << row.name;
  }
}

TEST(PermissionTable, auditor_changes_nothing) {
  for (const Permission& row : kPermissions) {
    if (row.place == ActionPlace::nobody || row.place == ActionPlace::account) continue;
    if (row.effect == ActionEffect::changes) {
      EXPECT_EQ(row.of(Role::auditor), Reach::none) << row.name;
    }
  }
}

TEST(PermissionTable, owner_may_all_but_answer_in_an_annotators_name) {
  const std::set<Action> answering = {
      Action::lease_assignment, Action::lease_assignments,  Action::heartbeat_assignment,
      Action::skip_assignment,  Action::release_assignment, Action::read_draft,
      Action::save_draft,       Action::submit_annotation,  Action::revise_annotation};
  for (const Permission& row : kPermissions)
    EXPECT_EQ(row.of(Role::owner), answering.contains(row.action) ? Reach::none : Reach::all) << row.name;
}

TEST(PermissionTable, annotators_and_suppliers_never_reach_beyond_their_supplier_in_a_project) {
  for (const Permission& row : kPermissions) {
    if (row.place == ActionPlace::nobody || row.place == ActionPlace::account) continue;
    if (row.action == Action::read_organisation) continue;  // its name, for the head of every screen
    EXPECT_LT(row.of(Role::annotator), Reach::all) << row.name;
    EXPECT_LT(row.of(Role::supplier_manager), Reach::all) << row.name;
    EXPECT_LE(row.of(Role::annotator), row.of(Role::supplier_manager)) << row.name;
  }
}

TEST(PermissionTable, annotators_see_no_task_no_gold_and_no_quality) {
  for (const Action action :
       {Action::list_tasks, Action::read_task, Action::read_gold, Action::read_consensus,
        Action::read_quality, Action::read_scorecards, Action::read_events}) {
    EXPECT_EQ(permission(action).of(Role::annotator), Reach::none) << to_text(action);
  }
}

TEST(Covers, table_of_scopes) {
  const Scope supplier_on_project{.project = kProject, .supplier = kSupplier};
  const Scope other_on_project{.project = kProject, .supplier = kOtherSupplier};
  struct Case {
    Scope held;
    Scope target;
    bool covered;
  };
  const Case cases[] = {
      {kOrganisation, kOrganisation, true},
      {kOrganisation, at(kProject), true},
      {kOrganisation, at(kSupplier), true},
      {kOrganisation, supplier_on_project, true},
      {at(kProject), kOrganisation, false},
      {at(kProject), at(kProject), true},
      {at(kProject), at(kOtherProject), false},
      {at(kProject), supplier_on_project, true},
      {at(kProject), at(kSupplier), false},
      {at(kSupplier), kOrganisation, false},
      {at(kSupplier), at(kSupplier), true},
      {at(kSupplier), at(kOtherSupplier), false},
      {at(kSupplier), at(kProject), false},
      {at(kSupplier), supplier_on_project, false},
      {supplier_on_project, at(kProject), true},
      {supplier_on_project, at(kOtherProject), false},
      {supplier_on_project, supplier_on_project, true},
      {supplier_on_project, other_on_project, false},
      {supplier_on_project, at(kSupplier), false},
      {supplier_on_project, kOrganisation, false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(covers(c.held, c.target), c.covered)
        << c.held.project.value << "/" << c.held.supplier.value << " → " << c.target.project.value << "/"
        << c.target.supplier.value;
}

TEST(Allowed, role_at_another_scope_gives_nothing) {
  for (const Permission& row : kPermissions) {
    if (row.place != ActionPlace::project && row.place != ActionPlace::supplier) continue;
    const Scope foreign = row.place == ActionPlace::project ? at(kOtherProject) : at(kOtherSupplier);
    for (std::size_t role = 1; role < kRoles.size(); ++role) {
      EXPECT_FALSE(allowed(at_supplier(static_cast<Role>(role)), row.action, foreign)) << row.name;
      const Membership on_project{static_cast<Role>(role), at(kProject)};
      EXPECT_FALSE(allowed({&on_project, 1}, row.action, foreign)) << row.name;
    }
  }
}

TEST(Allowed, organisation_actions_need_a_role_at_the_organisation) {
  const Membership lead_of_project{Role::data_lead, at(kProject)};
  const Membership lead{Role::data_lead, kOrganisation};
  EXPECT_FALSE(allowed({&lead_of_project, 1}, Action::create_project, kOrganisation));
  EXPECT_TRUE(allowed({&lead, 1}, Action::create_project, kOrganisation));
}

TEST(Allowed, own_names_the_suppliers_of_every_membership) {
  std::vector<Membership> held = at_supplier(Role::supplier_manager);
  held.push_back({Role::annotator, {.project = kProject, .supplier = kOtherSupplier}});
  const Grant annotations = allowed(held, Action::list_annotations, at(kProject));
  EXPECT_EQ(annotations.reach, Reach::own);
  EXPECT_EQ(annotations.suppliers, std::vector{kSupplier});
  EXPECT_TRUE(annotations.covers(kSupplier));
  EXPECT_FALSE(annotations.covers(kOtherSupplier));
  const Grant project = allowed(held, Action::read_project, at(kProject));
  EXPECT_EQ(project.suppliers, (std::vector{kSupplier, kOtherSupplier}));
}

TEST(Allowed, widest_membership_wins) {
  std::vector<Membership> held = at_supplier(Role::annotator);
  held.push_back({Role::reviewer, at(kProject)});
  EXPECT_EQ(allowed(held, Action::list_annotations, at(kProject)).reach, Reach::all);
  EXPECT_EQ(allowed(held, Action::lease_assignment, at(kProject)).reach, Reach::mine);
  EXPECT_EQ(allowed({}, Action::list_annotations, at(kProject)).reach, Reach::none);
}

TEST(AllowedForRow, looks_at_where_the_row_lies) {
  const Membership lead{Role::data_lead, at(kProject)};
  EXPECT_TRUE(allowed({&lead, 1}, Action::read_assignment, kOrganisation)) << "somewhere";
  EXPECT_TRUE(allowed_for_row({&lead, 1}, Action::read_assignment, at(kProject)));
  EXPECT_FALSE(allowed_for_row({&lead, 1}, Action::read_assignment, at(kOtherProject)));
  EXPECT_FALSE(allowed_for_row({&lead, 1}, Action::list_members, kOrganisation));
  EXPECT_FALSE(
      allowed_for_row(at_supplier(Role::supplier_manager), Action::list_members, at(kOtherSupplier)));
}

TEST(MayGive, table) {
  struct Case {
    Membership held;
    Membership wanted;
    bool given;
  };
  const Case cases[] = {
      {{Role::owner, kOrganisation}, {Role::owner, kOrganisation}, true},
      {{Role::owner, kOrganisation}, {Role::owner, at(kProject)}, false},  // cannot be held there
      {{Role::owner, kOrganisation}, {Role::annotator, at(kSupplier)}, true},
      {{Role::owner, kOrganisation}, {Role::annotator, kOrganisation}, false},
      {{Role::data_lead, kOrganisation}, {Role::owner, kOrganisation}, false},
      {{Role::data_lead, kOrganisation}, {Role::reviewer, at(kProject)}, true},
      {{Role::data_lead, at(kProject)}, {Role::reviewer, at(kProject)}, true},
      {{Role::data_lead, at(kProject)}, {Role::reviewer, at(kOtherProject)}, false},
      {{Role::data_lead, at(kProject)}, {Role::data_lead, kOrganisation}, false},
      {{Role::data_lead, at(kProject)}, {Role::annotator, at(kSupplier)}, false},
      {{Role::supplier_manager, at(kSupplier)}, {Role::annotator, at(kSupplier)}, true},
      {{Role::supplier_manager, at(kSupplier)}, {Role::annotator, at(kOtherSupplier)}, false},
      {{Role::supplier_manager, at(kSupplier)}, {Role::reviewer, at(kProject)}, false},
      {{Role::annotator, at(kSupplier)}, {Role::annotator, at(kSupplier)}, false},
      {{Role::auditor, kOrganisation}, {Role::auditor, kOrganisation}, false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(may_give({&c.held, 1}, c.wanted), c.given)
        << to_text(c.held.role) << " gives " << to_text(c.wanted.role);
}

TEST(Within, key_never_reaches_further_than_its_maker) {
  const Membership owner{Role::owner, kOrganisation};
  const Membership lead{Role::data_lead, at(kProject)};
  EXPECT_TRUE(within({&owner, 1}, owner));
  EXPECT_TRUE(within({&owner, 1}, lead));
  EXPECT_TRUE(within({&owner, 1}, {Role::auditor, at(kProject)}));
  EXPECT_TRUE(within({&lead, 1}, lead));
  EXPECT_TRUE(within({&lead, 1}, {Role::reviewer, at(kProject)}));
  EXPECT_FALSE(within({&lead, 1}, {Role::data_lead, at(kOtherProject)}));
  EXPECT_FALSE(within({&lead, 1}, owner));
  EXPECT_TRUE(within(at_supplier(Role::supplier_manager), {Role::supplier_manager, at(kSupplier)}));
  EXPECT_FALSE(within(at_supplier(Role::supplier_manager), {Role::supplier_manager, at(kOtherSupplier)}));
  EXPECT_FALSE(within({}, lead));
}

}  // namespace
}  // namespace mizan::rules
