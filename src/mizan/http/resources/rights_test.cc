// Rights that are taken or given count from the next request on, and end what is under way.
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "mizan/base/id.h"
#include "mizan/domain/ids.h"
#include "support/door_world.h"

namespace mizan::http {
namespace {

using test::Person;

class Rights : public test::EachDoorWorld {
 protected:
  int status_of(const Person& person, const std::string& target) {
    return world().ask(person, "GET", target).status;
  }
  [[nodiscard]] std::string own() const { return "/api/v1/projects/" + world().own_project(); }
  [[nodiscard]] rules::Scope own_scope() const {
    return rules::at(parse_id<domain::ProjectId>(world().own_project()).value());
  }
  [[nodiscard]] std::string role_of(const Person& person, const std::string& role) const {
    return R"({"account_id": ")" + person.account_id + R"(", "role": ")" + role + R"(", "project_id": ")" +
           world().own_project() + R"("})";
  }
};
MIZAN_ON_EACH_DATABASE(Rights);

TEST_P(Rights, a_suspended_account_is_out_at_once) {
  const Person lead = world().invite("lead", rules::Role::data_lead, own_scope());
  EXPECT_EQ(status_of(lead, own()), 200);
  world().call("POST", "/api/v1/accounts/" + lead.account_id + ":suspend");
  EXPECT_EQ(status_of(lead, own()), 401);
}

TEST_P(Rights, a_role_counts_from_the_moment_it_is_given_to_the_moment_it_is_taken) {
  const Person lead = world().invite("lead", rules::Role::data_lead, own_scope());
  world().call("POST", "/api/v1/members:take_role", role_of(lead, "data_lead"));
  EXPECT_EQ(status_of(lead, own()), 403);
  world().call("POST", "/api/v1/members:give_role", role_of(lead, "reviewer"));
  EXPECT_EQ(status_of(lead, own()), 200);
}

TEST_P(Rights, a_revoked_key_and_an_ended_session_are_out_at_once) {
  test::SupplierSide& amber = world().amber();
  const auto made = world().call(
      "POST", "/api/v1/api_keys",
      R"({"name": "k", "role": "supplier_manager", "supplier_id": ")" + amber.supplier_id + R"("})",
      &amber.manager);
  const Person program{
      .header_lines = {"Authorization: Bearer " + std::string(made.at("secret").as_string())}};
  EXPECT_EQ(status_of(program, own()), 200);
  world().call("DELETE", "/api/v1/api_keys/" + std::string(made.at("api_key_id").as_string()), {},
               &amber.manager);
  EXPECT_EQ(status_of(program, own()), 401);
  world().call("DELETE", "/api/v1/sessions/current", {}, &amber.manager);
  EXPECT_EQ(status_of(amber.manager, own()), 401);
}

TEST_P(Rights, a_supplier_that_joins_a_project_is_in_at_once) {
  test::SupplierSide& cedar = world().cedar();
  EXPECT_EQ(status_of(cedar.manager, own()), 403);
  world().call("POST", own() + "/suppliers", R"({"supplier_id": ")" + cedar.supplier_id + R"("})");
  EXPECT_EQ(status_of(cedar.manager, own()), 200);
}

TEST_P(Rights, a_stream_of_events_ends_when_rights_change) {
  const Person lead = world().invite("lead", rules::Role::data_lead, own_scope());
  test::HttpClient stream(world().api().port());
  std::string head = "GET " + own() + "/events:stream HTTP/1.1\r\nHost: localhost\r\n";
  for (const std::string& line : lead.header_lines) head += line + "\r\n";
  stream.send(head + "\r\n");
  ASSERT_EQ(stream.receive_head().header("content-type"), "text/event-stream");
  world().call("POST", "/api/v1/members:take_role", role_of(lead, "data_lead"));
  std::string chunk;
  do {
    chunk = stream.receive_chunk();
  } while (!chunk.empty() && chunk != "\r");
  EXPECT_EQ(chunk, "") << "the stream was ended, not waited for in vain";
}

}  // namespace
}  // namespace mizan::http
