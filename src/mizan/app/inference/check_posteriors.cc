#include "mizan/app/inference/check_posteriors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "mizan/app/models/gold_labels.h"
#include "mizan/app/models/live_model.h"
#include "mizan/app/models/rows_of.h"
#include "mizan/store/quality/consensus.h"

namespace mizan::app {
namespace {

constexpr double kSame = 1e-9;
constexpr std::int64_t kRowsAtOnce = 1000;

// Every model version that rows of a project name.
class Models {
 public:
  Models(store::Transaction& tx, domain::ProjectId project) : tx_(tx), project_(project) {}

  /// Null when there is no such version.
  Result<const LiveModel*> find(const std::string& question, std::int64_t version) {
    auto& held = models_[{question, version}];
    if (held == nullptr) {
      held = std::make_unique<std::optional<LiveModel>>(LiveModel{});
      if (version > 0) {
        auto loaded = load_live_model(tx_, {project_, question}, version);
        if (!loaded && loaded.error().code != ErrorCode::not_found) return fail(loaded.error());
        *held = loaded ? std::optional(*std::move(loaded)) : std::nullopt;
      }
    }
    return *held ? &**held : nullptr;
  }

 private:
  store::Transaction& tx_;
  domain::ProjectId project_;
  std::map<std::pair<std::string, std::int64_t>, std::unique_ptr<std::optional<LiveModel>>> models_;
};

double largest_difference(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) return 1;
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
  return largest;
}

// What is wrong with a row; empty when nothing is.
std::string fault_of(const store::ConsensusRow& row, const QuestionBelief& belief, std::size_t label_count) {
  if (row.label_count != static_cast<std::int64_t>(label_count))
    return "stands on " + std::to_string(row.label_count) + " labels, there are " +
           std::to_string(label_count);
  const double away = std::max(largest_difference(row.posterior, belief.calibrated),
                               largest_difference(row.raw_posterior, belief.raw));
  if (away > kSame)
    return "differs by " + std::to_string(away) + " from model version " + std::to_string(row.model_version);
  if (row.class_code != belief.class_code || std::abs(row.confidence - belief.confidence) > kSame)
    return "its class or confidence is not its posterior's";
  return {};
}

class Checker {
 public:
  Checker(store::Transaction& tx, domain::ProjectId project, const BreachSink& sink)
      : models_(tx, project), sink_(sink) {}

  Result<void> check(const store::ConsensusRow& row, std::span<const store::TaskLabel> labels,
                     const GoldLabels& gold) {
    ++checked_.row_count;
    if (row.basis == "review") return {};
    BeliefInput input{.labels = labels, .class_count = row.posterior.size()};
    if (row.basis == "gold") {
      const auto task = gold.find(row.task);
      if (task == gold.end() || !task->second.contains(row.question)) {
        breach(row, "says that gold is its reason, and there is none");
        return {};
      }
      input.gold = task->second.find(row.question)->second;
    }
    MIZAN_TRY(const LiveModel* model, models_.find(row.question, input.gold ? 0 : row.model_version));
    if (model == nullptr) {
      breach(row, "model version " + std::to_string(row.model_version) + " is not there");
      return {};
    }
    const std::string fault = fault_of(row, believe(*model, input), labels.size());
    if (!fault.empty()) breach(row, fault);
    return {};
  }

  [[nodiscard]] PosteriorCheck result() const { return checked_; }

 private:
  void breach(const store::ConsensusRow& row, const std::string& what) {
    ++checked_.breach_count;
    sink_(to_text(row.task) + " '" + row.question + "': " + what);
  }

  Models models_;
  const BreachSink& sink_;
  PosteriorCheck checked_;
};

}  // namespace

Result<PosteriorCheck> check_posteriors(store::Transaction& tx, domain::ProjectId project,
                                        const BreachSink& sink) {
  Checker checker(tx, project, sink);
  MIZAN_TRY(const auto gold, gold_labels(tx, project));
  store::ConsensusPage page{{}, {}, kRowsAtOnce};
  while (true) {
    MIZAN_TRY(const auto rows, store::consensus_after(tx, project, page));
    if (rows.empty()) break;
    const domain::TaskId before{rows.front().task.value - 1};
    MIZAN_TRY(const auto labels, store::labels_of_tasks(tx, project, before, rows.back().task));
    for (const store::ConsensusRow& row : rows)
      MIZAN_CHECK_OK(checker.check(row, labels_of_row(labels, row.task, row.question), gold));
    page.after_task = rows.back().task;
    page.after_question = rows.back().question;
  }
  return checker.result();
}

}  // namespace mizan::app
