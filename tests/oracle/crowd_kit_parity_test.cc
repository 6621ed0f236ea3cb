// Our methods beside crowd-kit's on labels made by tests/oracle/crowd_kit_parity.py: the same posteriors
// where the algorithm is the same, at equal step counts; the same answers where ends are random; the same
// accuracy for MACE.
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "mizan/engine/truth/methods/dawid_skene.h"
#include "mizan/engine/truth/methods/glad.h"
#include "mizan/engine/truth/methods/kos.h"
#include "mizan/engine/truth/methods/mace.h"
#include "mizan/engine/truth/methods/majority.h"
#include "mizan/engine/truth/methods/mmsr.h"
#include "mizan/engine/truth/methods/one_coin.h"
#include "mizan/engine/truth/methods/wawa.h"
#include "mizan/engine/truth/methods/zero_based_skill.h"
#include "support/label_cases.h"

namespace mizan::truth {
namespace {

namespace json = boost::json;
using test::believe;

std::ifstream open_data(const std::string& name) {
  std::ifstream file(std::string(MIZAN_SOURCE_DIR) + "/tests/oracle/data/" + name);
  EXPECT_TRUE(file) << name;
  return file;
}

struct Golden {
  json::object content;
  LabelMatrix labels;
  std::vector<std::int32_t> truth;

  [[nodiscard]] const json::object& method(const char* name) const {
    return content.at("methods").as_object().at(name).as_object();
  }
};

LabelMatrix read_labels(const std::string& name, const json::object& content) {
  auto file = open_data(name);
  std::string line;
  std::getline(file, line);  // header
  std::vector<LabelRow> rows;
  char comma = ',';
  for (LabelRow row{}; file >> row.task >> comma >> row.annotator >> comma >> row.label;) rows.push_back(row);
  const auto count = [&](const char* field) { return content.at(field).to_number<std::size_t>(); };
  return test::matrix_of(rows, count("task_count"), count("annotator_count"), count("class_count"));
}

Golden golden(const std::string& set) {
  std::stringstream text;
  text << open_data(set + ".json").rdbuf();
  json::object content = json::parse(text.str()).as_object();
  LabelMatrix labels = read_labels(set + ".csv", content);
  std::vector<std::int32_t> truth;
  for (const auto& answer : content.at("truth").as_array()) truth.push_back(answer.to_number<std::int32_t>());
  return {std::move(content), std::move(labels), std::move(truth)};
}

void expect_posteriors(const Golden& theirs, const char* method, const Belief& ours, double tolerance) {
  const auto& rows = theirs.method(method).at("posterior").as_array();
  ASSERT_EQ(rows.size(), ours.posterior.rows);
  for (std::size_t t = 0; t < rows.size(); ++t)
    for (std::size_t k = 0; k < ours.posterior.columns; ++k)
      EXPECT_NEAR(ours.posterior.row(t)[k], rows[t].as_array()[k].to_number<double>(), tolerance)
          << method << " task " << t << " class " << k;
}

// At most `most` tasks are answered differently.
void expect_answers(const Golden& theirs, const char* method, const Belief& ours, std::size_t most) {
  const auto& answers = theirs.method(method).at("label").as_array();
  std::size_t different = 0;
  for (std::size_t t = 0; t < answers.size(); ++t)
    different += best_class(ours.posterior.row(t)) == answers[t].to_number<std::uint32_t>() ? 0 : 1;
  EXPECT_LE(different, most) << method;
}

void expect_skills(const Golden& theirs, const char* method, const char* field,
                   const std::vector<double>& ours, double tolerance) {
  const auto& skills = theirs.method(method).at(field).as_array();
  ASSERT_EQ(skills.size(), ours.size());
  for (std::size_t w = 0; w < ours.size(); ++w)
    EXPECT_NEAR(ours[w], skills[w].to_number<double>(), tolerance) << method << " annotator " << w;
}

class CrowdKitParity : public testing::TestWithParam<const char*> {
 protected:
  const Golden theirs_ = golden(GetParam());

  template <class Function, class Options>
  [[nodiscard]] Belief ours(Function function, const Options& options) const {
    return believe([&](const Evidence& evidence, truth::Run run) { return function(evidence, options, run); },
                   {theirs_.labels});
  }
  [[nodiscard]] int steps(const char* method) const {
    return theirs_.method(method).at("steps").to_number<int>();
  }
};

INSTANTIATE_TEST_SUITE_P(Sets, CrowdKitParity, testing::Values("two_classes", "four_classes"),
                         [](const auto& set) { return std::string(set.param); });

TEST_P(CrowdKitParity, vote_shares_are_the_same) {
  expect_posteriors(theirs_, "majority", ours(majority, MajorityOptions{}), 1e-9);
}

TEST_P(CrowdKitParity, wawa_is_the_same) {
  expect_posteriors(theirs_, "wawa", ours(wawa, WawaOptions{}), 1e-9);
}

TEST_P(CrowdKitParity, zero_based_skill_is_the_same) {
  expect_posteriors(theirs_, "zero_based_skill", ours(zero_based_skill, ZeroBasedSkillOptions{}), 1e-6);
}

// crowd-kit replaces a probability of 0 by 1e-10; a pseudo-count of 1e-10 does nearly that.
TEST_P(CrowdKitParity, dawid_skene_is_the_same_after_as_many_steps) {
  const DawidSkeneOptions options{.max_steps = steps("dawid_skene"), .tolerance = 0, .pseudo_count = 1e-10};
  expect_posteriors(theirs_, "dawid_skene", ours(dawid_skene, options), 1e-6);
}

TEST_P(CrowdKitParity, one_coin_is_the_same_after_as_many_steps) {
  const OneCoinOptions options{.max_steps = steps("one_coin"),
                               .tolerance = 0,
                               .prior = {1e-10, 1e-10},
                               .learns_prior = false,
                               .class_pseudo_count = 1e-10};
  expect_posteriors(theirs_, "one_coin", ours(one_coin, options), 1e-6);
}

// The same objective climbed by other means (they: conjugate gradients; we: a bound), both to its top.
TEST_P(CrowdKitParity, glad_ends_at_the_same_top) {
  const Belief belief = ours(glad, GladOptions{.max_steps = 20'000, .tolerance = 1e-13});
  expect_skills(theirs_, "glad", "skill", belief.skill, 5e-3);
  expect_posteriors(theirs_, "glad", belief, 5e-3);
}

// The same factorisation. The sign of an annotator who agrees with as many as not is open
// (annotator 11 of the four classes: 8 pairs against 9, true accuracy .28); the two programs find signs by
// different relaxations.
TEST_P(CrowdKitParity, mmsr_gives_the_same_sizes_of_skills) {
  const Belief belief = ours(mmsr, MmsrOptions{});
  expect_answers(theirs_, "mmsr", belief, theirs_.labels.class_count() == 2 ? 0 : 2);
  const auto classes = static_cast<double>(theirs_.labels.class_count());
  const auto& log_odds = theirs_.method("mmsr").at("log_odds").as_array();
  for (std::size_t w = 0; w < belief.skill.size(); ++w) {
    const double right = 1 / (1 + (classes - 1) * std::exp(-log_odds[w].to_number<double>()));
    const double skill = (right - 1 / classes) * classes / (classes - 1);
    EXPECT_NEAR(std::abs(belief.skill[w]), std::abs(skill), 1e-5) << "annotator " << w;
  }
}

TEST_P(CrowdKitParity, kos_gives_the_same_answers) {
  if (theirs_.labels.class_count() != 2) {
    EXPECT_FALSE(theirs_.content.at("methods").as_object().contains("kos"));
    return;
  }
  expect_answers(theirs_, "kos", ours(kos, KosOptions{}), 0);
}

TEST_P(CrowdKitParity, mace_is_as_accurate) {
  const double accuracy = theirs_.method("mace").at("accuracy").to_number<double>();
  EXPECT_NEAR(test::accuracy_of(ours(mace, MaceOptions{.habit_prior = 10}).posterior, theirs_.truth),
              accuracy, 0.025);
}

}  // namespace
}  // namespace mizan::truth
