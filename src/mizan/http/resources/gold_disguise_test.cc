// Over a socket nothing tells gold from other tasks: what an annotator is sent is alike byte for byte, but
// for ids and times, and those say when something was given out, not what.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "mizan/base/clock.h"
#include "mizan/domain/ids.h"
#include "support/door_world.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

bool is_id(std::string_view text) {
  return text.size() == 17 && text[3] == '_';
}

// Everything but the values that must differ: names in their order, kinds, forms of ids and times, lengths.
std::string form_of(const json::value& value) {
  std::string form;
  if (value.is_object()) {
    form = "{";
    for (const auto& [name, member] : value.get_object())
      form += std::string(name) + ":" + form_of(member) + ",";
    return form + "}";
  }
  if (value.is_array()) {
    form = "[";
    for (const json::value& element : value.get_array()) form += form_of(element) + ",";
    return form + "]";
  }
  if (!value.is_string()) return json::serialize(value);
  const std::string_view text = value.get_string();
  if (is_id(text)) return "id of " + std::string(text.substr(0, 3));
  if (parse_instant(text)) return "time of " + std::to_string(text.size());
  if (text.starts_with("patient ")) return "payload of " + std::to_string(text.size());
  return json::serialize(value);
}

std::string form_of(const test::HttpAnswer& answer) {
  std::string form = std::to_string(answer.status) + "\n";
  for (const auto& [name, value] : answer.headers) {
    const std::set<std::string> differ{"date", "location", "x-request-id", "etag"};
    form += name + ": " + (differ.contains(name) ? std::to_string(value.size()) : value) + "\n";
  }
  return form + form_of(answer.body.empty() ? json::value() : json::parse(answer.body));
}

class GoldDisguise : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = world_.call(
        "POST", "/api/v1/projects",
        R"({"name": "Mixed", "settings": {"overlap": {"labels_per_task": 1}, "live_assignments": 1,
            "review_share": 0, "gold": {"rate_at_start": 0.5, "rate_later": 0.5}}})");
    project_ = "/api/v1/projects/" + std::string(made.at("project_id").as_string());
    world_.call("POST", project_ + "/templates",
                R"({"display": [{"type": "text", "path": "/text"}], "questions": [{"name": "safe",
                    "type": "choice", "options": [{"value": "yes"}, {"value": "no"}]}]})");
    world_.call("POST", project_ + "/suppliers",
                R"({"supplier_id": ")" + world_.amber().supplier_id + R"("})");
    for (int number = 100; number < 180; ++number) {
      const std::string text = std::to_string(number);
      world_.call("POST", project_ + "/tasks",
                  R"({"external_id": "x)" + text + R"(", "payload": {"text": "patient )" + text + R"("})" +
                      (number % 2 == 0 ? R"(, "gold": {"answers": {"safe": "yes"}})" : "") + "}");
    }
    world_.sign_in(world_.amber().annotator);
  }

  test::HttpAnswer ask(std::string_view method, const std::string& target, const std::string& body = {}) {
    return world_.ask(world_.amber().annotator, method, target, body);
  }

  // Which assignments were gold, as the lab sees them.
  std::map<std::string, bool> read_truth() {
    std::map<std::string, bool> is_gold;
    const auto listed = world_.call("GET", project_ + "/assignments?limit=1000");
    for (const json::value& row : listed.at("data").as_array())
      is_gold[std::string(row.at("assignment_id").as_string())] = row.at("is_gold").as_bool();
    return is_gold;
  }

  test::DoorWorld world_;
  std::string project_;
};

TEST_F(GoldDisguise, every_answer_of_the_server_is_alike) {
  struct Seen {
    std::string assignment;
    std::vector<std::string> forms;
    std::vector<std::string> bodies;
  };
  std::vector<Seen> all;
  for (int i = 0; i < 30; ++i) {
    Seen seen;
    const auto see = [&](const test::HttpAnswer& answer) {
      EXPECT_LT(answer.status, 300) << answer.body;
      seen.forms.push_back(form_of(answer));
      seen.bodies.push_back(answer.body);
    };
    const auto leased = ask("POST", project_ + "/assignments", "{}");
    see(leased);
    ASSERT_EQ(leased.status, 201);
    seen.assignment = json::parse(leased.body).at("assignment_id").as_string();
    const std::string at = "/api/v1/assignments/" + seen.assignment;
    see(ask("GET", at));
    see(ask("GET", project_ + "/assignments:live"));
    see(ask("POST", at + ":heartbeat"));
    see(ask("PUT", at + "/draft", R"({"answers": {"safe": "yes"}})"));
    see(ask("GET", at + "/draft"));
    see(ask("POST", at + "/annotation", R"({"answers": {"safe": "yes"}})"));
    see(ask("GET", at));
    see(ask("GET", project_ + "/history?limit=1"));
    all.push_back(std::move(seen));
  }
  const auto is_gold = read_truth();
  int gold_count = 0;
  for (const Seen& seen : all) {
    gold_count += is_gold.at(seen.assignment) ? 1 : 0;
    EXPECT_EQ(seen.forms, all.front().forms);
    for (std::size_t i = 0; i < seen.bodies.size(); ++i) {
      EXPECT_EQ(seen.bodies[i].size(), all.front().bodies[i].size());
      EXPECT_THAT(seen.bodies[i], testing::Not(testing::HasSubstr("tsk_")));
      EXPECT_THAT(seen.bodies[i], testing::Not(testing::HasSubstr("gold")));
    }
  }
  EXPECT_GT(gold_count, 5);
  EXPECT_LT(gold_count, 25);
}

// An assignment's id holds the moment of the lease, and a counter: never anything of the task.
TEST_F(GoldDisguise, ids_of_assignments_tell_the_order_of_leases_alone) {
  std::int64_t last = 0;
  std::set<std::int64_t> distances;
  for (int i = 0; i < 20; ++i) {
    const auto leased = json::parse(ask("POST", project_ + "/assignments", "{}").body);
    const std::string text(leased.at("assignment_id").as_string());
    const auto id = parse_id<domain::AssignmentId>(text);
    const auto leased_at = parse_instant(leased.at("leased_at").as_string());
    ASSERT_TRUE(id && leased_at);
    EXPECT_GT(id->value, last);
    last = id->value;
    // 41 bits of milliseconds stand above 22 of node and counter.
    distances.insert(leased_at->us / 1000 - (id->value >> 22));
    ask("POST", "/api/v1/assignments/" + text + "/annotation", R"({"answers": {"safe": "yes"}})");
  }
  EXPECT_LE(*distances.rbegin() - *distances.begin(), 250) << "milliseconds between the lease and its id";
}

}  // namespace
}  // namespace mizan::http
