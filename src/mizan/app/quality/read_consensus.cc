#include "mizan/app/quality/read_consensus.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mizan/app/models/rows_of.h"
#include "mizan/store/work/task_states.h"

namespace mizan::app {
namespace {

Result<std::vector<BeliefMove>> moves_of(store::Transaction& tx, domain::ProjectId project,
                                         const store::ConsensusRow& row,
                                         std::span<const store::TaskLabel> labels) {
  LiveModel model;
  if (row.model_version > 0) {
    MIZAN_TRY(model, load_live_model(tx, {project, row.question}, row.model_version));
  }
  std::vector<store::TaskLabel> in_order(labels.begin(), labels.end());
  std::sort(in_order.begin(), in_order.end(),
            [](const auto& a, const auto& b) { return a.annotation < b.annotation; });
  std::vector<BeliefMove> moves;
  for (std::size_t count = 1; count <= in_order.size(); ++count)
    moves.push_back({in_order[count - 1], believe(model, {.labels = std::span(in_order).first(count),
                                                          .class_count = row.posterior.size()})});
  return moves;
}

}  // namespace

Result<ConsensusList> list_consensus(Service& service, const Caller& caller, const ListConsensus& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_consensus, rules::at(query.project)));
  static_cast<void>(grant);
  return service.database().read([&](store::Transaction& tx) -> Result<ConsensusList> {
    ConsensusList list;
    MIZAN_TRY(list.rows, store::list_consensus(tx, query.project, query.filter, query.page));
    MIZAN_TRY(list.classes, service.shared<LiveModels>().classes(tx, query.project));
    return list;
  });
}

Result<TaskConsensus> read_task_consensus(Service& service, const Caller& caller,
                                          const store::TaskKey& task) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_consensus, rules::at(task.project)));
  static_cast<void>(grant);
  return service.database().read([&](store::Transaction& tx) -> Result<TaskConsensus> {
    TaskConsensus found;
    MIZAN_TRY(const auto state, store::find_task_state(tx, task.project, task.task));
    if (!state) return fail(ErrorCode::not_found, "the project has no task " + to_text(task.task));
    MIZAN_TRY(found.rows, store::consensus_of_task(tx, task));
    MIZAN_TRY(const auto labels, store::labels_of_task(tx, task));
    for (const store::ConsensusRow& row : found.rows) {
      MIZAN_TRY(auto moves, moves_of(tx, task.project, row, labels_of_row(labels, row.task, row.question)));
      found.moves.push_back(std::move(moves));
    }
    MIZAN_TRY(found.classes, service.shared<LiveModels>().classes(tx, task.project));
    return found;
  });
}

Result<std::vector<QuestionQuality>> read_quality(Service& service, const Caller& caller,
                                                  domain::ProjectId project) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_quality, rules::at(project)));
  static_cast<void>(grant);
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<QuestionQuality>> {
    std::vector<QuestionQuality> questions;
    MIZAN_TRY(const auto summaries, store::summarise_consensus(tx, project));
    for (const store::ConsensusSummary& summary : summaries) {
      MIZAN_TRY(const auto model, service.shared<LiveModels>().find(tx, {project, summary.question}));
      QuestionQuality quality{.summary = summary};
      const double half_width = 1.96 * std::sqrt(summary.doubt) /
                                static_cast<double>(std::max<std::int64_t>(1, summary.task_count));
      quality.accuracy = summary.mean_confidence;
      quality.accuracy_low = std::max(0.0, quality.accuracy - half_width);
      quality.accuracy_high = std::min(1.0, quality.accuracy + half_width);
      quality.model_version = model->version;
      quality.error_correlation = model->error_correlation;
      questions.push_back(std::move(quality));
    }
    return questions;
  });
}

}  // namespace mizan::app
