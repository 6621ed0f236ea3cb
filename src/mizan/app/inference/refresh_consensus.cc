#include "mizan/app/inference/refresh_consensus.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "mizan/app/inference/settle_task.h"
#include "mizan/app/models/live_models.h"
#include "mizan/app/models/rows_of.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

bool has_moved(const store::ConsensusRow& row, const QuestionBelief& belief, double moved) {
  if (row.posterior.size() != belief.calibrated.size() || row.class_code != belief.class_code) return true;
  for (std::size_t k = 0; k < row.posterior.size(); ++k)
    if (std::abs(row.posterior[k] - belief.calibrated[k]) > moved) return true;
  return false;
}

struct Page {
  std::vector<store::ConsensusRow> rows;
  std::set<domain::TaskId> to_write;
};

store::ConsensusRow clamped_row(domain::TaskId task, const std::string& question,
                                const QuestionBelief& belief) {
  store::ConsensusRow row;
  row.task = task;
  row.question = question;
  row.class_code = belief.class_code;
  row.confidence = belief.confidence;
  row.posterior = belief.calibrated;
  row.raw_posterior = belief.raw;
  row.top_share = belief.top_share;
  row.basis = "gold";
  return row;
}

}  // namespace

// Gold tasks have their answer for a consensus, whatever the labels say.
Result<void> ConsensusRefresh::clamp_gold(Service& service) {
  using Clamped = std::vector<store::ConsensusRow>;
  MIZAN_TRY(auto rows, service.database().read([&](store::Transaction& tx) -> Result<Clamped> {
    MIZAN_TRY(gold_, gold_labels(tx, project_));
    MIZAN_TRY(const auto classes, service.shared<LiveModels>().classes(tx, project_));
    Clamped changed;
    for (const auto& [task, codes] : gold_) {
      MIZAN_TRY(const auto there, store::consensus_of_task(tx, {project_, task}));
      MIZAN_TRY(const auto labels, store::labels_of_task(tx, {project_, task}));
      for (const auto& [question, code] : codes) {
        const auto known = classes->find(question);
        const auto own = labels_of_row(labels, task, question);
        const QuestionBelief belief = believe(
            {},
            {.labels = own, .class_count = known == classes->end() ? 0 : known->second.size(), .gold = code});
        const auto old = std::find_if(there.begin(), there.end(),
                                      [&name = question](const auto& row) { return row.question == name; });
        // An adjudicated answer that became gold stays the reviewer's.
        if (old != there.end() && old->basis == "review" && old->class_code == code) continue;
        if (old != there.end() && old->basis == "gold" && !has_moved(*old, belief, 0) &&
            old->label_count == std::ssize(own))
          continue;
        changed.push_back(clamped_row(task, question, belief));
        changed.back().label_count = std::ssize(own);
      }
    }
    return changed;
  }));
  for (std::size_t begin = 0; begin < rows.size(); begin += options_.tasks_at_once) {
    const auto some = std::span(rows).subspan(begin, std::min(options_.tasks_at_once, rows.size() - begin));
    MIZAN_CHECK_OK(service.database().write([&](store::Transaction& tx) -> Result<void> {
      for (store::ConsensusRow& row : some) {
        row.updated_at = service.now();
        MIZAN_CHECK_OK(store::put_consensus(tx, project_, row));
      }
      return {};
    }));
    written_ += some.size();
  }
  return {};
}

Result<bool> ConsensusRefresh::step(Service& service) {
  if (!std::exchange(has_gold_, true)) MIZAN_CHECK_OK(clamp_gold(service));
  MIZAN_TRY(const Page page, service.database().read([&](store::Transaction& tx) -> Result<Page> {
    Page found;
    MIZAN_TRY(found.rows,
              store::consensus_after(tx, project_, {after_task_, after_question_, options_.rows_at_once}));
    if (found.rows.empty()) return found;
    const domain::TaskId before{found.rows.front().task.value - 1};
    MIZAN_TRY(const auto labels, store::labels_of_tasks(tx, project_, before, found.rows.back().task));
    for (const store::ConsensusRow& row : found.rows) {
      const auto gold = gold_.find(row.task);
      if (gold != gold_.end() && gold->second.contains(row.question)) continue;
      if (row.basis == "review") continue;
      MIZAN_TRY(const auto model, service.shared<LiveModels>().find(tx, {project_, row.question}));
      const auto own = labels_of_row(labels, row.task, row.question);
      const QuestionBelief belief = believe(*model, {.labels = own, .class_count = row.posterior.size()});
      if (own.empty() || row.basis == "gold" || model->version - row.model_version >= options_.oldest_kept ||
          row.label_count != std::ssize(own) || has_moved(row, belief, options_.moved))
        found.to_write.insert(row.task);
    }
    return found;
  }));
  if (page.rows.empty()) return false;
  MIZAN_CHECK_OK(
      settle_tasks(service, project_, {page.to_write.begin(), page.to_write.end()}, options_.tasks_at_once));
  written_ += page.to_write.size();
  after_task_ = page.rows.back().task;
  after_question_ = page.rows.back().question;
  return std::ssize(page.rows) == options_.rows_at_once;
}

}  // namespace mizan::app
