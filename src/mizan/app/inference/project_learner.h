// Everything inference holds in memory about one project: a learner for each question, and the event up to
// which it has heard. Made from the labels in the database; kept up to date by following the project's
// events. Losing it loses nothing. One owner; not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mizan/app/inference/question_learner.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

class ProjectLearner {
 public:
  /// From the labels and gold answers of the snapshot that `tx` reads.
  /// @cost O(labels)
  [[nodiscard]] static Result<std::unique_ptr<ProjectLearner>> load(store::Transaction& tx,
                                                                    domain::ProjectId project);

  [[nodiscard]] domain::ProjectId project() const { return project_; }
  /// Events up to here are known.
  [[nodiscard]] std::int64_t after_sequence() const { return after_sequence_; }
  /// Changes that no published model has seen.
  [[nodiscard]] std::size_t changes() const;
  [[nodiscard]] std::size_t label_count() const;

  /// Hears the next events, `limit` at most, and reads the labels of the tasks they name; looks for new gold.
  /// @out how many events there were
  [[nodiscard]] Result<std::size_t> follow(store::Transaction& tx, std::int64_t limit);

  struct Learned {
    std::string question;
    ModelDraft draft;
  };
  /// Refits every question that has changed.
  [[nodiscard]] Result<std::vector<Learned>> learn(truth::Run run);

 private:
  explicit ProjectLearner(domain::ProjectId project) : project_(project) {}
  [[nodiscard]] Result<void> widen_to_classes(store::Transaction& tx);
  [[nodiscard]] Result<void> take_labels_of_task(store::Transaction& tx, domain::TaskId task);
  [[nodiscard]] Result<void> take_gold(store::Transaction& tx);
  QuestionLearner& question(const std::string& name, std::size_t class_count);

  domain::ProjectId project_;
  std::map<std::string, QuestionLearner, std::less<>> questions_;
  std::vector<domain::TaskId> gold_tasks_;
  store::GoldMark gold_mark_{};
  std::int64_t after_sequence_ = 0;
};

}  // namespace mizan::app
