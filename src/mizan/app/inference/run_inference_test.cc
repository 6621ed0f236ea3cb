#include "mizan/app/inference/run_inference.h"

#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "mizan/app/inference/check_posteriors.h"
#include "mizan/app/models/live_models.h"
#include "mizan/app/work/gold.h"
#include "mizan/store/outbox.h"
#include "mizan/store/quality/consensus.h"
#include "mizan/store/work/annotations.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

const std::string kAdaptive =
    R"({"overlap":{"kind":"adaptive","labels_per_task":2,"max_labels_per_task":4,"target_posterior":0.9},)"
    R"("gold":{"rate_at_start":0,"rate_later":0},"review_share":0})";
const std::string kFixed =
    R"({"overlap":{"kind":"fixed","labels_per_task":3},"gold":{"rate_at_start":0,"rate_later":0},)"
    R"("review_share":0})";

class RunInference : public test::EachDatabase {
 protected:
  using World = test::WorkWorld;

  // Everybody takes what there is until nothing is left; annotator `worst` says no to everything.
  void label_everything(World& world, std::vector<Caller>& people, std::size_t worst) {
    bool has_work = true;
    while (has_work) {
      has_work = false;
      for (std::size_t w = 0; w < people.size(); ++w) {
        const auto given = world.lease(people[w]);
        ASSERT_TRUE(given) << to_string(given.error());
        if (!*given) continue;
        has_work = true;
        world.clock().advance({1'000'000});
        const bool is_yes =
            w != worst && ((*given)->row.assignment_id.value + static_cast<std::int64_t>(w)) % 9 != 0;
        ASSERT_TRUE(world.submit(people[w], (*given)->row.assignment_id, is_yes ? "yes" : "no"));
      }
    }
  }

  void publish_events() {
    ASSERT_TRUE(
        database().write([](store::Transaction& tx) { return store::publish_outbox(tx, 1'000'000); }));
  }

  void catch_up(World& world) {
    publish_events();
    InferenceRun run(world.service(), {});
    const auto done = run.catch_up();
    ASSERT_TRUE(done) << to_string(done.error());
  }

  std::vector<std::string> faults(World& world) {
    std::vector<std::string> found;
    const auto sink = [&](const std::string& breach) { found.push_back(breach); };
    const auto checked = database().read([&](store::Transaction& tx) -> Result<PosteriorCheck> {
      MIZAN_TRY(const auto rows, check_posteriors(tx, world.project(), sink));
      MIZAN_TRY(const auto batch, check_against_batch(tx, world.project(), 100'000, sink));
      static_cast<void>(batch);
      return rows;
    });
    EXPECT_TRUE(checked) << to_string(checked.error());
    if (checked) checked_rows_ = checked->row_count;
    return found;
  }

  std::vector<store::ConsensusRow> consensus(World& world, domain::TaskId task) {
    auto rows = database().read([&](store::Transaction& tx) {
      return store::consensus_of_task(tx, {world.project(), task});
    });
    EXPECT_TRUE(rows);
    return *rows;
  }

  std::int64_t checked_rows_ = 0;
};
MIZAN_ON_EACH_DATABASE(RunInference);

TEST_P(RunInference, a_submit_believes_at_once_and_a_refit_changes_its_mind) {
  World world(database(), kFixed);
  auto people = world.add_annotators(5);
  const auto tasks = world.add_tasks({.count = 40});
  label_everything(world, people, 4);
  auto rows = consensus(world, tasks[0]);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].model_version, 0);
  EXPECT_EQ(rows[0].label_count, 3);
  EXPECT_TRUE(faults(world).empty());
  EXPECT_EQ(checked_rows_, 40);

  catch_up(world);
  EXPECT_EQ(faults(world), std::vector<std::string>{});
  rows = consensus(world, tasks[0]);
  EXPECT_EQ(rows[0].model_version, 1);
  const auto model = database().read([&](store::Transaction& tx) {
    return world.service().shared<LiveModels>().find(tx, {world.project(), "safe"});
  });
  ASSERT_TRUE(model);
  const auto accuracy = [&](const Caller& person) {
    return truth::accuracy_of((*model)->skill_of(*person.annotator, *person.supplier),
                              (*model)->class_pseudo_count);
  };
  EXPECT_GT(accuracy(people[0]), accuracy(people[4]) + 0.2);
  EXPECT_TRUE(world.breaches().empty());
}

TEST_P(RunInference, restarted_it_goes_on_where_the_database_says) {
  World world(database(), kFixed);
  auto people = world.add_annotators(4);
  world.add_tasks({.count = 10});
  label_everything(world, people, 3);
  catch_up(world);
  catch_up(world);  // another process: nothing is new
  world.add_tasks({.count = 10});
  label_everything(world, people, 3);
  catch_up(world);
  const auto newest = database().read([&](store::Transaction& tx) {
    return store::newest_model_version(tx, {world.project(), "safe"});
  });
  ASSERT_TRUE(newest);
  EXPECT_EQ(*newest, 2);
  EXPECT_EQ(faults(world), std::vector<std::string>{});
}

TEST_P(RunInference, adaptive_tasks_end_when_sure_or_at_the_cap) {
  World world(database(), kAdaptive);
  auto people = world.add_annotators(6);
  const auto tasks = world.add_tasks({.count = 30});
  for (int round = 0; round < 3; ++round) {
    label_everything(world, people, 5);
    catch_up(world);
  }
  label_everything(world, people, 5);
  for (const domain::TaskId task : tasks) {
    const auto state = world.state_of(task);
    EXPECT_EQ(state.state, rules::TaskState::done);
    EXPECT_GE(state.counts.done_count, 2);
    EXPECT_LE(state.counts.done_count, 4);
    const auto rows = consensus(world, task);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(rows[0].confidence >= 0.85 || state.counts.done_count == 4) << rows[0].confidence;
  }
  EXPECT_EQ(faults(world), std::vector<std::string>{});
  EXPECT_TRUE(world.breaches().empty());
}

TEST_P(RunInference, gold_answers_are_the_consensus_and_teach) {
  World world(database(), kFixed);
  auto people = world.add_annotators(4);
  world.add_tasks({.count = 5});
  const auto gold = world.add_gold({.right = "no"});
  label_everything(world, people, 3);
  catch_up(world);
  const auto rows = consensus(world, gold);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].basis, "gold");
  EXPECT_EQ(rows[0].confidence, 1.0);
  EXPECT_EQ(rows[0].class_code, 1);
  EXPECT_EQ(faults(world), std::vector<std::string>{});
}

TEST_P(RunInference, a_gold_answer_that_replaces_another_is_learnt_from) {
  World world(database(), kFixed);
  auto people = world.add_annotators(4);
  const auto tasks = world.add_tasks({.count = 12});
  label_everything(world, people, 3);
  const auto is_right = [&](const std::string& right) {
    for (const domain::TaskId task : tasks)
      ASSERT_TRUE(set_gold(
          world.service(), world.reviewer(),
          {.project = world.project(), .task = task, .answers = boost::json::object{{"safe", right}}}));
    publish_events();
  };
  InferenceRun running(world.service(), {});
  const auto accuracy = [&](const Caller& person) {
    const auto model = *database().read([&](store::Transaction& tx) {
      return world.service().shared<LiveModels>().find(tx, {world.project(), "safe"});
    });
    return truth::accuracy_of(model->skill_of(*person.annotator, *person.supplier),
                              model->class_pseudo_count);
  };
  is_right("no");
  ASSERT_TRUE(running.catch_up());
  EXPECT_LT(accuracy(people[0]), 0.5);
  is_right("yes");
  ASSERT_TRUE(running.catch_up());
  EXPECT_GT(accuracy(people[0]), 0.5);
  EXPECT_EQ(faults(world), std::vector<std::string>{});
}

TEST_P(RunInference, a_posterior_that_was_tampered_with_is_found) {
  World world(database(), kFixed);
  auto people = world.add_annotators(3);
  world.add_tasks({.count = 4});
  label_everything(world, people, 2);
  catch_up(world);
  world.run({"tamper_confidence", "UPDATE consensus SET confidence = 0.123, label_count = 7"});
  EXPECT_EQ(faults(world).size(), 4U);
}

TEST_P(RunInference, two_nodes_do_not_publish_the_same_project) {
  World world(database(), kFixed);
  auto people = world.add_annotators(3);
  world.add_tasks({.count = 6});
  label_everything(world, people, 2);
  publish_events();
  Service other({.database = database(), .clock = world.clock(), .node_number = 77, .seed = 2});
  InferenceRun first(world.service(), {.between_models = {0}});
  InferenceRun second(other, {.between_models = {0}});
  ASSERT_TRUE(first.step());
  ASSERT_TRUE(second.step());
  world.add_tasks({.count = 6});
  label_everything(world, people, 2);
  publish_events();
  ASSERT_TRUE(second.step());  // the first still has the turn
  const auto newest = [&] {
    return *database().read([&](store::Transaction& tx) {
      return store::newest_model_version(tx, {world.project(), "safe"});
    });
  };
  EXPECT_EQ(newest(), 1);
  world.clock().advance({120'000'000});  // the first died
  ASSERT_TRUE(second.step());
  EXPECT_EQ(newest(), 2);
}

}  // namespace
}  // namespace mizan::app
