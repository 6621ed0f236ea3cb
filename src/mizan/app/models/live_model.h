// A published model in memory, and what it says of one question of one task. Immutable once made; safe to
// read from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/engine/truth/online/live_calibration.h"
#include "mizan/engine/truth/online/task_posterior.h"
#include "mizan/store/quality/labels.h"
#include "mizan/store/quality/question_models.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::app {

/// Version 0 has learned nothing: every class alike, everybody right 4 times for each wrong class's 1.
struct LiveModel {
  std::int64_t version = 0;
  std::vector<double> class_pseudo_count{};  ///< [K]
  double error_correlation = truth::kLiveCorrelation;
  truth::Skill everybody{};
  std::unordered_map<domain::SupplierId, truth::Skill> suppliers{};
  std::unordered_map<domain::AnnotatorId, truth::Skill> annotators{};

  /// Of the annotator; of one who is new, what is believed of their supplier's; else of everybody.
  [[nodiscard]] const truth::Skill& skill_of(domain::AnnotatorId annotator,
                                             domain::SupplierId supplier) const;
};

/// @errors not_found: no such version
/// @cost   O(annotators * K^2)
[[nodiscard]] Result<LiveModel> load_live_model(store::Transaction& tx, const store::QuestionKey& key,
                                                std::int64_t version);

struct QuestionBelief {
  std::vector<double> raw{};         ///< [class_count] as the model has it
  std::vector<double> calibrated{};  ///< [class_count] what is shown and decided on
  std::int64_t class_code = 0;       ///< the likeliest; of equal ones the first
  double confidence = 0;             ///< its calibrated probability
  double top_share = 1;              ///< share of the most frequent answer among the labels
};

struct BeliefInput {
  std::span<const store::TaskLabel> labels;  ///< of one question of one task
  std::size_t class_count = 2;               ///< raised to hold what the model and the labels have
  std::optional<std::int64_t> gold{};        ///< a right answer that is known: clamps
};
/// @cost O(labels * classes)
[[nodiscard]] QuestionBelief believe(const LiveModel& model, const BeliefInput& input);

}  // namespace mizan::app
