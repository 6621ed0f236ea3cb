// Between two suppliers of one project there is a wall: whatever Amber's people ask, no answer says anything
// of Birch, and nothing of Birch's changes. Annotators are told no task ids either.
#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "mizan/http/router.h"
#include "support/database_text.h"
#include "support/door_world.h"

namespace mizan::http {
namespace {

namespace json = boost::json;
using test::Person;
using test::SupplierSide;

class SupplierWalls : public test::EachDoorWorld {
 protected:
  /// The route with ids of this side; rows that no supplier owns are the project's first.
  std::string target_of(const Route& route, const SupplierSide& side) {
    std::string target = route.path;
    std::map<std::string, std::string> ids = side.ids;
    ids.insert({{"project_id", world().own_project()},
                {"task_id", *world().task_ids().begin()},
                {"template_version", "1"},
                {"webhook_id", "whk_0000000000001"},
                {"delivery_id", "dlv_0000000000001"},
                {"session_id", "ses_0000000000001"}});
    for (const auto& [name, id] : ids) {
      const std::string hole = "{" + name + "}";
      if (const auto at = target.find(hole); at != std::string::npos) target.replace(at, hole.size(), id);
    }
    return target;
  }

  /// Amber's manager and annotator by session, and a program with a key of Amber's.
  std::vector<Person> ambers_people() {
    SupplierSide& amber = world().amber();
    const auto key = world().call(
        "POST", "/api/v1/api_keys",
        R"({"name": "program", "role": "supplier_manager", "supplier_id": ")" + amber.supplier_id + R"("})",
        &amber.manager);
    Person program{.name = "program", .membership = amber.manager.membership};
    program.header_lines = {"Authorization: Bearer " + std::string(key.at("secret").as_string())};
    return {amber.manager, amber.annotator, program};
  }

  /// Fails when the answer holds one of the marks. What was sent may come back.
  static void expect_none_of(const std::set<std::string>& marks, const test::HttpAnswer& answer,
                             const std::string& sent) {
    std::string seen = answer.body;
    for (const auto& [name, value] : answer.headers)
      seen.append(name).append(": ").append(value).append("\n");
    for (const std::string& mark : marks) {
      const bool is_told = seen.find(mark) != std::string::npos && sent.find(mark) == std::string::npos;
      EXPECT_FALSE(is_told) << sent << " tells " << mark << ":\n" << seen.substr(0, 2000);
    }
  }

  std::string everything_of_birch() {
    std::string text;
    const std::map<std::string, std::vector<std::string_view>> tables{
        {"suppliers", {"supplier_id", "name", "state", "version"}},
        {"project_suppliers", {"project_id", "supplier_id", "state", "version"}},
        {"annotators", {"annotator_id", "supplier_id", "state", "version"}},
        {"accounts", {"account_id", "state", "version"}},
        {"memberships", {"account_id", "role", "scope", "scope_id"}},
        {"assignments", {"assignment_id", "supplier_id", "state", "expires_at_us"}},
        {"annotations", {"annotation_id", "supplier_id", "answers"}},
        {"drafts", {"assignment_id", "answers", "saved_at_us"}},
        {"batches", {"batch_id", "name", "state", "version"}},
        {"reviews", {"review_id", "state", "comment"}},
        {"invites", {"invite_id", "email", "COALESCE(revoked_at_us, 0)"}},
        {"api_keys", {"api_key_id", "name", "COALESCE(revoked_at_us, 0)"}}};
    const auto raw = raw_ids(world().birch());
    for (const auto& [table, columns] : tables) {
      std::istringstream lines(test::text_of_columns(*world().api().database(), table, columns));
      for (std::string line; std::getline(lines, line);)
        if (std::ranges::any_of(raw,
                                [&](const std::string& id) { return line.find(id) != std::string::npos; }))
          text.append(table).append(" ").append(line).append("\n");
    }
    return text;
  }

  static std::vector<std::string> raw_ids(const SupplierSide& side);
};
MIZAN_ON_EACH_DATABASE(SupplierWalls);

std::vector<std::string> SupplierWalls::raw_ids(const SupplierSide& side) {
  std::vector<std::string> raw;
  const auto add = [&](const auto& id) {
    if (id) raw.push_back(std::to_string(id->value));
  };
  for (const auto& [name, text] : side.ids) {
    add(parse_id<domain::SupplierId>(text));
    add(parse_id<domain::AnnotatorId>(text));
    add(parse_id<domain::AccountId>(text));
    add(parse_id<domain::AssignmentId>(text));
    add(parse_id<domain::AnnotationId>(text));
    add(parse_id<domain::BatchId>(text));
    add(parse_id<domain::ReviewId>(text));
    add(parse_id<domain::InviteId>(text));
    add(parse_id<domain::ApiKeyId>(text));
  }
  return raw;
}

TEST_P(SupplierWalls, no_get_tells_anything_of_another_supplier) {
  int answered = 0;
  for (const Person& person : ambers_people()) {
    for (const auto& route : world().api().router().routes()) {
      if (route->method != Method::get) continue;
      for (const SupplierSide* side : {&world().amber(), &world().birch()}) {
        const std::string target = target_of(*route, *side);
        const auto answer = world().ask(person, "GET", target);
        answered += answer.status == 200 ? 1 : 0;
        expect_none_of(world().birch().marks, answer, person.name + " GET " + target);
        expect_none_of(world().cedar().marks, answer, person.name + " GET " + target);
        const bool names_birch = side == &world().birch() && target.find("_id}") == std::string::npos &&
                                 target != target_of(*route, world().amber());
        if (names_birch) {
          EXPECT_TRUE(answer.status == 403 || answer.status == 404)
              << person.name << " GET " << target << ": " << answer.status << answer.body.substr(0, 300);
        }
      }
    }
  }
  EXPECT_GT(answered, 60);
}

// What the walls keep from Amber is there to be told: Birch's own manager and the owner between them hear it.
TEST_P(SupplierWalls, the_marks_are_told_to_those_who_may_know) {
  std::string heard;
  for (const Person& person : {world().birch().manager, world().birch().annotator, world().owner()})
    for (const auto& route : world().api().router().routes())
      if (route->method == Method::get && !route->path.ends_with(":stream") &&
          !route->path.ends_with(":wait"))
        heard += world().ask(person, "GET", target_of(*route, world().birch())).body;
  for (const std::string& mark : world().birch().marks)
    EXPECT_NE(heard.find(mark), std::string::npos) << mark;
}

TEST_P(SupplierWalls, no_filter_of_a_list_reaches_another_supplier) {
  SupplierSide& birch = world().birch();
  const std::string project = "/api/v1/projects/" + world().own_project();
  const std::vector<std::string> targets{
      project + "/annotations?annotator_id=" + birch.annotator.annotator_id,
      project + "/history?annotator_id=" + birch.annotator.annotator_id,
      project + "/assignments?annotator_id=" + birch.annotator.annotator_id,
      project + "/assignments:live?annotator_id=" + birch.annotator.annotator_id,
      project + "/assignments:live?contributor_id=birch-contributor",
      project + "/assignments:workable?annotator_id=" + birch.annotator.annotator_id,
      project + "/assignments:workable?contributor_id=birch-contributor",
      project + "/tasks?batch_id=" + birch.ids["batch_id"],
      project + "/annotations?after=" + birch.ids["annotation_id"],
      project + "/reviews?state=rejected",
      "/api/v1/members?supplier_id=" + birch.supplier_id,
      "/api/v1/members?project_id=" + world().own_project(),
      "/api/v1/api_keys?of_everybody=true"};
  for (const Person& person : ambers_people())
    for (const std::string& target : targets)
      expect_none_of(birch.marks, world().ask(person, "GET", target), person.name + " GET " + target);
}

TEST_P(SupplierWalls, nothing_of_another_supplier_can_be_changed) {
  const std::string before = everything_of_birch();
  ASSERT_GT(std::ranges::count(before, '\n'), 10) << before;
  SupplierSide& birch = world().birch();
  const std::string bodies[] = {
      "{}",
      R"({"answers": {"safe": "no"}})",
      R"({"reason": "amber-reason", "answers": {"safe": "no"}})",
      R"({"annotator_id": ")" + birch.annotator.annotator_id + R"("})",
      R"({"contributor_ids": ["birch-contributor"]})",
      R"({"contributor_id": "birch-contributor"})",
      R"({"name": "stolen"})",
      R"({"account_id": ")" + birch.annotator.account_id +
          R"(", "role": "supplier_manager", "supplier_id": ")" + world().amber().supplier_id + R"("})",
      R"({"account_id": ")" + birch.annotator.account_id + R"(", "role": "annotator", "supplier_id": ")" +
          birch.supplier_id + R"("})",
      R"({"email": "x@example.org", "role": "supplier_manager", "supplier_id": ")" + birch.supplier_id +
          R"("})",
      R"({"name": "k", "role": "supplier_manager", "supplier_id": ")" + birch.supplier_id + R"("})",
      R"({"annotation_id": ")" + birch.ids["annotation_id"] + R"("})"};
  for (const Person& person : ambers_people()) {
    for (const auto& route : world().api().router().routes()) {
      if (route->method == Method::get || route->path.find("/sessions") != std::string::npos) continue;
      const std::string target = target_of(*route, birch);
      for (const std::string& body : bodies) {
        std::vector<std::string> lines = person.header_lines;
        lines.emplace_back("If-Match: \"1\"");
        Person hasty = person;
        hasty.header_lines = lines;
        const auto answer = world().ask(hasty, method_name(route->method), target, body);
        EXPECT_LT(answer.status, 500) << target << " " << body << " " << answer.body;
        expect_none_of(birch.marks, answer, person.name + " " + target + " " + body);
        if (route->method == Method::del) break;
      }
    }
  }
  EXPECT_EQ(everything_of_birch(), before);
}

TEST_P(SupplierWalls, no_key_and_no_invitation_reaches_beyond_the_own_supplier) {
  const Person& manager = world().amber().manager;
  for (const std::string& scope :
       {R"("supplier_id": ")" + world().birch().supplier_id + R"(")",
        R"("project_id": ")" + world().own_project() + R"(")", std::string(R"("project_id": null)")}) {
    for (const std::string role : {"supplier_manager", "annotator", "auditor", "owner", "data_lead"}) {
      const auto key = world().ask(manager, "POST", "/api/v1/api_keys",
                                   R"({"name": "k", "role": ")" + role + R"(", )" + scope + "}");
      EXPECT_GE(key.status, 400) << role << " " << scope << key.body;
      const auto invite =
          world().ask(manager, "POST", "/api/v1/invites",
                      R"({"email": "z@example.org", "role": ")" + role + R"(", )" + scope + "}");
      EXPECT_GE(invite.status, 400) << role << " " << scope << invite.body;
    }
  }
}

TEST_P(SupplierWalls, annotators_and_their_managers_are_told_no_task_id_and_no_gold) {
  for (const Person& person : ambers_people()) {
    for (const auto& route : world().api().router().routes()) {
      if (route->method != Method::get || route->operation == "read_contract" ||
          route->operation == "read_reference" || route->operation == "read_errors")
        continue;
      const std::string target = target_of(*route, world().amber());
      const auto answer = world().ask(person, "GET", target);
      expect_none_of(world().task_ids(), answer, person.name + " GET " + target);
      expect_none_of({"external-1", "external-2", "external-3", "is_gold", "task_id"}, answer,
                     person.name + " GET " + target);
    }
  }
}

TEST_P(SupplierWalls, counts_are_of_the_own_rows) {
  const std::string project = "/api/v1/projects/" + world().own_project();
  const auto before = world().ask(world().amber().manager, "GET", project + "/progress").body;
  const auto lease = world().call("POST", project + "/assignments", "{}", &world().birch().annotator);
  const std::string at = "/api/v1/assignments/" + std::string(lease.at("assignment_id").as_string());
  world().call("POST", at + "/annotation", R"({"answers": {"safe": "no"}})", &world().birch().annotator);
  EXPECT_EQ(world().ask(world().amber().manager, "GET", project + "/progress").body, before);
}

}  // namespace
}  // namespace mizan::http
