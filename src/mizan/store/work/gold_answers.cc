#include "mizan/store/work/gold_answers.h"

namespace mizan::store {
namespace {

constexpr Query kPutGoldAnswer{
    "put_gold_answer",
    "INSERT INTO gold_answers (project_id, task_id, answers, explanation, concept, difficulty, "
    "created_at_us) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (project_id, task_id) DO UPDATE SET "
    "answers = excluded.answers, explanation = excluded.explanation, concept = excluded.concept, "
    "difficulty = excluded.difficulty"};
constexpr Query kDeleteGoldAnswer{"delete_gold_answer",
                                  "DELETE FROM gold_answers WHERE project_id = $1 AND task_id = $2"};
constexpr Query kFindGoldAnswer{
    "find_gold_answer",
    "SELECT task_id, answers, explanation, concept, difficulty, created_at_us FROM gold_answers "
    "WHERE project_id = $1 AND task_id = $2"};
constexpr Query kListGoldAnswers{
    "list_gold_answers",
    "SELECT task_id, answers, explanation, concept, difficulty, created_at_us FROM gold_answers "
    "WHERE project_id = $1 AND task_id > $2 ORDER BY task_id LIMIT $3"};
constexpr Query kGoldTasks{"gold_tasks",
                           "SELECT g.task_id, g.concept, g.difficulty FROM gold_answers g "
                           "JOIN task_states t ON t.project_id = g.project_id AND t.task_id = g.task_id "
                           "WHERE g.project_id = $1 AND t.state = 'gold' ORDER BY g.task_id"};
constexpr Query kHasUnseenGold{
    "has_unseen_gold",
    "SELECT 1 FROM gold_answers g "
    "JOIN task_states t ON t.project_id = g.project_id AND t.task_id = g.task_id "
    "WHERE g.project_id = $1 AND t.state = 'gold' "
    "AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.project_id = $1 AND a.task_id = g.task_id "
    "AND a.annotator_id = $2) LIMIT 1"};

auto read_gold(domain::ProjectId project) {
  return [project](const Row& row) {
    return GoldAnswerRow{.project_id = project,
                         .task_id = row.id<domain::TaskId>(0),
                         .answers = row.string(1),
                         .explanation = row.string(2),
                         .concept_name = row.string(3),
                         .difficulty = row.integer(4),
                         .created_at = row.instant(5)};
  };
}

}  // namespace

Result<void> put_gold_answer(Transaction& tx, const GoldAnswerRow& gold) {
  return tx.queue(kPutGoldAnswer, gold.project_id, gold.task_id, gold.answers, gold.explanation,
                  gold.concept_name, gold.difficulty, gold.created_at);
}

Result<bool> delete_gold_answer(Transaction& tx, domain::ProjectId project, domain::TaskId task) {
  MIZAN_TRY(const auto count, tx.execute(kDeleteGoldAnswer, project, task));
  return count > 0;
}

Result<std::optional<GoldAnswerRow>> find_gold_answer(Transaction& tx, domain::ProjectId project,
                                                      domain::TaskId task) {
  return tx.maybe_row(kFindGoldAnswer, read_gold(project), project, task);
}

Result<std::vector<GoldAnswerRow>> list_gold_answers(Transaction& tx, domain::ProjectId project,
                                                     domain::TaskId after, std::int64_t limit) {
  return tx.rows(kListGoldAnswers, read_gold(project), project, after, limit);
}

Result<std::vector<GoldTask>> gold_tasks(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kGoldTasks,
      [](const Row& row) {
        return GoldTask{.task_id = row.id<domain::TaskId>(0),
                        .concept_name = row.string(1),
                        .difficulty = row.integer(2)};
      },
      project);
}

Result<bool> has_unseen_gold(Transaction& tx, domain::ProjectId project, domain::AnnotatorId annotator) {
  MIZAN_TRY(const auto found, tx.maybe_row(
                                  kHasUnseenGold, [](const Row&) { return true; }, project, annotator));
  return found.has_value();
}

}  // namespace mizan::store
