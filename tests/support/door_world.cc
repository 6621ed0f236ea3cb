#include "support/door_world.h"

#include <iostream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/base/assert.h"
#include "mizan/base/id.h"

namespace mizan::test {
namespace {

namespace json = boost::json;

constexpr std::string_view kPassword = "correct horse battery staple";
constexpr std::string_view kTemplate = R"({"title": "t", "display": [{"type": "text", "path": "/text"}],
  "questions": [{"name": "safe", "type": "choice", "options": [{"value": "yes"}, {"value": "no"}]},
                {"name": "note", "type": "text", "required": false}]})";

std::string text_of(const json::value& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

json::object membership_body(rules::Role role, const rules::Scope& scope) {
  json::object body{{"role", rules::to_text(role)}};
  if (scope.supplier.value != 0)
    body["supplier_id"] = to_text(scope.supplier);
  else if (scope.project.value != 0)
    body["project_id"] = to_text(scope.project);
  return body;
}

// The lines that a browser sends after an answer that signed somebody in.
std::vector<std::string> session_lines(const HttpAnswer& answer) {
  const std::string cookie = answer.header("set-cookie");
  return {"Cookie: " + cookie.substr(0, cookie.find(';')),
          "X-CSRF-Token: " + text_of(json::parse(answer.body), "csrf_token")};
}

}  // namespace

DoorWorld::DoorWorld(store::Dialect dialect)
    : api_({.dialect = dialect,
            .front_door = {.per_caller = {.per_second = 100'000, .burst = 100'000},
                           .per_address = {.per_second = 100'000, .burst = 100'000}}}) {
  const ApiServer::Session& session = api_.owner_session();
  owner_ = {.name = "owner",
            .email = "owner@example.org",
            .membership = rules::Membership{rules::Role::owner, rules::kOrganisation},
            .header_lines = {session.cookie_line, session.csrf_line}};
  make_project(own_project_, "Own project");
  make_project(foreign_project_, "Foreign project");
  make_side(amber_, "amber", own_project_);
  make_side(birch_, "birch", own_project_);
  make_side(cedar_, "cedar", foreign_project_);
  for (SupplierSide* side : {&amber_, &birch_}) {
    make_batch(*side, side == &amber_ ? "amber" : "birch");
    do_work(*side, side == &amber_ ? "amber" : "birch");
    make_reviews(*side, side == &amber_ ? "amber" : "birch");
  }
  const auto tasks = call("GET", "/api/v1/projects/" + own_project_ + "/tasks?limit=1000");
  for (const json::value& task : tasks.at("data").as_array()) task_ids_.insert(text_of(task, "task_id"));
}

HttpAnswer DoorWorld::ask(const Person& person, std::string_view method, const std::string& target,
                          const std::string& body) {
  HttpAnswer answer = client_.request(method, target, body, person.header_lines);
  const bool is_over = answer.status == 0 || answer.header("connection") == "close";
  if (is_over) client_.reconnect();
  return answer;
}

json::value DoorWorld::call(std::string_view method, const std::string& target, const std::string& body,
                            const Person* person) {
  const HttpAnswer answer = ask(person == nullptr ? owner_ : *person, method, target, body);
  if (answer.status >= 300 || answer.status == 0) {
    std::cerr << method << " " << target << " " << body << ": " << answer.status << " " << answer.body
              << "\n";
    MIZAN_ASSERT(false);
  }
  return answer.body.empty() ? json::value() : json::parse(answer.body);
}

Person DoorWorld::invite(const std::string& name, rules::Role role, const rules::Scope& scope) {
  Person person{.name = name, .email = name + "@example.org", .membership = rules::Membership{role, scope}};
  json::object wanted = membership_body(role, scope);
  wanted["email"] = person.email;
  const auto made = call("POST", "/api/v1/invites", json::serialize(wanted));
  const json::object accepted{
      {"token", made.at("token")}, {"password", kPassword}, {"name", "Person " + name}};
  const HttpAnswer answer = ask({}, "POST", "/api/v1/invites:accept", json::serialize(accepted));
  MIZAN_ASSERT(answer.status == 201);
  person.header_lines = session_lines(answer);
  const auto profile = call("GET", "/api/v1/profile", {}, &person);
  person.account_id = text_of(profile, "account_id");
  if (profile.at("annotator_id").is_string()) person.annotator_id = text_of(profile, "annotator_id");
  return person;
}

void DoorWorld::sign_in(Person& person) {
  const json::object body{{"email", person.email}, {"password", kPassword}};
  const HttpAnswer answer = ask({}, "POST", "/api/v1/sessions", json::serialize(body));
  MIZAN_ASSERT(answer.status == 201);
  person.header_lines = session_lines(answer);
}

void DoorWorld::make_project(std::string& id, const std::string& name) {
  const std::string settings =
      R"("settings": {"overlap": {"kind": "fixed", "labels_per_task": 2}, "live_assignments": 10,
          "review_share": 0, "gold": {"rate_at_start": 0, "rate_later": 0},
          "review_reasons": ["amber-reason", "birch-reason"]})";
  id = text_of(call("POST", "/api/v1/projects", R"({"name": ")" + name + R"(", )" + settings + "}"),
               "project_id");
  const std::string project = "/api/v1/projects/" + id;
  call("POST", project + "/templates", std::string(kTemplate));
  for (int number = 1; number <= 12; ++number) {
    const std::string text = std::to_string(number);
    call("POST", project + "/tasks",
         R"({"external_id": "external-)" + text + R"(", "payload": {"text": "patient )" + text + R"("}})");
  }
}

void DoorWorld::make_side(SupplierSide& side, const std::string& name, const std::string& project) {
  side.supplier_id =
      text_of(call("POST", "/api/v1/suppliers", R"({"name": ")" + name + R"(-company", "kind": "crowd"})"),
              "supplier_id");
  call("POST", "/api/v1/projects/" + project + "/suppliers",
       R"({"supplier_id": ")" + side.supplier_id + R"(", "price_micros": 1000, "currency": "USD"})");
  const rules::Scope scope = rules::at(parse_id<domain::SupplierId>(side.supplier_id).value());
  side.manager = invite(name + "-manager", rules::Role::supplier_manager, scope);
  side.annotator = invite(name + "-annotator", rules::Role::annotator, scope);
  const auto contributor = call("POST", "/api/v1/suppliers/" + side.supplier_id + "/annotators",
                                R"({"contributor_id": ")" + name + R"(-contributor"})", &side.manager);
  const auto invited = call("POST", "/api/v1/invites",
                            R"({"email": ")" + name + R"(-invited@example.org", "role": "annotator",
                                "supplier_id": ")" +
                                side.supplier_id + R"("})",
                            &side.manager);
  const auto key = call("POST", "/api/v1/api_keys",
                        R"({"name": ")" + name + R"(-key", "role": "supplier_manager", "supplier_id": ")" +
                            side.supplier_id + R"("})",
                        &side.manager);
  side.ids = {{"supplier_id", side.supplier_id},
              {"account_id", side.annotator.account_id},
              {"annotator_id", side.annotator.annotator_id},
              {"invite_id", text_of(invited, "invite_id")},
              {"api_key_id", text_of(key, "api_key_id")}};
  side.marks = {
      name + "-company", name + "-manager", name + "-annotator",     name + "-contributor",
      name + "-invited", name + "-key",     side.manager.account_id, text_of(contributor, "annotator_id")};
}

void DoorWorld::make_batch(SupplierSide& side, const std::string& name) {
  const std::string batches = "/api/v1/projects/" + own_project_ + "/batches";
  const auto batch = call(
      "POST", batches, R"({"name": ")" + name + R"(-batch", "supplier_id": ")" + side.supplier_id + R"("})");
  side.ids["batch_id"] = text_of(batch, "batch_id");
  side.marks.insert(name + "-batch");
  const std::string one = batches + "/" + side.ids["batch_id"];
  call("POST", one + "/tasks", R"({"unbatched_limit": 4})");
  call("POST", one + ":stage");
  call("POST", one + ":start");
}

// Two annotations, and a live assignment with a draft.
void DoorWorld::do_work(SupplierSide& side, const std::string& name) {
  const std::string project = "/api/v1/projects/" + own_project_;
  const std::string answers = R"({"answers": {"safe": "yes", "note": ")" + name + R"(-note"}})";
  for (int each = 0; each < 3; ++each) {
    const auto leased = call("POST", project + "/assignments", "{}", &side.annotator);
    const std::string assignment = text_of(leased, "assignment_id");
    side.marks.insert(assignment);
    const std::string at = "/api/v1/assignments/" + assignment;
    if (each == 2) {
      side.ids["assignment_id"] = assignment;
      call("PUT", at + "/draft", answers, &side.annotator);
      break;
    }
    const auto made = call("POST", at + "/annotation", answers, &side.annotator);
    side.ids["annotation_id"] = text_of(made, "annotation_id");
    side.marks.insert(side.ids["annotation_id"]);
  }
  side.marks.insert(name + "-note");
}

void DoorWorld::make_reviews(SupplierSide& side, const std::string& name) {
  const std::string reviews = "/api/v1/projects/" + own_project_ + "/reviews";
  const auto review = call("POST", reviews, R"({"annotation_id": ")" + side.ids["annotation_id"] + R"("})");
  side.ids["review_id"] = text_of(review, "review_id");
  call("POST", reviews + "/" + side.ids["review_id"] + ":reject",
       R"({"reason": ")" + name + R"(-reason", "comment": ")" + name + R"(-comment"})");
  side.marks.insert(name + "-comment");
  for (const auto& [parameter, id] : side.ids) side.marks.insert(id);
}

void EachDoorWorld::SetUp() {
  if (GetParam() == store::Dialect::postgres && !has_postgres())
    GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set";
  world_.emplace(GetParam());
}

}  // namespace mizan::test
