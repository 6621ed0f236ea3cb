// A project with suppliers, annotators and tasks, for tests and benches of giving out work: in memory
// nothing, everything in the database that is passed in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/app/work/lease_assignment.h"
#include "mizan/app/work/submit_annotation.h"
#include "mizan/base/clock.h"
#include "mizan/domain/ids.h"
#include "mizan/store/database.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/work/task_states.h"

namespace mizan::test {

/// Two questions: `safe` (yes, no) and `note` (text, not required).
inline constexpr std::string_view kWorldTemplate = R"({
  "display": [{"type": "text", "path": "/text"}],
  "questions": [
    {"name": "safe", "type": "choice", "options": [{"value": "yes"}, {"value": "no"}]},
    {"name": "note", "type": "text", "required": false}]})";

struct NewTasks {
  int count = 1;
  std::int64_t priority = 0;
  std::string domain{};
  std::string language{};
  std::optional<domain::BatchId> batch{};
  domain::SupplierId supplier{};  ///< of the batch
  rules::TaskState state = rules::TaskState::open;
};

struct NewAnnotator {
  domain::SupplierId supplier;
  std::vector<std::string> teams{};
  std::vector<std::string> languages{};
  std::vector<std::string> domains{};
};

struct NewGold {
  std::string right = "yes";
  std::string concept_name{};
  std::int64_t difficulty = 0;
};

/// Every failure of the database stops the program: a test cannot go on.
class WorkWorld {
 public:
  /// @in settings  JSON of docs/guide/project-settings.md
  explicit WorkWorld(store::Database& database, const std::string& settings = "{}");

  [[nodiscard]] app::Service& service() { return service_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  [[nodiscard]] domain::ProjectId project() const { return project_; }
  [[nodiscard]] domain::SupplierId supplier() const { return supplier_; }

  [[nodiscard]] domain::SupplierId add_supplier(const std::string& kind = "crowd");
  [[nodiscard]] app::Caller add_annotator();
  [[nodiscard]] app::Caller add_annotator(const NewAnnotator& annotator);
  [[nodiscard]] std::vector<app::Caller> add_annotators(int count);
  [[nodiscard]] app::Caller manager_of(domain::SupplierId supplier) const;
  [[nodiscard]] app::Caller reviewer() const;
  std::vector<domain::TaskId> add_tasks(const NewTasks& tasks);
  domain::TaskId add_gold(const NewGold& gold);
  [[nodiscard]] domain::BatchId add_batch(const std::string& state, domain::SupplierId supplier = {});

  [[nodiscard]] app::LeaseAnswer lease(const app::Caller& annotator);
  [[nodiscard]] app::SubmitAnswer submit(const app::Caller& annotator, domain::AssignmentId assignment,
                                         const std::string& safe = "yes", bool wants_next = false);
  [[nodiscard]] store::TaskStateRow state_of(domain::TaskId task);
  /// The breaches that the doctor's invariants find; none = sound.
  [[nodiscard]] std::vector<std::string> breaches();
  /// Runs one statement without rows: for what a test must bring about behind the verbs' backs.
  void run(const store::Query& query);

 private:
  void make_project(const std::string& settings);

  store::Database& database_;
  ManualClock clock_{Instant{1'800'000'000'000'000}};
  app::Service service_;
  domain::ProjectId project_{};
  domain::SupplierId supplier_{};
  int names_ = 0;
};

}  // namespace mizan::test
