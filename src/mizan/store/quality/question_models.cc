#include "mizan/store/quality/question_models.h"

#include "mizan/store/quality/doubles.h"

namespace mizan::store {
namespace {

constexpr Query kInsertQuestionModel{
    "insert_question_model",
    "INSERT INTO question_models (project_id, question, model_version, class_count, class_pseudo_counts, "
    "everybody, error_correlation, label_count, after_sequence, created_at_us) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};

constexpr Query kFindQuestionModel{"find_question_model",
                                   "SELECT project_id, question, model_version, class_count, "
                                   "class_pseudo_counts, everybody, error_correlation, "
                                   "label_count, after_sequence, created_at_us FROM question_models "
                                   "WHERE project_id = $1 AND question = $2 AND model_version = $3"};

constexpr Query kNewestModelVersion{
    "newest_model_version",
    "SELECT COALESCE(MAX(model_version), 0) FROM question_models WHERE project_id = $1 AND question = $2"};

constexpr Query kNewestModels{
    "newest_models",
    "SELECT project_id, question, MAX(model_version) FROM question_models GROUP BY project_id, question"};

constexpr Query kLearnedSequence{
    "learned_sequence",
    "SELECT MIN(after_sequence) FROM (SELECT MAX(after_sequence) AS after_sequence FROM question_models "
    "WHERE project_id = $1 GROUP BY question) AS newest"};

constexpr Query kAllProjects{"all_projects", "SELECT project_id FROM projects ORDER BY project_id"};

constexpr Query kDeleteUnusedSkills{
    "delete_unused_skills",
    "DELETE FROM skills WHERE project_id = $1 AND question = $2 AND model_version < $3 "
    "AND NOT EXISTS (SELECT 1 FROM consensus c WHERE c.project_id = skills.project_id "
    "AND c.question = skills.question AND c.model_version = skills.model_version)"};

constexpr Query kDeleteUnusedModels{
    "delete_unused_models",
    "DELETE FROM question_models WHERE project_id = $1 AND question = $2 AND model_version < $3 "
    "AND NOT EXISTS (SELECT 1 FROM consensus c WHERE c.project_id = question_models.project_id "
    "AND c.question = question_models.question AND c.model_version = question_models.model_version)"};

QuestionModelRow model_from(const Row& row) {
  QuestionModelRow model;
  model.key = {row.id<domain::ProjectId>(0), row.string(1)};
  model.model_version = row.integer(2);
  model.class_count = row.integer(3);
  model.class_pseudo_counts = doubles_of(row.blob(4));
  model.everybody = doubles_of(row.blob(5));
  model.error_correlation = row.real(6);
  model.label_count = row.integer(7);
  model.after_sequence = row.integer(8);
  model.created_at = row.instant(9);
  return model;
}

}  // namespace

Result<void> insert_question_model(Transaction& tx, const QuestionModelRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertQuestionModel, row.key.project, row.key.question, row.model_version,
                            row.class_count, to_blob(row.class_pseudo_counts), to_blob(row.everybody),
                            row.error_correlation, row.label_count, row.after_sequence, row.created_at));
  return {};
}

Result<std::optional<QuestionModelRow>> find_question_model(Transaction& tx, const QuestionKey& key,
                                                            std::int64_t model_version) {
  return tx.maybe_row(kFindQuestionModel, model_from, key.project, key.question, model_version);
}

Result<std::int64_t> newest_model_version(Transaction& tx, const QuestionKey& key) {
  return tx.row(
      kNewestModelVersion, [](const Row& row) { return row.integer(0); }, key.project, key.question);
}

Result<std::vector<NewestModel>> newest_models(Transaction& tx) {
  return tx.rows(kNewestModels, [](const Row& row) {
    return NewestModel{{row.id<domain::ProjectId>(0), row.string(1)}, row.integer(2)};
  });
}

Result<std::optional<std::int64_t>> learned_sequence(Transaction& tx, domain::ProjectId project) {
  return tx.row(
      kLearnedSequence, [](const Row& row) { return row.maybe_integer(0); }, project);
}

Result<std::vector<domain::ProjectId>> all_projects(Transaction& tx) {
  return tx.rows(kAllProjects, [](const Row& row) { return row.id<domain::ProjectId>(0); });
}

Result<std::int64_t> delete_unused_models(Transaction& tx, const QuestionKey& key, std::int64_t keep_from) {
  MIZAN_CHECK_OK(tx.execute(kDeleteUnusedSkills, key.project, key.question, keep_from));
  return tx.execute(kDeleteUnusedModels, key.project, key.question, keep_from);
}

}  // namespace mizan::store
