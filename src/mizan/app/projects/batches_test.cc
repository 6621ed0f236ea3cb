// Batches: every step from every state, and what each does to the leases of its tasks, on both databases.
#include "mizan/app/projects/batches.h"

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/rules/batch.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using rules::BatchStep;
using test::WorkWorld;

constexpr const char* kNoGold =
    R"({"overlap": {"labels_per_task": 1}, "gold": {"rate_at_start": 0, "rate_later": 0}, "live_assignments": 100})";

class Batches : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    world_ = std::make_unique<WorkWorld>(database(), kNoGold);
  }
  void TearDown() override { world_.reset(); }

  BatchKey make(const std::string& name, std::int64_t priority = 0,
                std::optional<domain::SupplierId> supplier = {}) {
    const Batch batch =
        create_batch(
            world_->service(), owner_,
            {.project_id = world_->project(), .name = name, .supplier_id = supplier, .priority = priority})
            .value();
    return {.project_id = batch.project_id, .batch_id = batch.batch_id};
  }
  Result<Batch> step(const BatchKey& key, BatchStep step) {
    return step_batch(world_->service(), owner_, key, step);
  }
  void run(const BatchKey& key) {
    ASSERT_TRUE(step(key, BatchStep::stage));
    ASSERT_TRUE(step(key, BatchStep::start));
  }
  std::int64_t put(const BatchKey& key, std::vector<domain::TaskId> tasks) {
    return put_tasks_into_batch(world_->service(), owner_, {.key = key, .tasks = std::move(tasks)}).value();
  }
  // A batch of some tasks of its own, as a draft.
  BatchKey filled(const std::string& name, int count, std::int64_t priority = 0,
                  std::optional<domain::SupplierId> supplier = {}) {
    const BatchKey key = make(name, priority, supplier);
    const auto tasks = world_->add_tasks({.count = count});
    EXPECT_EQ(put(key, tasks), count);
    return key;
  }
  std::map<std::string, std::int64_t> counts(const BatchKey& key) {
    std::map<std::string, std::int64_t> by_state;
    const auto found = count_batch_tasks(world_->service(), owner_, key).value();
    for (const auto& each : found) by_state[each.state] = each.task_count;
    return by_state;
  }
  std::optional<domain::BatchId> batch_of_lease(const Caller& annotator) {
    const auto given = world_->lease(annotator).value();
    if (!given) return {};
    return world_->state_of(given->row.task_id).batch_id;
  }
  bool has_work(const Caller& annotator) { return world_->lease(annotator).value().has_value(); }

  Caller owner_ = system_caller();
  std::unique_ptr<WorkWorld> world_;
};
MIZAN_ON_EACH_DATABASE(Batches);

using Counts = std::map<std::string, std::int64_t>;

TEST_P(Batches, every_step_from_every_state_is_taken_or_refused_as_the_rules_say) {
  using enum BatchStep;
  const std::vector<std::vector<BatchStep>> ways{
      {}, {stage}, {stage, start}, {stage, start, pause}, {stage, start, finish}, {cancel}};
  int number = 0;
  int refused = 0;
  for (const auto& way : ways) {
    for (const BatchStep wanted : {stage, start, pause, resume, finish, cancel}) {
      const BatchKey key = make("Batch " + std::to_string(++number));
      rules::BatchState state = rules::BatchState::draft;
      for (const BatchStep each : way)
        state = rules::kBatchStates.parse(step(key, each).value().state).value();
      const auto allowed = rules::after(state, wanted);
      const auto stepped = step(key, wanted);
      ASSERT_EQ(stepped.has_value(), allowed.has_value()) << rules::to_text(state) << number;
      if (allowed) {
        EXPECT_EQ(stepped->state, rules::to_text(*allowed));
      } else {
        EXPECT_EQ(stepped.error().code, ErrorCode::illegal_transition);
        EXPECT_EQ(read_batch(world_->service(), owner_, key).value().state, rules::to_text(state));
        ++refused;
      }
    }
  }
  EXPECT_EQ(refused, 36 - 10);
}

TEST_P(Batches, only_a_running_batch_gives_out_its_tasks) {
  const BatchKey key = filled("Batch", 5);
  const auto annotators = world_->add_annotators(4);
  EXPECT_FALSE(has_work(annotators[0]));
  ASSERT_TRUE(step(key, BatchStep::stage));
  EXPECT_FALSE(has_work(annotators[0]));
  ASSERT_TRUE(step(key, BatchStep::start));
  EXPECT_TRUE(has_work(annotators[0]));
  ASSERT_TRUE(step(key, BatchStep::pause));
  for (const Caller& annotator : annotators) EXPECT_FALSE(has_work(annotator));
  EXPECT_EQ(counts(key), (Counts{{"full", 1}, {"held", 4}}));
  ASSERT_TRUE(step(key, BatchStep::resume));
  EXPECT_TRUE(has_work(annotators[1]));
  EXPECT_TRUE(has_work(annotators[0])) << "also for those who had looked past its tasks";
  ASSERT_TRUE(step(key, BatchStep::finish));
  EXPECT_EQ(batch_of_lease(annotators[3]), std::nullopt);
  EXPECT_THAT(world_->breaches(), testing::IsEmpty());
}

TEST_P(Batches, cancelling_touches_only_tasks_that_nobody_has_started) {
  const BatchKey key = filled("Batch", 5);
  run(key);
  const auto annotators = world_->add_annotators(2);
  const auto submitted = world_->lease(annotators[0]).value();
  ASSERT_TRUE(world_->submit(annotators[0], submitted->row.assignment_id));
  const auto live = world_->lease(annotators[1]).value();
  ASSERT_TRUE(step(key, BatchStep::cancel));
  EXPECT_EQ(counts(key)["cancelled"], 3);
  EXPECT_EQ(world_->state_of(submitted->row.task_id).state, rules::TaskState::done);
  EXPECT_EQ(world_->state_of(live->row.task_id).counts.live_count, 1);
  ASSERT_TRUE(world_->submit(annotators[1], live->row.assignment_id)) << "cancelling takes nothing away";
}

TEST_P(Batches, the_higher_priority_is_given_out_first_also_after_it_has_changed) {
  const BatchKey low = filled("Low", 4, 1);
  const BatchKey high = filled("High", 4, 5);
  run(low);
  run(high);
  const auto annotators = world_->add_annotators(3);
  EXPECT_EQ(batch_of_lease(annotators[0]), high.batch_id);
  const Batch read = read_batch(world_->service(), owner_, low).value();
  ASSERT_TRUE(update_batch(world_->service(), owner_, {.key = low, .version = read.version, .priority = 9}));
  EXPECT_EQ(batch_of_lease(annotators[0]), low.batch_id);
  EXPECT_EQ(batch_of_lease(annotators[1]), low.batch_id);
  EXPECT_EQ(update_batch(world_->service(), owner_, {.key = low, .version = read.version, .priority = 1})
                .error()
                .code,
            ErrorCode::precondition_failed);
}

TEST_P(Batches, under_load_priorities_are_kept_and_a_suppliers_batch_never_leaks) {
  const auto rival = world_->add_supplier();
  const BatchKey low = filled("Low", 200, 1);
  const BatchKey high = filled("High", 200, 5);
  const BatchKey theirs = filled("Theirs", 200, 9, rival);
  for (const BatchKey& key : {low, high, theirs}) run(key);
  struct Person {
    Caller caller;
    bool is_rival;
  };
  std::vector<Person> people;
  for (int i = 0; i < 32; ++i)
    people.push_back(
        {i % 2 == 0 ? world_->add_annotator() : world_->add_annotator({.supplier = rival}), i % 2 != 0});
  std::mutex mutex;
  std::map<domain::BatchId, int> ours;
  std::map<domain::BatchId, int> of_rivals;
  std::vector<std::thread> threads;
  for (const Person& person : people) {
    threads.emplace_back([&] {
      for (int i = 0; i < 8; ++i) {
        const auto batch = batch_of_lease(person.caller);
        const std::scoped_lock lock(mutex);
        ASSERT_TRUE(batch);
        ++(person.is_rival ? of_rivals : ours)[*batch];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ours, (std::map<domain::BatchId, int>{{high.batch_id, 128}})) << "high has work for all of them";
  EXPECT_EQ(of_rivals, (std::map<domain::BatchId, int>{{theirs.batch_id, 128}}));
  EXPECT_THAT(world_->breaches(), testing::IsEmpty());
}

TEST_P(Batches, a_batch_of_a_supplier_is_for_its_annotators_alone) {
  const auto rival = world_->add_supplier();
  const BatchKey key = filled("Batch", 3, 9, rival);
  run(key);
  EXPECT_FALSE(has_work(world_->add_annotator()));
  EXPECT_EQ(batch_of_lease(world_->add_annotator({.supplier = rival})), key.batch_id);
  EXPECT_EQ(read_batch(world_->service(), world_->manager_of(world_->supplier()), key).error().code,
            ErrorCode::not_found);
  EXPECT_TRUE(read_batch(world_->service(), world_->manager_of(rival), key));
  EXPECT_TRUE(list_batches(world_->service(), world_->manager_of(world_->supplier()),
                           {.project_id = world_->project()})
                  .value()
                  .empty());
  EXPECT_EQ(list_batches(world_->service(), world_->manager_of(rival), {.project_id = world_->project()})
                .value()
                .size(),
            1U);
}

TEST_P(Batches, a_batch_of_many_stretches_follows_its_state_to_the_last_task) {
  const BatchKey key = make("Large", 3);
  world_->add_tasks({.count = 7000});
  EXPECT_EQ(put_tasks_into_batch(world_->service(), owner_, {.key = key, .unbatched_limit = 6500}).value(),
            6500);
  EXPECT_EQ(counts(key), (Counts{{"held", 6500}}));
  run(key);
  EXPECT_EQ(counts(key), (Counts{{"open", 6500}}));
  ASSERT_TRUE(step(key, BatchStep::pause));
  EXPECT_EQ(counts(key), (Counts{{"held", 6500}}));
  EXPECT_EQ(settle_batches(world_->service()).value(), 0);
  ASSERT_TRUE(step(key, BatchStep::cancel));
  EXPECT_EQ(counts(key), (Counts{{"cancelled", 6500}}));
}

TEST_P(Batches, tasks_that_were_started_elsewhere_stay_where_they_are) {
  const BatchKey first = make("First");
  const BatchKey second = make("Second");
  const auto tasks = world_->add_tasks({.count = 4});
  const auto gold = world_->add_gold({});
  EXPECT_EQ(put(first, tasks), 4);
  EXPECT_EQ(put(second, {tasks[0]}), 1) << "from one draft to another";
  run(first);
  EXPECT_EQ(put(second, {tasks[1], gold, domain::TaskId{5}}), 0);
  ASSERT_TRUE(step(first, BatchStep::finish));
  EXPECT_EQ(put_tasks_into_batch(world_->service(), owner_, {.key = first, .tasks = {tasks[0]}}).error().code,
            ErrorCode::illegal_transition);
}

TEST_P(Batches, names_suppliers_and_priorities_are_checked) {
  make("Taken");
  const auto refuse = [&](const CreateBatch& command) {
    return create_batch(world_->service(), owner_, command).error();
  };
  const auto project = world_->project();
  EXPECT_EQ(refuse({.project_id = project, .name = "Taken"}).code, ErrorCode::conflict);
  EXPECT_EQ(refuse({.project_id = project, .name = ""}).where, "/name");
  EXPECT_EQ(refuse({.project_id = project, .name = "A", .kind = "test"}).where, "/kind");
  EXPECT_EQ(refuse({.project_id = project, .name = "A", .priority = kMaxPriority + 1}).where, "/priority");
  EXPECT_EQ(refuse({.project_id = project, .name = "A", .supplier_id = domain::SupplierId{9}}).where,
            "/supplier_id");
  EXPECT_EQ(refuse({.project_id = {5}, .name = "A"}).code, ErrorCode::not_found);
}

}  // namespace
}  // namespace mizan::app
