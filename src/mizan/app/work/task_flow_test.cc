// The tie-breaker: one more annotator is asked exactly while the answers are split, never above the cap, and
// never one who has answered already.
#include "mizan/app/work/task_flow.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/projects/templates.h"
#include "support/test_database.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

using test::WorkWorld;

constexpr int kWanted = 3;
constexpr int kMostExtra = 2;
constexpr const char* kSettings =
    R"({"overlap":{"labels_per_task":3},"tie_breaker":{"top_share_below":0.5,"max_extra_labels":2},)"
    R"("gold":{"rate_at_start":0,"rate_later":0}})";
constexpr const char* kFourOptions = R"({
  "display": [{"type": "text", "path": "/text"}],
  "questions": [{"name": "safe", "type": "choice", "options":
    [{"value": "yes"}, {"value": "no"}, {"value": "partly"}, {"value": "unclear"}]}]})";

double top_share(const std::vector<std::string>& answers) {
  std::map<std::string, int> counts;
  int most = 0;
  for (const std::string& answer : answers) most = std::max(most, ++counts[answer]);
  return static_cast<double>(most) / static_cast<double>(answers.size());
}

bool wants_more(const std::vector<std::string>& answers) {
  if (answers.size() < kWanted) return true;
  return top_share(answers) < 0.5 && answers.size() < kWanted + kMostExtra;
}

class TieBreaker : public test::EachDatabase {};
MIZAN_ON_EACH_DATABASE(TieBreaker);

TEST_P(TieBreaker, one_more_is_asked_exactly_while_the_top_share_is_below_a_half_up_to_the_cap) {
  WorkWorld world(database(), kSettings);
  ASSERT_TRUE(append_template(world.service(), system_caller(),
                              {.project_id = world.project(), .document = kFourOptions}));
  Rng rng(11);
  const std::vector<std::string> options{"yes", "no", "partly", "unclear"};
  const auto tasks = world.add_tasks({.count = 40});
  std::map<domain::TaskId, std::vector<std::string>> answers;
  std::map<domain::TaskId, std::set<domain::AnnotatorId>> asked;
  auto people = world.add_annotators(kWanted + kMostExtra + 3);
  for (bool has_work = true; has_work;) {
    has_work = false;
    rng.shuffle(people);
    for (const Caller& person : people) {
      const auto given = world.lease(person);
      ASSERT_TRUE(given) << to_string(given.error());
      if (!*given) continue;
      has_work = true;
      const domain::TaskId task = (*given)->row.task_id;
      ASSERT_TRUE(wants_more(answers[task])) << "asked although nobody is wanted any more";
      EXPECT_TRUE(asked[task].insert(*person.annotator).second) << "the same annotator again";
      const std::string& answer = options[rng.below(options.size())];
      ASSERT_TRUE(world.submit(person, (*given)->row.assignment_id, answer));
      answers[task].push_back(answer);
      const auto state = world.state_of(task);
      EXPECT_EQ(state.state, wants_more(answers[task]) ? rules::TaskState::open : rules::TaskState::done);
    }
  }
  std::set<std::size_t> sizes;
  for (const domain::TaskId task : tasks) {
    EXPECT_FALSE(wants_more(answers[task]));
    EXPECT_EQ(world.state_of(task).state, rules::TaskState::done);
    sizes.insert(answers[task].size());
  }
  EXPECT_EQ(sizes, (std::set<std::size_t>{3, 4, 5})) << "every case came up";
  EXPECT_THAT(world.breaches(), testing::IsEmpty());
}

}  // namespace
}  // namespace mizan::app
