#include "mizan/app/quality/weighed_question.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

#include "mizan/app/models/live_models.h"
#include "mizan/engine/truth/methods/ibcc.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMostLabels = 5'000'000;
constexpr std::size_t kMostHeld = 8;  // questions: each may take a hundred megabytes

struct Mark {
  std::string question;
  std::int64_t label_count = 0;
  std::int64_t newest = 0;
  store::GoldMark gold{};
  friend bool operator==(const Mark&, const Mark&) = default;
};

// The last answer of each question, until a label or a gold answer comes.
class WeighedCache {
 public:
  std::shared_ptr<const WeighedQuestion> find(domain::ProjectId project, const Mark& mark) {
    const std::scoped_lock lock(mutex_);
    const auto held = held_.find({project.value, mark.question});
    return held != held_.end() && held->second.first == mark ? held->second.second : nullptr;
  }
  void put(domain::ProjectId project, const Mark& mark, std::shared_ptr<const WeighedQuestion> weighed) {
    const std::scoped_lock lock(mutex_);
    if (held_.size() >= kMostHeld) held_.clear();
    held_[{project.value, mark.question}] = {mark, std::move(weighed)};
  }

 private:
  using Key = std::pair<std::int64_t, std::string>;
  std::mutex mutex_;
  std::map<Key, std::pair<Mark, std::shared_ptr<const WeighedQuestion>>> held_;
};

Result<Mark> read_mark(store::Transaction& tx, domain::ProjectId project, const std::string& question) {
  Mark mark;
  MIZAN_TRY(const auto counts, store::count_labels(tx, project));
  for (const store::LabelCount& count : counts) {
    if (!question.empty() && count.question != question) continue;
    mark.question = count.question;
    mark.label_count = count.label_count;
    mark.newest = count.newest.value;
    break;
  }
  if (mark.question.empty())
    return fail(ErrorCode::not_found, question.empty() ? "the project has no labels yet"
                                                       : "question '" + question + "' has no labels yet");
  MIZAN_TRY(mark.gold, store::gold_mark(tx, project));
  return mark;
}

Result<void> weigh(WeighedQuestion& weighed) {
  ThreadPool pool(2);
  const Progress progress;
  const truth::Run run{pool, progress};
  const ScorecardLabels& labels = weighed.labels;
  MIZAN_TRY(const auto matrix, truth::LabelMatrix::from_rows(labels.rows, labels.tasks.size(),
                                                             labels.annotators.size(), labels.class_count));
  const truth::Evidence evidence{matrix, labels.gold};
  MIZAN_TRY(auto model, truth::fit_ibcc(evidence,
                                        {.supplier_of_annotator = labels.supplier_of,
                                         .supplier_count = labels.suppliers.size()},
                                        run));
  weighed.votes = truth::vote_shares(evidence, run);
  weighed.posterior = std::move(model.belief.posterior);
  const std::vector<const truth::Table*> others{&weighed.votes};
  MIZAN_TRY(weighed.report, ::mizan::supplier::assess_accuracy({.labels = matrix,
                                                                .gold = labels.gold,
                                                                .posterior = weighed.posterior,
                                                                .other_posteriors = others,
                                                                .supplier_of_annotator = labels.supplier_of,
                                                                .supplier_count = labels.suppliers.size()},
                                                               run));
  return {};
}

// The rows of some tasks, in a new order.
truth::Table rows_of(const truth::Table& table, std::span<const std::uint32_t> tasks) {
  truth::Table part(tasks.size(), table.columns);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto from = table.row(tasks[i]);
    std::copy(from.begin(), from.end(), part.row(i).begin());
  }
  return part;
}

std::vector<std::size_t> oldest_first(const ScorecardLabels& labels) {
  std::vector<std::size_t> order(labels.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return labels.annotation[a] < labels.annotation[b]; });
  return order;
}

// Every label of every task that is no gold, in the order in which they came, by the newest model.
std::vector<MoveCount> count_moves(const WeighedQuestion& weighed, const LiveModel& model) {
  const ScorecardLabels& labels = weighed.labels;
  std::vector<MoveCount> moves(labels.annotators.size());
  std::vector<std::vector<std::size_t>> of_task(labels.tasks.size());
  for (const std::size_t row : weighed.by_time) of_task[labels.rows[row].task].push_back(row);
  std::vector<store::TaskLabel> so_far;
  for (std::size_t task = 0; task < of_task.size(); ++task) {
    if (labels.gold[task] != truth::kNoGold) continue;
    so_far.clear();
    std::int64_t before = -1;
    const auto now = static_cast<std::int64_t>(truth::best_class(weighed.posterior.row(task)));
    for (const std::size_t row : of_task[task]) {
      const truth::LabelRow& label = labels.rows[row];
      so_far.push_back({.task = labels.tasks[task],
                        .question = {},
                        .annotator = labels.annotators[label.annotator],
                        .supplier = labels.suppliers[labels.supplier_of[label.annotator]],
                        .class_code = label.label,
                        .annotation = {labels.annotation[row]}});
      const std::int64_t answer =
          believe(model, {.labels = so_far, .class_count = labels.class_count}).class_code;
      if (before >= 0 && answer != before) {
        ++moves[label.annotator].moved_count;
        moves[label.annotator].moved_right_count += answer == now;
      }
      before = answer;
    }
  }
  return moves;
}

}  // namespace

Result<std::shared_ptr<const WeighedQuestion>> weigh_question(Service& service, domain::ProjectId project,
                                                              const std::string& question) {
  MIZAN_TRY(const auto mark, service.database().read(
                                 [&](store::Transaction& tx) { return read_mark(tx, project, question); }));
  auto& cache = service.shared<WeighedCache>();
  if (auto held = cache.find(project, mark)) return held;
  auto weighed = std::make_shared<WeighedQuestion>();
  weighed->question = mark.question;
  MIZAN_TRY(weighed->labels, service.database().read([&](store::Transaction& tx) {
    return scorecard_labels(tx, project, mark.question, kMostLabels);
  }));
  MIZAN_CHECK_OK(weigh(*weighed));
  weighed->by_time = oldest_first(weighed->labels);
  MIZAN_TRY(const auto model, service.database().read([&](store::Transaction& tx) {
    return service.shared<LiveModels>().find(tx, {project, mark.question});
  }));
  weighed->moves = count_moves(*weighed, *model);
  cache.put(project, mark, weighed);
  return weighed;
}

Result<::mizan::supplier::AccuracyReport> weigh_groups(const WeighedQuestion& weighed,
                                                       const GroupedLabels& groups) {
  const ScorecardLabels& labels = weighed.labels;
  constexpr std::uint32_t kAbsent = 0xFFFFFFFF;
  std::vector<std::uint32_t> place_of(labels.tasks.size(), kAbsent);
  std::vector<std::uint32_t> tasks;
  std::vector<truth::LabelRow> rows;
  for (std::size_t i = 0; i < groups.rows.size(); ++i) {
    const truth::LabelRow& row = labels.rows[groups.rows[i]];
    if (place_of[row.task] == kAbsent) {
      place_of[row.task] = static_cast<std::uint32_t>(tasks.size());
      tasks.push_back(row.task);
    }
    rows.push_back({place_of[row.task], groups.group_of_row[i], row.label});
  }
  std::vector<std::int32_t> gold;
  for (const std::uint32_t task : tasks) gold.push_back(labels.gold[task]);
  const truth::Table posterior = rows_of(weighed.posterior, tasks);
  const truth::Table votes = rows_of(weighed.votes, tasks);
  const std::vector<const truth::Table*> others{&votes};
  ThreadPool pool(2);
  const Progress progress;
  MIZAN_TRY(const auto matrix,
            truth::LabelMatrix::from_rows(rows, tasks.size(), groups.supplier_of_group.size(),
                                          labels.class_count, truth::Repeats::keep_all));
  return ::mizan::supplier::assess_accuracy({.labels = matrix,
                                             .gold = gold,
                                             .posterior = posterior,
                                             .other_posteriors = others,
                                             .supplier_of_annotator = groups.supplier_of_group,
                                             .supplier_count = labels.suppliers.size()},
                                            {pool, progress});
}

}  // namespace mizan::app
