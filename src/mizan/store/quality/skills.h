// What a published model says of each annotator, and of annotators of a supplier who have not labelled yet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/quality/question_models.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

inline constexpr std::string_view kAnnotatorSkill = "annotator";
inline constexpr std::string_view kSupplierSkill = "supplier";

struct SkillRow {
  std::string holder;                 ///< annotator | supplier
  std::int64_t holder_id = 0;         ///< an AnnotatorId or a SupplierId
  std::vector<double> pseudo_counts;  ///< [K,K] row = right answer
  double accuracy = 0;                ///< mean on the project's class mix
  std::int64_t label_count = 0;
};

/// One version of one question's model.
struct ModelKey {
  QuestionKey question;
  std::int64_t model_version = 0;
};

/// Before the version itself is inserted, so that a version is complete when it is seen.
[[nodiscard]] Result<void> put_skill(Transaction& tx, const ModelKey& model, const SkillRow& skill);
/// Every skill of a version, by holder and id.
[[nodiscard]] Result<std::vector<SkillRow>> skills_of_model(Transaction& tx, const ModelKey& model);
}  // namespace mizan::store
