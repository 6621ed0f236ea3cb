// A pilot with known truth, through the verbs alone: three suppliers of unlike skill, gold, a split that is
// adjudicated, answers that are skipped, revised, rejected, fixed, and that come too late. In the end the
// consensus is what the batch engine makes of the same labels, and the doctor can compute every posterior
// again.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/inference/run_inference.h"
#include "mizan/app/models/gold_labels.h"
#include "mizan/app/upkeep/doctor.h"
#include "mizan/app/work/adjudicate.h"
#include "mizan/app/work/end_assignment.h"
#include "mizan/app/work/gold.h"
#include "mizan/app/work/reviews.h"
#include "mizan/app/work/revise_annotation.h"
#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/store/outbox.h"
#include "mizan/store/quality/consensus.h"
#include "mizan/store/quality/labels.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using Answers = std::map<domain::TaskId, std::string>;

constexpr int kTaskCount = 240;
constexpr const char* kSettings =
    R"({"overlap":{"kind":"fixed","labels_per_task":3},"review_share":0.1,"live_assignments":2,"grace":"always",)"
    R"("gold":{"rate_at_start":0.2,"rate_later":0.1,"tenure_annotations":50}})";

struct Member {
  Caller caller;
  double skill;
};

class Pilot : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    world_ = std::make_unique<test::WorkWorld>(database(), kSettings);
    hire(world_->supplier(), {0.62, 0.66, 0.7, 0.58, 0.64});
    hire(world_->add_supplier("expert"), {0.93, 0.9, 0.95});
    hire(world_->add_supplier("model"), {0.8, 0.8});
    for (const domain::TaskId task : world_->add_tasks({.count = kTaskCount}))
      truth_[task] = rng_.uniform() < 0.6 ? "yes" : "no";
    for (int i = 0; i < 20; ++i) {
      const std::string right = i % 2 == 0 ? "yes" : "no";
      truth_[world_->add_gold({.right = right})] = right;
    }
  }
  void TearDown() override { world_.reset(); }

  void hire(domain::SupplierId supplier, const std::vector<double>& skills) {
    for (const double skill : skills)
      people_.push_back({world_->add_annotator({.supplier = supplier}), skill});
  }

  static std::string other(const std::string& answer) { return answer == "yes" ? "no" : "yes"; }
  std::string answer_of(const Member& member, domain::TaskId task) {
    const std::string& right = truth_.at(task);
    return rng_.uniform() < member.skill ? right : other(right);
  }

  // What one member does with what they are given; false when there is nothing.
  bool work(const Member& member) {
    const auto given = world_->lease(member.caller);
    EXPECT_TRUE(given) << to_string(given.error());
    if (!given || !*given) return false;
    const store::AssignmentRow& row = (*given)->row;
    world_->clock().advance(seconds(1));
    const double chance = rng_.uniform();
    if (chance < 0.03) {
      EXPECT_TRUE(skip_assignment(world_->service(), member.caller,
                                  {.assignment = row.assignment_id, .reason = "unclear"}));
      return true;
    }
    if (chance < 0.06) {  // asleep: others get the task, the answer comes at the end of all
      world_->clock().advance(seconds(4000));
      EXPECT_TRUE(expire_assignments(world_->service(), 100));
      late_.push_back({member, row});
      return true;
    }
    const std::string answer = answer_of(member, row.task_id);
    const auto taken = world_->submit(member.caller, row.assignment_id, answer);
    EXPECT_TRUE(taken) << to_string(taken.error());
    if (!taken || chance < 0.97) return true;
    EXPECT_TRUE(revise_annotation(
        world_->service(), member.caller,
        {.annotation = taken->annotation, .answers = boost::json::object{{"safe", other(answer)}}}));
    return true;
  }

  void work_until_nothing_is_left() {
    for (bool has_work = true; has_work;) {
      has_work = false;
      for (const Member& member : people_) has_work = work(member) || has_work;
    }
  }

  // Every second one is accepted, the others are rejected or fixed in turn.
  void review_what_waits() {
    const auto waiting = list_reviews(world_->service(), world_->reviewer(),
                                      {.project = world_->project(), .state = "pending", .limit = 1000});
    ASSERT_TRUE(waiting) << to_string(waiting.error());
    for (std::size_t i = 0; i < waiting->size(); ++i) {
      SettleReview verdict{.project = world_->project(), .review = (*waiting)[i].review_id};
      if (i % 4 == 1) verdict.step = rules::ReviewStep::reject;
      if (i % 4 == 3) {
        verdict.step = rules::ReviewStep::fix;
        verdict.answers = boost::json::object{{"safe", truth_.at((*waiting)[i].task_id)}};
      }
      if (i % 2 == 1) verdict.reason = "wrong";
      const auto settled = settle_review(world_->service(), world_->reviewer(), verdict);
      // A task may have been fixed by the review of another annotation of it.
      EXPECT_TRUE(settled || settled.error().code == ErrorCode::illegal_transition);
    }
  }

  void adjudicate_some() {
    int count = 0;
    for (const auto& [task, right] : truth_) {
      if (world_->state_of(task).state != rules::TaskState::done || ++count % 12 != 0) continue;
      ASSERT_TRUE(adjudicate_task(world_->service(), world_->reviewer(),
                                  {.project = world_->project(),
                                   .task = task,
                                   .answers = boost::json::object{{"safe", right}},
                                   .becomes_gold = count % 24 == 0}));
    }
    ASSERT_GT(count, 100);
  }

  void late_answers_come() {
    for (const auto& [member, row] : late_) {
      const auto taken = world_->submit(member.caller, row.assignment_id, answer_of(member, row.task_id));
      EXPECT_TRUE(taken) << to_string(taken.error());
    }
    EXPECT_GT(late_.size(), 5U);
  }

  void infer() {
    ASSERT_TRUE(
        database().write([](store::Transaction& tx) { return store::publish_outbox(tx, 1'000'000); }));
    InferenceRun run(world_->service(), {.refresh = {.moved = 0}});
    const auto outcome = run.catch_up();
    ASSERT_TRUE(outcome) << to_string(outcome.error());
  }

  std::vector<store::ConsensusRow> consensus() {
    return *database().read([&](store::Transaction& tx) {
      return store::consensus_after(tx, world_->project(), {.limit = 10'000});
    });
  }

  // The batch engine's posterior of "yes" from the labels and the gold that the database holds.
  std::map<domain::TaskId, double> fit_batch();

  std::unique_ptr<test::WorkWorld> world_;
  Rng rng_{5};
  std::vector<Member> people_;
  std::vector<std::pair<Member, store::AssignmentRow>> late_;
  Answers truth_;
};
MIZAN_ON_EACH_DATABASE(Pilot);

// Numbers in the order of first appearance.
template <class Id>
class Numbering {
 public:
  std::uint32_t of(Id id) {
    return numbers_.try_emplace(id, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  [[nodiscard]] const std::map<Id, std::uint32_t>& all() const { return numbers_; }

 private:
  std::map<Id, std::uint32_t> numbers_;
};

std::map<domain::TaskId, double> Pilot::fit_batch() {
  Numbering<domain::TaskId> tasks;
  Numbering<domain::AnnotatorId> annotators;
  Numbering<domain::SupplierId> suppliers;
  std::vector<truth::LabelRow> rows;
  std::vector<std::uint32_t> supplier_of;
  GoldLabels gold;
  const auto outcome = database().read([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(gold, gold_labels(tx, world_->project()));
    return store::for_each_label(tx, world_->project(), [&](const store::TaskLabel& label) -> Result<void> {
      const std::uint32_t annotator = annotators.of(label.annotator);
      if (annotator == supplier_of.size()) supplier_of.push_back(suppliers.of(label.supplier));
      rows.push_back({tasks.of(label.task), annotator, static_cast<truth::ClassIndex>(label.class_code)});
      return {};
    });
  });
  EXPECT_TRUE(outcome);
  std::vector<std::int32_t> known(tasks.all().size(), truth::kNoGold);
  for (const auto& [task, number] : tasks.all())
    if (const auto found = gold.find(task); found != gold.end())
      known[number] = static_cast<std::int32_t>(found->second.at("safe"));
  ThreadPool pool(1);
  const Progress progress;
  const auto matrix = truth::LabelMatrix::from_rows(rows, tasks.all().size(), supplier_of.size(), 2);
  const auto fit = truth::fit_ibcc(
      {*matrix, known},
      {.tolerance = 1e-8, .supplier_of_annotator = supplier_of, .supplier_count = suppliers.all().size()},
      {pool, progress});
  EXPECT_TRUE(fit);
  std::map<domain::TaskId, double> posterior;
  for (const auto& [task, number] : tasks.all()) posterior[task] = fit->belief.posterior.row(number)[0];
  return posterior;
}

TEST_P(Pilot, ends_with_the_consensus_of_the_batch_engine_and_every_posterior_can_be_computed_again) {
  work_until_nothing_is_left();
  infer();
  review_what_waits();
  work_until_nothing_is_left();  // what was rejected is answered again
  adjudicate_some();
  late_answers_come();
  infer();

  const auto batch = fit_batch();
  std::map<std::string, int> by_basis;
  int right = 0;
  double furthest = 0;
  for (const store::ConsensusRow& row : consensus()) {
    ++by_basis[row.basis];
    right += (row.class_code == 0 ? "yes" : "no") == truth_.at(row.task) ? 1 : 0;
    if (row.basis != "labels") {
      EXPECT_EQ(row.class_code == 0 ? "yes" : "no", truth_.at(row.task)) << row.basis;
      continue;
    }
    const double away = std::abs(row.raw_posterior[0] - batch.at(row.task));
    furthest = std::max(furthest, away);
    const bool is_tied = std::abs(batch.at(row.task) - 0.5) < 0.01;
    EXPECT_TRUE(is_tied || row.class_code == (batch.at(row.task) > 0.5 ? 0 : 1));
  }
  // The published model is settled to the tolerance of a background run, the batch fit further.
  EXPECT_LT(furthest, 2e-4);
  EXPECT_GT(by_basis["labels"], 150);
  EXPECT_GT(by_basis["review"], 10);
  EXPECT_GT(by_basis["gold"], 15);
  const double accuracy = static_cast<double>(right) / static_cast<double>(kTaskCount + 20);
  EXPECT_GT(accuracy, 0.85) << "better than the crowd's 64 and the models' 80 of 100";

  const auto checkups = examine(world_->service(), {});
  ASSERT_TRUE(checkups) << to_string(checkups.error());
  for (const Checkup& checkup : *checkups)
    EXPECT_THAT(checkup.breaches, testing::IsEmpty()) << checkup.check << ": " << checkup.claim;
}

}  // namespace
}  // namespace mizan::app
