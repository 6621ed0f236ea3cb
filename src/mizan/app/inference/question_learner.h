// The live model of one question of a project with the names of the database: what task, annotator and
// supplier each index of truth::OnlineModel stands for. One owner; not thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "mizan/app/models/live_model.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/engine/truth/online/online_model.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/quality/skills.h"

namespace mizan::app {

/// A version ready to be stored.
struct ModelDraft {
  store::QuestionModelRow model;  ///< without version, sequence and time
  std::vector<store::SkillRow> skills;
};

class QuestionLearner {
 public:
  explicit QuestionLearner(std::size_t class_count) : model_(class_count) {}

  void widen(std::size_t class_count);
  [[nodiscard]] std::size_t class_count() const { return model_.class_count(); }
  [[nodiscard]] std::size_t label_count() const { return model_.label_count(); }
  /// Changes since the model was last published.
  [[nodiscard]] std::size_t changes() const { return changes_; }

  /// Makes the task's labels these; what is as it was costs nothing.
  Result<void> set_labels(domain::TaskId task, std::span<const store::TaskLabel> labels);
  /// @in code  the right class, or -1
  Result<void> set_gold(domain::TaskId task, std::int64_t code);

  /// Brings the model to what the batch fit says (from votes while that is cheap, or much is new; else from
  /// where it is) and writes down what is to be published.
  Result<ModelDraft> learn(truth::Run run);

 private:
  truth::TaskIndex index_of(domain::TaskId task);
  truth::AnnotatorIndex index_of(domain::AnnotatorId annotator, domain::SupplierId supplier);
  [[nodiscard]] ModelDraft draft() const;

  truth::OnlineModel model_;
  std::unordered_map<domain::TaskId, truth::TaskIndex> tasks_;
  std::unordered_map<domain::AnnotatorId, truth::AnnotatorIndex> annotator_index_;
  std::unordered_map<domain::SupplierId, std::uint32_t> supplier_index_;
  std::vector<domain::AnnotatorId> annotators_;
  std::vector<domain::SupplierId> suppliers_;
  std::size_t changes_ = 0;
  std::size_t learned_from_votes_ = 0;  // labels when it last settled from votes
};

}  // namespace mizan::app
