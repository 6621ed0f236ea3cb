// Every route × everybody × own and foreign places, through the front door, against the permission table.
//
// Ids of rows are well formed but of nothing, and bodies are empty: who is let in gets 404 or 400 from the
// verb, who is not gets 403 before it. The rows of another supplier are supplier_walls_test.cc.
#include <algorithm>
#include <map>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "mizan/base/id.h"
#include "mizan/domain/ids.h"
#include "mizan/http/router.h"
#include "support/door_world.h"

namespace mizan::http {
namespace {

using rules::ActionPlace;
using rules::Reach;
using rules::Role;
using test::Person;

/// Where a route is walked: what its path names.
struct Place {
  std::string project_id, supplier_id;
  bool is_own_project, is_own_supplier;  ///< of Amber's people and of the project's people
};

/// Whether the table lets the person in: said here a second time, in other words than rules/access.cc.
bool may_enter(const Person& person, const rules::Permission& row, const Place& place) {
  if (row.place == ActionPlace::nobody) return true;
  if (!person.membership) return false;
  if (row.place == ActionPlace::account) return true;
  if (row.of(person.membership->role) == Reach::none) return false;
  const rules::Scope& held = person.membership->scope;
  if (held.is_organisation() || row.place == ActionPlace::anywhere) return true;
  if (row.place == ActionPlace::organisation) return false;
  const bool is_of_supplier = held.supplier.value != 0;
  if (row.place == ActionPlace::supplier) return is_of_supplier && place.is_own_supplier;
  return place.is_own_project;
}

struct Counts {
  int entered = 0, refused = 0;
};

class Walk : public test::EachDoorWorld {
 protected:
  void SetUp() override {
    EachDoorWorld::SetUp();
    if (IsSkipped()) return;
    const auto project = rules::at(parse_id<domain::ProjectId>(world().own_project()).value());
    people.push_back({.name = "nobody"});
    people.push_back(world().invite("second-owner", Role::owner, rules::kOrganisation));
    for (const Role role : {Role::data_lead, Role::reviewer, Role::auditor}) {
      const std::string name(rules::to_text(role));
      people.push_back(world().invite("organisation-" + name, role, rules::kOrganisation));
      people.push_back(world().invite("project-" + name, role, project));
    }
    people.push_back(world().amber().manager);
    people.push_back(world().amber().annotator);
    places = {{world().own_project(), world().amber().supplier_id, true, true},
              {world().own_project(), world().birch().supplier_id, true, false},
              {world().foreign_project(), world().cedar().supplier_id, false, false}};
  }

  static std::string target_of(const Route& route, const Place& place) {
    std::string target = route.path;
    for (const auto& [name, id] : ids_of_nothing(place)) {
      const std::string hole = "{" + name + "}";
      if (const auto at = target.find(hole); at != std::string::npos) target.replace(at, hole.size(), id);
    }
    EXPECT_EQ(target.find('{'), std::string::npos) << "the walk does not know an id of " << route.path;
    return target;
  }

  static std::map<std::string, std::string> ids_of_nothing(const Place& place) {
    return {{"project_id", place.project_id},
            {"supplier_id", place.supplier_id},
            {"task_id", to_text(domain::TaskId{1})},
            {"batch_id", to_text(domain::BatchId{1})},
            {"assignment_id", to_text(domain::AssignmentId{1})},
            {"annotation_id", to_text(domain::AnnotationId{1})},
            {"annotator_id", to_text(domain::AnnotatorId{1})},
            {"review_id", to_text(domain::ReviewId{1})},
            {"webhook_id", to_text(domain::WebhookId{1})},
            {"delivery_id", to_text(domain::DeliveryId{1})},
            {"account_id", to_text(domain::AccountId{1})},
            {"invite_id", to_text(domain::InviteId{1})},
            {"api_key_id", to_text(domain::ApiKeyId{1})},
            {"session_id", to_text(domain::SessionId{1})},
            {"export_id", "1"},
            {"template_version", "99"}};
  }

  // What a step did to the world is undone, so that the next one finds it as it was.
  void restore(const Route& route, Person& person, const std::string& target) {
    if (route.operation == "sign_out") world().sign_in(person);
    const auto colon = target.rfind(':');
    const std::string one = target.substr(0, colon);
    if (route.operation.starts_with("suspend_") || route.operation == "pause_project")
      world().call("POST", one + ":resume");
  }

  void step(const Route& route, const Place& place, Person& person, Counts& counts);

  std::vector<Person> people;
  std::vector<Place> places;
};
MIZAN_ON_EACH_DATABASE(Walk);

// Ends the world for good, and needs no body: walked by those alone who may not.
bool is_final(const Route& route) {
  return route.operation == "archive_project";
}

// Answers without an end.
bool is_stream(const Route& route) {
  return route.operation == "stream_events" || route.operation == "wait_for_events";
}

// The table's refusal; a verb may have reasons of its own ("this account is no annotator").
bool is_refused_by_table(const test::HttpAnswer& answer) {
  return answer.status == 403 && answer.body.find("no role of this account allows") != std::string::npos;
}

// A route of a project that names a supplier too: the verb keeps a supplier's people to their own.
bool names_another_supplier(const Person& person, const Route& route, const Place& place) {
  return person.membership && person.membership->scope.supplier.value != 0 && !place.is_own_supplier &&
         route.path.find("{supplier_id}") != std::string::npos;
}

void Walk::step(const Route& route, const Place& place, Person& person, Counts& counts) {
  const rules::Permission& row = rules::permission(route.action);
  const bool is_let_in = may_enter(person, row, place);
  if (is_let_in && (is_final(route) || is_stream(route))) return;
  const std::string target = target_of(route, place);
  const bool has_body = route.method != Method::get && route.method != Method::del;
  const auto answer = world().ask(person, method_name(route.method), target, has_body ? "{}" : "");
  const std::string seen = person.name + " " + std::string(method_name(route.method)) + " " + target + " (" +
                           route.operation + "): " + std::to_string(answer.status) + " " +
                           answer.body.substr(0, 300);
  EXPECT_LT(answer.status, 500) << seen;
  if (!is_let_in) {
    ++counts.refused;
    EXPECT_EQ(answer.status, person.membership ? 403 : 401) << seen;
  } else if (names_another_supplier(person, route, place)) {
    ++counts.refused;
    EXPECT_TRUE(answer.status == 403 || answer.status == 404) << seen;
  } else {
    ++counts.entered;
    EXPECT_FALSE(is_refused_by_table(answer)) << seen;
    // A set-up or invitation without a token is refused by the verb, as is a wrong password.
    const bool proves = row.place == ActionPlace::nobody || row.place == ActionPlace::account;
    EXPECT_TRUE(answer.status != 401 || proves) << seen;
    if (answer.status < 300) restore(route, person, target);
  }
}

TEST_P(Walk, every_route_lets_in_whom_the_table_names_and_nobody_else) {
  Counts counts;
  for (const auto& route : world().api().router().routes())
    for (const Place& place : places)
      for (Person& person : people) step(*route, place, person, counts);
  EXPECT_GT(counts.entered, 1500);
  EXPECT_GT(counts.refused, 1000);
}

}  // namespace
}  // namespace mizan::http
