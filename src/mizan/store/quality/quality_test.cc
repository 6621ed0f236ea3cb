// Labels, models and consensus as they are stored, on both databases.
#include <vector>

#include <gtest/gtest.h>

#include "mizan/store/quality/consensus.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/quality/skills.h"
#include "support/query_plan.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr domain::ProjectId kProject{7};
constexpr domain::TaskId kTask{70};

class QualityStore : public test::EachDatabase {
 protected:
  void put(std::int64_t annotator, std::int64_t class_code) {
    ASSERT_TRUE(database().write([&](Transaction& tx) -> Result<void> {
      return put_label(tx, kProject, {kTask, "safe", {annotator}, {1}, class_code, {annotator + 100}});
    }));
  }
  std::vector<TaskLabel> labels() {
    return database().read([&](Transaction& tx) { return labels_of_task(tx, {kProject, kTask}); }).value();
  }
};
MIZAN_ON_EACH_DATABASE(QualityStore);

TEST_P(QualityStore, a_label_put_again_replaces_the_earlier_one) {
  put(1, 0);
  put(2, 1);
  put(1, 1);
  const auto found = labels();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].annotator.value, 1);
  EXPECT_EQ(found[0].class_code, 1);
  ASSERT_TRUE(database().write([&](Transaction& tx) -> Result<void> {
    return delete_labels_of_annotation(tx, {kProject, kTask}, {101});
  }));
  EXPECT_EQ(labels().size(), 1U);
}

TEST_P(QualityStore, posteriors_and_skills_come_back_bit_for_bit) {
  const std::vector<double> odd{0.1 + 0.2, 1e-300, 1.0 / 3};
  ConsensusRow row{.task = kTask, .question = "safe", .posterior = odd, .raw_posterior = odd};
  const QuestionModelRow model{.key = {kProject, "safe"},
                               .model_version = 1,
                               .class_count = 3,
                               .class_pseudo_counts = odd,
                               .everybody = std::vector<double>(9, 0.1)};
  ASSERT_TRUE(database().write([&](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(put_consensus(tx, kProject, row));
    MIZAN_CHECK_OK(put_skill(tx, {model.key, 1}, {"annotator", 5, std::vector<double>(9, 1.0 / 7), 0.5, 3}));
    return insert_question_model(tx, model);
  }));
  const auto found = database()
                         .read([&](Transaction& tx) {
                           return consensus_of_task(tx, {kProject, kTask});
                         })
                         .value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].posterior, odd);
  const auto skills = database()
                          .read([&](Transaction& tx) {
                            return skills_of_model(tx, {model.key, 1});
                          })
                          .value();
  ASSERT_EQ(skills.size(), 1U);
  EXPECT_EQ(skills[0].pseudo_counts, std::vector<double>(9, 1.0 / 7));
}

TEST_P(QualityStore, versions_that_a_consensus_row_names_are_kept) {
  const QuestionKey key{kProject, "safe"};
  ASSERT_TRUE(database().write([&](Transaction& tx) -> Result<void> {
    for (std::int64_t version = 1; version <= 3; ++version)
      MIZAN_CHECK_OK(insert_question_model(tx, {.key = key, .model_version = version, .class_count = 2}));
    return put_consensus(tx, kProject, {.task = kTask, .question = "safe", .model_version = 1});
  }));
  EXPECT_EQ(database().write([&](Transaction& tx) { return delete_unused_models(tx, key, 3); }).value(), 1);
  const auto there = [&](std::int64_t version) {
    return database()
        .read([&](Transaction& tx) { return find_question_model(tx, key, version); })
        .value()
        .has_value();
  };
  EXPECT_TRUE(there(1));
  EXPECT_FALSE(there(2));
  EXPECT_TRUE(there(3));
}

TEST_P(QualityStore, a_submit_reads_by_index) {
  EXPECT_TRUE(test::reads_by_index(database(), kLabelsOfTask, kProject, kTask));
  EXPECT_TRUE(test::reads_by_index(database(), kConsensusOfTask, kProject, kTask));
  EXPECT_TRUE(test::reads_by_index(database(), kDeleteEmptyConsensus, kProject, kTask));
  EXPECT_TRUE(test::reads_by_index(database(), kRecountSettledConsensus, kProject, kTask));
}

}  // namespace
}  // namespace mizan::store
