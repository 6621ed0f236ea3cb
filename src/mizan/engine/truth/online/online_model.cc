// The parts of the live model that touch one task at a time. Sweeps: online_sweep.cc.
#include "mizan/engine/truth/online/online_model.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "mizan/base/assert.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/online/task_posterior.h"

namespace mizan::truth {
namespace {

// A class that nobody chose still needs a positive pseudo-count; as in ibcc.cc.
constexpr double kLeastClassCount = 0.01;
// The posterior of a task moves the counts it comes from, so it is computed again until it stays.
constexpr int kMostLocalSteps = 16;
constexpr double kLocallySettled = 1e-8;

ConfusionPrior widened(const ConfusionPrior& prior, std::size_t count, const HierarchyOptions& options) {
  ConfusionPrior wide = prior;
  wide.diagonal.resize(prior.diagonal.size() + count, options.diagonal);
  wide.off_diagonal.resize(prior.off_diagonal.size() + count, options.off_diagonal);
  return wide;
}

// A table of `columns` columns as one of more, in blocks of `columns` (then `wider`) rows where is_square.
template <class T>
std::vector<T> widen_table(const std::vector<T>& table, std::size_t columns, std::size_t wider,
                           bool is_square) {
  if (columns == 0) return table;
  const std::size_t rows = table.size() / columns;
  const std::size_t rows_after = is_square ? rows / columns * wider : rows;
  std::vector<T> wide(rows_after * wider, T{0});
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t to = is_square ? r / columns * wider + r % columns : r;
    std::copy_n(table.begin() + static_cast<std::ptrdiff_t>(r * columns), columns,
                wide.begin() + static_cast<std::ptrdiff_t>(to * wider));
  }
  return wide;
}

}  // namespace

OnlineModel::OnlineModel(std::size_t class_count, const OnlineOptions& options)
    : options_(options),
      classes_(class_count),
      hierarchy_(flat_hierarchy(class_count, 0, options.hierarchy)) {
  MIZAN_ASSERT(class_count >= 1);
  sums_ = empty_sums();
}

std::uint32_t OnlineModel::add_supplier() {
  hierarchy_.suppliers.push_back(hierarchy_.everybody);
  return static_cast<std::uint32_t>(hierarchy_.suppliers.size() - 1);
}

AnnotatorIndex OnlineModel::add_annotator(std::uint32_t supplier) {
  supplier_of_.push_back(supplier);
  sums_.rows.resize(sums_.rows.size() + classes_ * classes_, 0);
  sums_.row_sums.resize(sums_.row_sums.size() + classes_, 0);
  return static_cast<AnnotatorIndex>(supplier_of_.size() - 1);
}

TaskIndex OnlineModel::add_task() {
  posterior_.resize(posterior_.size() + classes_, 0);
  gold_.push_back(kNoGold);
  return labels_.add_task();
}

void OnlineModel::add_classes(std::size_t count) {
  const std::size_t wider = classes_ + count;
  posterior_ = widen_table(posterior_, classes_, wider, false);
  sums_.rows = widen_table(sums_.rows, classes_, wider, true);
  sums_.row_sums = widen_table(sums_.row_sums, classes_, wider, false);
  sums_.class_sums.resize(wider, 0);
  sums_.class_votes.resize(wider, 0);
  hierarchy_.everybody = widened(hierarchy_.everybody, count, options_.hierarchy);
  for (ConfusionPrior& prior : hierarchy_.suppliers) prior = widened(prior, count, options_.hierarchy);
  classes_ = wider;
}

bool OnlineModel::takes_part(TaskIndex task) const {
  return gold_[task] != kNoGold || labels_.label_count_of_task(task) > 0;
}

std::span<UnitShare> OnlineModel::row_of(TaskIndex task) {
  return {posterior_.data() + task * classes_, classes_};
}
std::span<const UnitShare> OnlineModel::row_of(TaskIndex task) const {
  return {posterior_.data() + task * classes_, classes_};
}

OnlineModel::Sums OnlineModel::empty_sums() const {
  const std::size_t people = supplier_of_.size();
  return {std::vector<UnitCount>(people * classes_ * classes_, 0),
          std::vector<UnitCount>(people * classes_, 0), std::vector<UnitCount>(classes_, 0),
          std::vector<UnitCount>(classes_, 0)};
}

void OnlineModel::count_votes(TaskIndex task, Sums& sums, UnitCount sign) const {
  if (gold_[task] != kNoGold) {
    sums.class_votes[static_cast<std::size_t>(gold_[task])] += sign * UnitCount{to_units(1)};
    return;
  }
  std::vector<std::uint32_t> votes(classes_, 0);
  labels_.visit_task(task, [&](AnnotatorIndex, ClassIndex label) { ++votes[label]; });
  const auto count = static_cast<double>(labels_.label_count_of_task(task));
  for (std::size_t k = 0; k < classes_; ++k)
    if (votes[k] > 0) sums.class_votes[k] += sign * UnitCount{to_units(votes[k] / count)};
}

void OnlineModel::count_shares(TaskIndex task, Sums& sums, UnitCount sign) const {
  if (!takes_part(task)) return;
  const auto row = row_of(task);
  for (std::size_t k = 0; k < classes_; ++k) sums.class_sums[k] += sign * UnitCount{row[k]};
  labels_.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    UnitCount* const cells = sums.rows.data() + (annotator * classes_ + label) * classes_;
    UnitCount* const totals = sums.row_sums.data() + annotator * classes_;
    for (std::size_t k = 0; k < classes_; ++k) {
      cells[k] += sign * UnitCount{row[k]};
      totals[k] += sign * UnitCount{row[k]};
    }
  });
}

void OnlineModel::count_task(TaskIndex task, Sums& sums, UnitCount sign) const {
  if (!takes_part(task)) return;
  count_shares(task, sums, sign);
  count_votes(task, sums, sign);
}

double OnlineModel::class_prior_count(UnitCount votes) {
  return std::max(from_units(votes), kLeastClassCount);
}

std::vector<double> OnlineModel::class_logs() const {
  std::vector<double> counts(classes_);
  for (std::size_t k = 0; k < classes_; ++k)
    counts[k] = class_prior_count(sums_.class_votes[k]) + from_units(sums_.class_sums[k]);
  return log_shares_of(counts);
}

// Every annotator has one label here, so what the task adds to a cell is `own`.
void OnlineModel::add_label_logs(TaskIndex task, std::span<const UnitShare> own,
                                 std::span<double> row) const {
  labels_.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const ConfusionPrior& prior = hierarchy_.of(supplier_of_[annotator]);
    const UnitCount* const cells = sums_.rows.data() + (annotator * classes_ + label) * classes_;
    const UnitCount* const totals = sums_.row_sums.data() + annotator * classes_;
    for (std::size_t k = 0; k < classes_; ++k)
      row[k] += std::log((prior.at(k, label) + from_units(cells[k] - UnitCount{own[k]})) /
                         (prior.row_sum(k) + from_units(totals[k] - UnitCount{own[k]})));
  });
}

std::vector<double> OnlineModel::believe(TaskIndex task) const {
  std::vector<double> row = class_logs();
  const std::vector<UnitShare> nothing(classes_, 0U);
  add_label_logs(task, nothing, row);
  normalise_logs(row);
  return row;
}

std::vector<double> OnlineModel::held_out_posterior(TaskIndex task) const {
  Sums own{{}, {}, {}, std::vector<UnitCount>(classes_, 0)};
  if (takes_part(task)) count_votes(task, own, +1);
  const auto share = row_of(task);
  std::vector<double> row(classes_);
  for (std::size_t k = 0; k < classes_; ++k)
    row[k] = class_prior_count(sums_.class_votes[k] - own.class_votes[k]) +
             from_units(sums_.class_sums[k] - UnitCount{share[k]});
  row = log_shares_of(row);
  add_label_logs(task, share, row);
  normalise_logs(row);
  return row;
}

std::vector<double> OnlineModel::believe_clamped(TaskIndex task) const {
  if (gold_[task] == kNoGold) return believe(task);
  std::vector<double> row(classes_, 0.0);
  row[static_cast<std::size_t>(gold_[task])] = 1;
  return row;
}

void OnlineModel::move_task(TaskIndex task, std::span<const double> to) {
  count_task(task, sums_, -1);
  const auto row = row_of(task);
  for (std::size_t k = 0; k < classes_; ++k) row[k] = to_units(to[k]);
  count_task(task, sums_, +1);
}

// The task's share is out of the counts; afterwards it is in. What comes out depends on the other tasks'
// shares and this task's labels alone, never on what was believed of it before.
void OnlineModel::settle_task(TaskIndex task) {
  const auto row = row_of(task);
  if (!takes_part(task)) {
    std::fill(row.begin(), row.end(), 0U);
    return;
  }
  std::vector<double> now = believe_clamped(task);
  for (std::size_t k = 0; k < classes_; ++k) row[k] = to_units(now[k]);
  count_task(task, sums_, +1);
  if (gold_[task] != kNoGold) return;
  for (int step = 0; step < kMostLocalSteps; ++step) {
    const std::vector<double> next = believe(task);
    double change = 0;
    for (std::size_t k = 0; k < classes_; ++k) change = std::max(change, std::abs(next[k] - now[k]));
    if (change <= kLocallySettled) break;
    move_task(task, next);
    now = next;
  }
}

Result<void> OnlineModel::check(TaskIndex task, AnnotatorIndex annotator) const {
  if (task >= task_count()) return fail(ErrorCode::invalid_argument, "no task " + std::to_string(task));
  if (annotator >= annotator_count())
    return fail(ErrorCode::invalid_argument, "no annotator " + std::to_string(annotator));
  return {};
}

Result<void> OnlineModel::add_label(const LabelRow& label) {
  MIZAN_CHECK_OK(check(label.task, label.annotator));
  if (label.label >= classes_)
    return fail(ErrorCode::invalid_argument, "no class " + std::to_string(label.label));
  count_task(label.task, sums_, -1);
  labels_.put(label.task, label.annotator, label.label);
  settle_task(label.task);
  return {};
}

Result<void> OnlineModel::remove_label(TaskIndex task, AnnotatorIndex annotator) {
  MIZAN_CHECK_OK(check(task, annotator));
  if (!labels_.find(task, annotator))
    return fail(ErrorCode::not_found,
                "annotator " + std::to_string(annotator) + " has no label on task " + std::to_string(task));
  count_task(task, sums_, -1);
  labels_.remove(task, annotator);
  settle_task(task);
  return {};
}

Result<void> OnlineModel::set_gold(TaskIndex task, std::int32_t answer) {
  if (task >= task_count()) return fail(ErrorCode::invalid_argument, "no task " + std::to_string(task));
  if (answer != kNoGold && (answer < 0 || static_cast<std::size_t>(answer) >= classes_))
    return fail(ErrorCode::invalid_argument, "no class " + std::to_string(answer));
  count_task(task, sums_, -1);
  gold_[task] = answer;
  settle_task(task);
  return {};
}

void OnlineModel::refresh(TaskIndex task) {
  count_task(task, sums_, -1);
  settle_task(task);
}

std::vector<double> OnlineModel::posterior(TaskIndex task) const {
  std::vector<double> row(classes_);
  if (takes_part(task)) {
    for (std::size_t k = 0; k < classes_; ++k) row[k] = from_units(row_of(task)[k]);
    return row;
  }
  row = class_logs();
  for (double& value : row) value = std::exp(value);
  return row;
}

}  // namespace mizan::truth
