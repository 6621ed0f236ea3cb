// An organisation with two projects, three suppliers and somebody of every role, made over the API: for tests
// that walk its doors.
//
//   project own      suppliers Amber and Birch, whose annotators have worked on it
//   project foreign  supplier Cedar
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "mizan/rules/access.h"
#include "support/api_server.h"
#include "support/http_client.h"

namespace mizan::test {

/// Somebody with one role, signed in as a browser is.
struct Person {
  std::string name{};
  std::string email{};
  std::optional<rules::Membership> membership{};  ///< none = nobody is signed in
  std::vector<std::string> header_lines{};
  std::string account_id{};
  std::string annotator_id{};  ///< of an annotator
};

/// A supplier with what its people did on the own project.
struct SupplierSide {
  std::string supplier_id{};
  Person manager{};
  Person annotator{};
  /// Ids of its rows by the name of their path parameter, and names for which no other supplier may be told.
  std::map<std::string, std::string> ids{};
  std::set<std::string> marks{};
};

class DoorWorld {
 public:
  explicit DoorWorld(store::Dialect dialect = store::Dialect::sqlite);

  [[nodiscard]] ApiServer& api() { return api_; }
  /// The decoded body of a request that must succeed, as the owner unless somebody is named.
  boost::json::value call(std::string_view method, const std::string& target, const std::string& body = {},
                          const Person* person = nullptr);
  /// Any request.
  HttpAnswer ask(const Person& person, std::string_view method, const std::string& target,
                 const std::string& body = {});
  /// Somebody who was invited and accepted.
  Person invite(const std::string& name, rules::Role role, const rules::Scope& scope);
  /// Signs in once more, when a walk has ended the session.
  void sign_in(Person& person);

  [[nodiscard]] const std::string& own_project() const { return own_project_; }
  [[nodiscard]] const std::string& foreign_project() const { return foreign_project_; }
  [[nodiscard]] const Person& owner() const { return owner_; }
  [[nodiscard]] SupplierSide& amber() { return amber_; }
  [[nodiscard]] SupplierSide& birch() { return birch_; }
  [[nodiscard]] SupplierSide& cedar() { return cedar_; }
  /// Task ids and external ids of the own project: no supplier's person may be told a task id.
  [[nodiscard]] const std::set<std::string>& task_ids() const { return task_ids_; }

 private:
  void make_project(std::string& id, const std::string& name);
  void make_side(SupplierSide& side, const std::string& name, const std::string& project);
  void make_batch(SupplierSide& side, const std::string& name);
  void do_work(SupplierSide& side, const std::string& name);
  void make_reviews(SupplierSide& side, const std::string& name);

  ApiServer api_;
  HttpClient client_{api_.port()};
  std::string own_project_, foreign_project_;
  std::set<std::string> task_ids_;
  Person owner_;
  SupplierSide amber_, birch_, cedar_;
};

/// A fixture whose tests run once on each database (MIZAN_ON_EACH_DATABASE), in a world of their own.
class EachDoorWorld : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override;
  [[nodiscard]] DoorWorld& world() { return *world_; }
  [[nodiscard]] const DoorWorld& world() const { return *world_; }

 private:
  std::optional<DoorWorld> world_;
};

}  // namespace mizan::test
