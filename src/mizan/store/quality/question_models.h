// Published models: what was learned about the annotators of a question up to an event. A version never
// changes once it is there; skills.h holds its annotators and suppliers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

/// A question of a project, as inference sees it.
struct QuestionKey {
  domain::ProjectId project;
  std::string question;
};

struct QuestionModelRow {
  QuestionKey key;
  std::int64_t model_version = 0;  ///< 1, 2, 3 …
  std::int64_t class_count = 0;
  std::vector<double> class_pseudo_counts{};  ///< [K]
  std::vector<double> everybody{};            ///< [K,K]
  double error_correlation = 0;               ///< truth::calibrated_posterior
  std::int64_t label_count = 0;
  std::int64_t after_sequence = 0;  ///< events of the project that it has seen
  Instant created_at{};
};

/// @errors conflict: the version is there already
[[nodiscard]] Result<void> insert_question_model(Transaction& tx, const QuestionModelRow& row);

[[nodiscard]] Result<std::optional<QuestionModelRow>> find_question_model(Transaction& tx,
                                                                          const QuestionKey& key,
                                                                          std::int64_t model_version);
/// 0 when nothing was published.
[[nodiscard]] Result<std::int64_t> newest_model_version(Transaction& tx, const QuestionKey& key);

struct NewestModel {
  QuestionKey key;
  std::int64_t model_version = 0;
};
/// The newest version of every question of every project: what a node compares its cache with.
[[nodiscard]] Result<std::vector<NewestModel>> newest_models(Transaction& tx);

/// The event up to which every question of a project has been learned; nothing when nothing was published.
[[nodiscard]] Result<std::optional<std::int64_t>> learned_sequence(Transaction& tx,
                                                                   domain::ProjectId project);

/// Every project that there is, by id.
[[nodiscard]] Result<std::vector<domain::ProjectId>> all_projects(Transaction& tx);

/// Deletes the versions below `keep_from` that no consensus row was made by, with their skills.
/// @out how many versions were deleted
[[nodiscard]] Result<std::int64_t> delete_unused_models(Transaction& tx, const QuestionKey& key,
                                                        std::int64_t keep_from);

}  // namespace mizan::store
