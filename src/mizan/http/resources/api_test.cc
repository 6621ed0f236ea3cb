// The contract and the routes say the same.
#include "mizan/http/resources/api.h"

#include <set>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "mizan/http/contract/contract_text.h"
#include "mizan/http/server/request.h"
#include "support/api_server.h"
#include "support/http_client.h"

namespace mizan::http {
namespace {

namespace json = boost::json;

json::object contract() {
  return json::parse(kContractJson).as_object();
}

// "GET /healthz check_health" for every operation.
std::set<std::string> operations_of_contract() {
  std::set<std::string> lines;
  const json::object document = contract();
  for (const auto& [path, methods] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      if (method == "parameters") continue;
      std::string line(method);
      for (char& c : line) c = static_cast<char>(c - 32);
      line.append(" ").append(path).append(" ").append(operation.at("operationId").as_string());
      lines.insert(line);
    }
  }
  return lines;
}

TEST(Api, has_exactly_the_operations_of_its_contract) {
  const test::ApiServer api;
  std::set<std::string> routes;
  for (const auto& route : api.router().routes())
    routes.insert(std::string(method_name(route->method)) + " " + route->path + " " + route->operation);
  EXPECT_THAT(routes, testing::ElementsAreArray(operations_of_contract()));
}

TEST(Api, routes_that_need_a_project_or_supplier_name_it_in_their_path) {
  const test::ApiServer api;
  for (const auto& route : api.router().routes()) {
    const auto place = rules::permission(route->action).place;
    if (place == rules::ActionPlace::project) {
      EXPECT_NE(route->path.find("{project_id}"), std::string::npos) << route->operation;
    }
    if (place == rules::ActionPlace::supplier) {
      EXPECT_NE(route->path.find("{supplier_id}"), std::string::npos) << route->operation;
    }
  }
}

TEST(Api, what_changes_something_is_no_get_and_what_reads_is_no_delete) {
  const test::ApiServer api;
  for (const auto& route : api.router().routes()) {
    const bool changes = rules::permission(route->action).effect == rules::ActionEffect::changes;
    if (is_safe(route->method)) {
      EXPECT_FALSE(changes) << route->operation;
    }
    if (route->method == Method::del || route->method == Method::put || route->method == Method::patch) {
      EXPECT_TRUE(changes) << route->operation;
    }
  }
}

TEST(Api, operations_that_are_open_in_the_contract_are_open_in_the_table_and_no_others) {
  const test::ApiServer api;
  std::set<std::string> open_in_contract, open_in_table;
  const json::object document = contract();
  for (const auto& [path, methods] : document.at("paths").as_object())
    for (const auto& [method, operation] : methods.as_object()) {
      const auto* security = method == "parameters" ? nullptr : operation.as_object().if_contains("security");
      if (security != nullptr && security->as_array().empty())
        open_in_contract.emplace(operation.at("operationId").as_string());
    }
  for (const auto& route : api.router().routes())
    if (rules::permission(route->action).place == rules::ActionPlace::nobody)
      open_in_table.insert(route->operation);
  EXPECT_EQ(open_in_contract, open_in_table);
}

}  // namespace
}  // namespace mizan::http
