// Hidden gold: spread evenly over concepts and difficulties, and enough of it to find who guesses.
#include "mizan/app/work/gold_mix.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/quality/scorecards.h"
#include "mizan/app/work/end_assignment.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using Stratum = std::pair<std::string, std::int64_t>;

std::vector<store::GoldTask> gold_tasks(int of_each) {
  std::vector<store::GoldTask> gold;
  std::int64_t id = 0;
  for (const char* concept_name : {"dose", "allergy", "consent"})
    for (std::int64_t difficulty = 0; difficulty < 3; ++difficulty)
      // Some strata hold much more than others.
      for (int i = 0; i < of_each * (1 + static_cast<int>(difficulty)); ++i)
        gold.push_back({.task_id = {++id}, .concept_name = concept_name, .difficulty = difficulty});
  return gold;
}

TEST(GoldMix, every_concept_and_difficulty_is_drawn_as_often_as_every_other) {
  const auto gold = gold_tasks(5);
  Rng rng(3);
  std::vector<domain::TaskId> seen;
  std::map<Stratum, int> drawn;
  for (int i = 0; i < 45; ++i) {
    const auto task = pick_gold(gold, seen, rng);
    ASSERT_TRUE(task);
    EXPECT_EQ(std::count(seen.begin(), seen.end(), *task), 0) << "never one that was seen";
    seen.push_back(*task);
    const auto& of =
        *std::find_if(gold.begin(), gold.end(), [&](const auto& g) { return g.task_id == *task; });
    ++drawn[{of.concept_name, of.difficulty}];
    int least = 1000;
    int most = 0;
    for (const auto& each : gold) {
      const int count = drawn[{each.concept_name, each.difficulty}];
      least = std::min(least, count);
      most = std::max(most, count);
    }
    ASSERT_LE(most - least, 1);
  }
  EXPECT_EQ(drawn.size(), 9U);
}

TEST(GoldMix, all_of_it_is_drawn_once_and_then_none) {
  const auto gold = gold_tasks(2);
  Rng rng(4);
  std::vector<domain::TaskId> seen;
  for (std::size_t i = 0; i < gold.size(); ++i) seen.push_back(*pick_gold(gold, seen, rng));
  EXPECT_EQ(pick_gold(gold, seen, rng), std::nullopt);
}

TEST(GoldMix, the_rate_falls_in_a_line_and_stays) {
  const domain::GoldSettings settings{.rate_at_start = 0.4, .rate_later = 0.1, .tenure_annotations = 100};
  EXPECT_DOUBLE_EQ(gold_rate(settings, 0), 0.4);
  EXPECT_DOUBLE_EQ(gold_rate(settings, 50), 0.25);
  EXPECT_DOUBLE_EQ(gold_rate(settings, 100), 0.1);
  EXPECT_DOUBLE_EQ(gold_rate(settings, 100'000), 0.1);
}

// The rule of docs/guide/project-settings.md: who has at most 20 of 30 gold tasks right is let go. That finds
// 82 of 100 annotators who are right in 60 of 100 tasks, and wrongly 1 of 100 who are right in 85.
constexpr int kGold = 30;
constexpr int kMostRightOfTheBad = 20;

double binomial_tail(int most, double share) {
  double sum = 0;
  for (int k = 0; k <= most; ++k)
    sum += std::exp(std::lgamma(kGold + 1.0) - std::lgamma(k + 1.0) - std::lgamma(kGold - k + 1.0)) *
           std::pow(share, k) * std::pow(1 - share, kGold - k);
  return sum;
}

class HiddenGold : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(HiddenGold);

TEST_P(HiddenGold, that_is_given_back_leaves_the_counts_of_its_task_alone) {
  test::WorkWorld world(database(), R"({"gold":{"rate_at_start":1,"rate_later":1}})");
  (void)world.add_tasks({.count = 2});
  const auto gold = world.add_gold({});
  const auto annotator = world.add_annotator();
  const auto given = world.lease(annotator);
  ASSERT_TRUE(given && *given && (*given)->row.is_gold);
  ASSERT_TRUE(release_assignment(world.service(), annotator, (*given)->row.assignment_id));
  EXPECT_EQ(world.state_of(gold).counts.live_count, 0);
  EXPECT_THAT(world.breaches(), testing::IsEmpty());
}

TEST_P(HiddenGold, finds_who_is_right_in_60_of_100_after_30_gold_tasks) {
  test::WorkWorld world(database(),
                        R"({"overlap":{"labels_per_task":1},"live_assignments":1,"review_share":0,)"
                        R"("gold":{"rate_at_start":1,"rate_later":1}})");
  (void)world.add_tasks({.count = 2});
  for (int i = 0; i < kGold; ++i)
    (void)world.add_gold({.right = "yes", .concept_name = i % 2 == 0 ? "a" : "b", .difficulty = i % 3});
  constexpr int kPeople = 20;
  Rng rng(21);
  std::map<domain::AnnotatorId, bool> is_bad;
  for (int w = 0; w < 2 * kPeople; ++w) {
    const Caller person = world.add_annotator();
    is_bad[*person.annotator] = w < kPeople;
    for (int i = 0; i < kGold; ++i) {
      const auto given = world.lease(person);
      ASSERT_TRUE(given && *given);
      ASSERT_TRUE((*given)->row.is_gold);
      const bool is_right = rng.uniform() < (w < kPeople ? 0.6 : 0.85);
      ASSERT_TRUE(world.submit(person, (*given)->row.assignment_id, is_right ? "yes" : "no"));
    }
  }
  const auto cards = read_scorecards(world.service(), system_caller(), world.project(), "safe");
  ASSERT_TRUE(cards) << to_string(cards.error());
  int found = 0;
  int wrongly = 0;
  for (const Scorecard& card : (*cards)->annotators) {
    ASSERT_EQ(card.accuracy.gold_label_count, static_cast<std::size_t>(kGold));
    if (card.accuracy.gold_correct_count > kMostRightOfTheBad) continue;
    ++(is_bad.at(*card.annotator) ? found : wrongly);
  }
  const double power = binomial_tail(kMostRightOfTheBad, 0.6);
  const double error = binomial_tail(kMostRightOfTheBad, 0.85);
  EXPECT_GT(power, 0.82);
  EXPECT_LT(error, 0.01);
  EXPECT_GE(found, static_cast<int>(kPeople * power) - 5) << "three standard deviations below";
  EXPECT_LE(wrongly, 1);
}

}  // namespace
}  // namespace mizan::app
