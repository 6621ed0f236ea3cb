// The parts of the live model that go through all tasks. Single tasks: online_model.cc.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/base/assert.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/online/online_model.h"

namespace mizan::truth {
namespace {

void add_to(std::vector<UnitCount>& sums, const std::vector<UnitCount>& more) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += more[i];
}

}  // namespace

// [W*K,K] log P(label | right answer).
Table OnlineModel::log_rows(Run run) const {
  Table logs(annotator_count() * classes_, classes_);
  const std::size_t cells = classes_ * classes_ * 8;
  parallel_blocks(run.pool, annotator_count(), block_count(annotator_count() * cells, 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) {
                      const ConfusionPrior& prior = hierarchy_.of(supplier_of_[w]);
                      for (std::size_t label = 0; label < classes_; ++label)
                        for (std::size_t k = 0; k < classes_; ++k) {
                          const std::size_t cell = (w * classes_ + label) * classes_ + k;
                          logs.values[cell] =
                              std::log((prior.at(k, label) + from_units(sums_.rows[cell])) /
                                       (prior.row_sum(k) + from_units(sums_.row_sums[w * classes_ + k])));
                        }
                    }
                  });
  return logs;
}

Result<double> OnlineModel::sweep(Run run) {
  MIZAN_CHECK_OK(check_step(run, "sweep", 0, 1));
  const LogConfusion model{class_logs(), log_rows(run)};
  const std::size_t blocks = block_count(label_count(), annotator_count() * classes_ * classes_);
  std::vector<Sums> sums(blocks);
  std::vector<double> largest(blocks, 0.0);
  parallel_blocks(run.pool, task_count(), blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
    sums[block] = empty_sums();
    std::vector<double> next(classes_);
    for (std::size_t t = begin; t < end; ++t) {
      const auto task = static_cast<TaskIndex>(t);
      if (!takes_part(task)) continue;
      const auto row = row_of(task);
      if (gold_[task] == kNoGold) {
        next = model.log_prior;
        labels_.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
          const auto logs = model.log_rows.row(annotator * classes_ + label);
          for (std::size_t k = 0; k < classes_; ++k) next[k] += logs[k];
        });
        normalise_logs(next);
        for (std::size_t k = 0; k < classes_; ++k) {
          largest[block] = std::max(largest[block], std::abs(next[k] - from_units(row[k])));
          row[k] = to_units(next[k]);
        }
      }
      count_shares(task, sums[block], +1);
    }
  });
  sums.front().class_votes = std::move(sums_.class_votes);  // a sweep changes no label
  sums_ = std::move(sums.front());
  for (std::size_t block = 1; block < blocks; ++block) {
    add_to(sums_.rows, sums[block].rows);
    add_to(sums_.row_sums, sums[block].row_sums);
    add_to(sums_.class_sums, sums[block].class_sums);
  }
  return *std::max_element(largest.begin(), largest.end());
}

void OnlineModel::start_from_votes() {
  std::vector<std::uint32_t> votes(classes_);
  for (std::size_t t = 0; t < task_count(); ++t) {
    const auto task = static_cast<TaskIndex>(t);
    if (!takes_part(task)) continue;
    const auto row = row_of(task);
    std::fill(row.begin(), row.end(), 0U);
    if (gold_[task] != kNoGold) {
      row[static_cast<std::size_t>(gold_[task])] = to_units(1);
      continue;
    }
    std::fill(votes.begin(), votes.end(), 0U);
    labels_.visit_task(task, [&](AnnotatorIndex, ClassIndex label) { ++votes[label]; });
    const auto count = static_cast<double>(labels_.label_count_of_task(task));
    for (std::size_t k = 0; k < classes_; ++k) row[k] = to_units(votes[k] / count);
  }
  rebuild();
  hierarchy_ = flat_hierarchy(classes_, supplier_count(), options_.hierarchy);
}

bool OnlineModel::rebuild() {
  Sums sums = empty_sums();
  for (std::size_t t = 0; t < task_count(); ++t) count_task(static_cast<TaskIndex>(t), sums, +1);
  const bool is_same = sums == sums_;
  sums_ = std::move(sums);
  return is_same;
}

Result<void> OnlineModel::settle(const SettleOptions& options, Settled& settled, Run run) {
  settled.converged = false;
  for (int step = 0; step < options.max_sweeps && !settled.converged; ++step) {
    MIZAN_TRY(settled.largest_change, sweep(run));
    settled.converged = settled.largest_change <= options.tolerance;
    ++settled.sweeps;
  }
  return {};
}

// Expected counts from the tasks whose answer does not rest on one or two labels.
Table OnlineModel::teaching_counts() const {
  Sums sums = empty_sums();
  for (std::size_t t = 0; t < task_count(); ++t) {
    const auto task = static_cast<TaskIndex>(t);
    if (gold_[task] != kNoGold || labels_.label_count_of_task(task) >= options_.prior_min_labels)
      count_shares(task, sums, +1);
  }
  Table counts(annotator_count() * classes_, classes_);
  for (std::size_t i = 0; i < counts.values.size(); ++i) counts.values[i] = from_units(sums.rows[i]);
  return counts;
}

void OnlineModel::learn_priors() {
  hierarchy_ = learn_hierarchy(teaching_counts(), supplier_of_, supplier_count(), options_.hierarchy);
}

Result<Settled> OnlineModel::sweep_until_settled(const SettleOptions& options, Run run) {
  Settled settled;
  if (options.start == SweepStart::votes) start_from_votes();
  MIZAN_CHECK_OK(settle(options, settled, run));
  const int rounds =
      options.start == SweepStart::votes ? options_.prior_rounds : std::min(options_.prior_rounds, 1);
  for (int round = 0; round < rounds; ++round) {
    learn_priors();
    MIZAN_CHECK_OK(settle(options, settled, run));
  }
  return settled;
}

OnlineSkills OnlineModel::skills() const {
  OnlineSkills skills{classes_, std::vector<double>(classes_), hierarchy_, {}, {}};
  for (std::size_t k = 0; k < classes_; ++k)
    skills.class_pseudo_count[k] = class_prior_count(sums_.class_votes[k]) + from_units(sums_.class_sums[k]);
  skills.pseudo_count.resize(sums_.rows.size());
  skills.label_count.assign(annotator_count(), 0);
  for (std::size_t w = 0; w < annotator_count(); ++w) {
    const ConfusionPrior& prior = hierarchy_.of(supplier_of_[w]);
    for (std::size_t label = 0; label < classes_; ++label)
      for (std::size_t k = 0; k < classes_; ++k)
        skills.pseudo_count[(w * classes_ + k) * classes_ + label] =
            prior.at(k, label) + from_units(sums_.rows[(w * classes_ + label) * classes_ + k]);
  }
  for (std::size_t t = 0; t < task_count(); ++t)
    labels_.visit_task(static_cast<TaskIndex>(t),
                       [&](AnnotatorIndex annotator, ClassIndex) { ++skills.label_count[annotator]; });
  return skills;
}

std::size_t OnlineModel::memory_bytes() const {
  const auto bytes = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
  return bytes(posterior_) + bytes(gold_) + bytes(supplier_of_) + bytes(sums_.rows) + bytes(sums_.row_sums) +
         labels_.memory_bytes();
}

}  // namespace mizan::truth
