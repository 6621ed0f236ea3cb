#include "mizan/store/quality/skills.h"

#include "mizan/store/quality/doubles.h"

namespace mizan::store {
namespace {

constexpr Query kPutSkill{
    "put_skill",
    "INSERT INTO skills (project_id, question, model_version, holder, holder_id, pseudo_counts, accuracy, "
    "label_count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
    "ON CONFLICT (project_id, question, model_version, holder, holder_id) DO UPDATE "
    "SET pseudo_counts = excluded.pseudo_counts, accuracy = excluded.accuracy, "
    "label_count = excluded.label_count"};

constexpr Query kSkillsOfModel{
    "skills_of_model",
    "SELECT holder, holder_id, pseudo_counts, accuracy, label_count FROM skills "
    "WHERE project_id = $1 AND question = $2 AND model_version = $3 ORDER BY holder, holder_id"};

SkillRow skill_from(const Row& row) {
  return {row.string(0), row.integer(1), doubles_of(row.blob(2)), row.real(3), row.integer(4)};
}

}  // namespace

Result<void> put_skill(Transaction& tx, const ModelKey& model, const SkillRow& skill) {
  return tx.queue(kPutSkill, model.question.project, model.question.question, model.model_version,
                  skill.holder, skill.holder_id, to_blob(skill.pseudo_counts), skill.accuracy,
                  skill.label_count);
}

Result<std::vector<SkillRow>> skills_of_model(Transaction& tx, const ModelKey& model) {
  return tx.rows(kSkillsOfModel, skill_from, model.question.project, model.question.question,
                 model.model_version);
}

}  // namespace mizan::store
