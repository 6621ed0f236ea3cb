// Who may work, and whether there is work for them: what workable() says beside what a lease does, and beside
// a model that knows nothing of lanes and cursors, on random cases.
#include "mizan/app/work/eligibility.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/projects/annotators.h"
#include "mizan/app/projects/batches.h"
#include "mizan/app/projects/projects.h"
#include "mizan/app/projects/suspend_supplier.h"
#include "mizan/app/work/end_assignment.h"
#include "mizan/app/work/lease_assignment.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;
using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
bool takes(const Words& abilities, const std::string& demand) {
  return demand.empty() || abilities.empty() || has(abilities, demand);
}
std::string as_json(const Words& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ",\"" : "\"") + word + "\"";
  return text + "]";
}
Words some_of(Rng& rng, const Words& words, double share) {
  Words some;
  for (const std::string& word : words)
    if (rng.uniform() < share) some.push_back(word);
  return some;
}

// A project of random rules, and everything that decides who may work on what, kept by hand.
class RandomWorld {
 public:
  RandomWorld(store::Database& database, std::uint64_t seed)
      : rng_(seed),
        required_(some_of(rng_, {"doctors", "night"}, 0.3)),
        forbidden_(some_of(rng_, {"trainees"}, 0.5)),
        world_(database, R"({"live_assignments":1000,"overlap":{"labels_per_task":2},"required_teams":)" +
                             as_json(required_) + R"(,"forbidden_teams":)" + as_json(forbidden_) +
                             R"(,"gold":{"rate_at_start":0.3,"rate_later":0.3}})") {
    suppliers_ = {world_.supplier(), world_.add_supplier(), world_.add_supplier()};
    for (int i = 0; i < 8; ++i) add_person();
    for (int i = 0; i < 4; ++i) (void)world_.add_gold({});
    for (int i = 0; i < 3; ++i) {
      const auto supplier = rng_.below(2) == 0 ? domain::SupplierId{} : suppliers_[rng_.below(3)];
      batches_.push_back({world_.add_batch("running", supplier), supplier, true});
    }
  }

  void step() {
    world_.clock().advance(seconds(40));
    switch (rng_.below(12)) {
      case 0:
      case 1:
        return add_tasks();
      case 2:
        return toggle_person();
      case 3:
        return toggle_supplier();
      case 4:
        return toggle_batch();
      case 5:
        return toggle_project();
      default:
        return lease();
    }
  }
  [[nodiscard]] std::vector<std::string> breaches() { return world_.breaches(); }
  [[nodiscard]] int given_count() const { return given_count_; }
  [[nodiscard]] int refused_count() const { return refused_count_; }

 private:
  struct Person {
    Caller caller;
    test::NewAnnotator facts;
    std::set<domain::TaskId> had{};
    bool is_active = true;
  };
  struct Batch {
    domain::BatchId id;
    domain::SupplierId supplier;
    bool is_running;
  };
  struct Task {
    std::string domain;
    std::string language;
    std::optional<std::size_t> batch;
  };

  void add_person() {
    const test::NewAnnotator facts{.supplier = suppliers_[rng_.below(3)],
                                   .teams = some_of(rng_, {"doctors", "night", "trainees"}, 0.6),
                                   .languages = some_of(rng_, {"ar", "en"}, 0.4),
                                   .domains = some_of(rng_, {"law"}, 0.4)};
    people_.push_back({world_.add_annotator(facts), facts});
  }

  void add_tasks() {
    Task task;
    if (rng_.below(3) == 0) task.domain = rng_.below(2) == 0 ? "law" : "medicine";
    if (rng_.below(2) == 0) task.language = rng_.below(2) == 0 ? "ar" : "en";
    if (rng_.below(2) == 0) task.batch = rng_.below(batches_.size());
    const Batch* batch = task.batch ? &batches_[*task.batch] : nullptr;
    const auto ids = world_.add_tasks(
        {.count = 3,
         .priority = static_cast<std::int64_t>(rng_.below(3)),
         .domain = task.domain,
         .language = task.language,
         .batch = batch ? std::optional(batch->id) : std::nullopt,
         .supplier = batch ? batch->supplier : domain::SupplierId{},
         .state = batch && !batch->is_running ? rules::TaskState::held : rules::TaskState::open});
    for (const auto id : ids) tasks_[id] = task;
  }

  void toggle_person() {
    Person& person = people_[rng_.below(people_.size())];
    const auto id = *person.caller.annotator;
    ASSERT_TRUE(person.is_active ? suspend_annotator(world_.service(), owner_, id)
                                 : resume_annotator(world_.service(), owner_, id));
    person.is_active = !person.is_active;
  }
  void toggle_supplier() {
    const auto supplier = suppliers_[rng_.below(3)];
    const bool was_suspended = suspended_.contains(supplier);
    if (was_suspended) {
      ASSERT_TRUE(resume_supplier(world_.service(), owner_, supplier));
      suspended_.erase(supplier);
    } else {
      ASSERT_TRUE(suspend_supplier(world_.service(), owner_, supplier));
      suspended_.insert(supplier);
    }
  }
  void toggle_batch() {
    Batch& batch = batches_[rng_.below(batches_.size())];
    ASSERT_TRUE(step_batch(world_.service(), owner_, {world_.project(), batch.id},
                           batch.is_running ? rules::BatchStep::pause : rules::BatchStep::resume));
    batch.is_running = !batch.is_running;
  }
  void toggle_project() {
    ASSERT_TRUE(step_project(world_.service(), owner_, world_.project(),
                             is_paused_ ? ProjectStep::resume : ProjectStep::pause));
    is_paused_ = !is_paused_;
  }

  [[nodiscard]] bool may_work(const Person& person) const {
    const Words& teams = person.facts.teams;
    const bool has_required = std::all_of(required_.begin(), required_.end(),
                                          [&](const std::string& team) { return has(teams, team); });
    const bool has_forbidden = std::any_of(forbidden_.begin(), forbidden_.end(),
                                           [&](const std::string& team) { return has(teams, team); });
    return !is_paused_ && person.is_active && !suspended_.contains(person.facts.supplier) && has_required &&
           !has_forbidden;
  }
  [[nodiscard]] bool is_for(const Task& task, const Person& person) const {
    if (!takes(person.facts.domains, task.domain) || !takes(person.facts.languages, task.language))
      return false;
    if (!task.batch) return true;
    const Batch& batch = batches_[*task.batch];
    return batch.is_running && (batch.supplier.value == 0 || batch.supplier == person.facts.supplier);
  }
  [[nodiscard]] bool has_work(const Person& person) {
    return may_work(person) && std::any_of(tasks_.begin(), tasks_.end(), [&](const auto& each) {
             return is_for(each.second, person) && !person.had.contains(each.first) &&
                    world_.state_of(each.first).state == rules::TaskState::open;
           });
  }

  void lease() {
    Person& person = people_[rng_.below(people_.size())];
    const bool expected = has_work(person);
    const auto judged = workable(world_.service(), person.caller, {.project = world_.project()});
    ASSERT_TRUE(judged) << to_string(judged.error());
    const auto leased = world_.lease(person.caller);
    EXPECT_EQ(judged->is_workable, expected);
    EXPECT_EQ(leased.has_value(), may_work(person));
    EXPECT_EQ(leased && leased->has_value(), expected);
    EXPECT_EQ(judged->reason.empty(), expected);
    EXPECT_EQ(judged->code, expected ? "" : may_work(person) ? "nothing_open" : "not_eligible");
    if (!leased) {
      ++refused_count_;
      EXPECT_EQ(leased.error().code, ErrorCode::not_eligible);
      EXPECT_EQ(judged->reason, leased.error().message);
      return;
    }
    if (!*leased) return;
    ++given_count_;
    const store::AssignmentRow& row = (*leased)->row;
    EXPECT_TRUE(person.had.insert(row.task_id).second) << "never the same task twice";
    EXPECT_TRUE(row.is_gold || is_for(tasks_.at(row.task_id), person));
    if (rng_.below(2) != 0) return;
    ASSERT_TRUE(world_.submit(person.caller, row.assignment_id));
  }

  Rng rng_;
  Words required_;
  Words forbidden_;
  WorkWorld world_;
  Caller owner_ = system_caller();
  std::vector<domain::SupplierId> suppliers_;
  std::vector<Person> people_;
  std::vector<Batch> batches_;
  std::map<domain::TaskId, Task> tasks_;
  std::set<domain::SupplierId> suspended_;
  bool is_paused_ = false;
  int given_count_ = 0;
  int refused_count_ = 0;
};

class Eligibility : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(Eligibility);

TEST_P(Eligibility, workable_says_what_a_lease_then_does) {
  int given = 0;
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    RandomWorld world(database(), seed);
    for (int i = 0; i < 80; ++i) world.step();
    EXPECT_THAT(world.breaches(), testing::IsEmpty());
    given += world.given_count();
    refused += world.refused_count();
  }
  EXPECT_GT(given, 30) << "the cases are worth something";
  EXPECT_GT(refused, 30);
}

}  // namespace
}  // namespace mizan::app
