#include "mizan/engine/truth/em/fast_em.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mizan::truth {
namespace {

// Tasks with so many labels gain nothing from being sorted by their number.
constexpr std::size_t kLongTask = 64;
// Float counters are moved into double after this many labels for each of them (but whole chunks): rounding
// stays near 1e-7 of a sum and the moving costs a few per cent at most.
constexpr std::size_t kLabelsPerCounter = 32;

// Every block has counters of its own, to be cleared and added up: few beside its labels, yet blocks enough
// for eight threads where that costs no more than a quarter of the work.
std::size_t em_block_count(std::size_t labels, std::size_t counters) {
  constexpr std::size_t kCheap = 32;  // labels for each counter
  const std::size_t at_most = block_count(labels, counters);
  return std::clamp(labels / (kCheap * counters), std::min<std::size_t>(8, at_most), at_most);
}

std::size_t first_task_from(const std::uint32_t* offsets, std::size_t tasks, std::size_t label) {
  return static_cast<std::size_t>(std::lower_bound(offsets, offsets + tasks, label) - offsets);
}

// The tasks of a chunk by number of labels, equal ones in their order. False if they all have as many.
bool order_chunk(const std::uint32_t* offsets, std::size_t count, std::uint8_t* order) {
  std::array<std::uint32_t, kLongTask + 1> place{};
  const auto size_of = [&](std::size_t t) {
    return std::min<std::size_t>(offsets[t + 1] - offsets[t], kLongTask - 1);
  };
  for (std::size_t t = 0; t < count; ++t) ++place[size_of(t) + 1];
  const bool is_uneven = place[size_of(0) + 1] != count;
  for (std::size_t n = 0; n < kLongTask; ++n) place[n + 1] += place[n];
  for (std::size_t t = 0; t < count; ++t) order[place[size_of(t)]++] = static_cast<std::uint8_t>(t);
  return is_uneven;
}

}  // namespace

FastEm::FastEm(const Evidence& evidence, CpuLevel level, Run run)
    : labels_(evidence.labels),
      kernels_(em_kernels(level)),
      row_width_(em_row_width(labels_.class_count())),
      count_width_(em_count_width(labels_.class_count())),
      gold_without_labels_(labels_.class_count(), 0.0),
      prior_(row_width_, 0.0F),
      rows_(code_count() * row_width_, 0.0F) {
  list_tasks(evidence);
  order_tasks(run);
  cut_blocks();
  count_codes(run);
}

std::size_t FastEm::code_count() const {
  return labels_.annotator_count() * labels_.class_count();
}

void FastEm::list_tasks(const Evidence& evidence) {
  const auto offsets = labels_.offsets();
  const std::size_t tasks = labels_.task_count();
  bool has_empty = false;
  for (std::size_t t = 0; t < tasks && !has_empty; ++t) has_empty = offsets[t] == offsets[t + 1];
  if (has_empty) {
    compact_offsets_.reserve(tasks + 1);
    std::unique_copy(offsets.begin(), offsets.end(), std::back_inserter(compact_offsets_));
  }
  offsets_ = has_empty ? compact_offsets_.data() : offsets.data();
  task_count_ = has_empty ? compact_offsets_.size() - 1 : tasks;
  std::uint32_t with_labels = 0;
  for (std::size_t t = 0; t < evidence.gold.size(); ++t) {
    const bool is_empty = offsets[t] == offsets[t + 1];
    if (const std::int32_t answer = evidence.gold[t]; answer != kNoGold) {
      if (is_empty)
        gold_without_labels_[static_cast<std::size_t>(answer)] += 1;
      else
        gold_.push_back({with_labels, static_cast<std::uint32_t>(answer)});
    }
    with_labels += is_empty ? 0 : 1;
  }
}

void FastEm::order_tasks(Run run) {
  if (labels_.label_count() >= kLongTask * task_count_) return;
  order_.resize(task_count_);
  const std::size_t chunks = (task_count_ + kEmChunk - 1) / kEmChunk;
  std::vector<std::uint8_t> is_uneven(chunks, 0);
  parallel_blocks(run.pool, chunks, 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t chunk = begin; chunk < end; ++chunk) {
      const std::size_t first = chunk * kEmChunk;
      is_uneven[chunk] = static_cast<std::uint8_t>(
          order_chunk(offsets_ + first, std::min(kEmChunk, task_count_ - first), order_.data() + first));
    }
  });
  if (std::none_of(is_uneven.begin(), is_uneven.end(), [](std::uint8_t uneven) { return uneven != 0; }))
    order_ = {};
}

// Blocks of about as many labels each, at the borders of chunks where the order goes by chunks.
void FastEm::cut_blocks() {
  const std::size_t counters = code_count() * count_width_;
  const std::size_t label_count = labels_.label_count();
  const std::size_t blocks = em_block_count(label_count, counters);
  stretch_labels_ = kLabelsPerCounter * counters;
  const auto gold_from = [&](std::size_t task) {
    const auto found = std::lower_bound(gold_.begin(), gold_.end(), task,
                                        [](const GoldTask& gold, std::size_t t) { return gold.task < t; });
    return static_cast<std::size_t>(found - gold_.begin());
  };
  std::size_t begin = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    std::size_t end = first_task_from(offsets_, task_count_, label_count / blocks * (b + 1));
    if (!order_.empty()) end = end / kEmChunk * kEmChunk;
    if (b + 1 == blocks) end = task_count_;
    if (end <= begin) continue;
    Block block;
    block.begin = begin;
    block.end = end;
    block.first_gold = gold_from(begin);
    block.last_gold = gold_from(end);
    blocks_.push_back(std::move(block));
    begin = end;
  }
}

void FastEm::count_codes(Run run) {
  std::vector<std::vector<std::uint32_t>> partial(blocks_.size());
  const auto count = [&](const auto& codes, std::size_t b) {
    partial[b].assign(code_count(), 0);
    const std::size_t end = offsets_[blocks_[b].end];
    for (std::size_t i = offsets_[blocks_[b].begin]; i < end; ++i) ++partial[b][codes[i]];
  };
  run.pool.run(blocks_.size(), [&](std::size_t b) {
    if (labels_.has_narrow_codes())
      count(labels_.narrow_codes(), b);
    else
      count(labels_.wide_codes(), b);
  });
  label_counts_.assign(code_count(), 0.0);
  for (const auto& counts : partial)
    for (std::size_t code = 0; code < counts.size(); ++code)
      label_counts_[code] += static_cast<double>(counts[code]);
}

// Float copies of the parameters; false if a label that was given has probability 0 under some class. Each
// row is shifted so that its largest number (class 0, where there are two) is 0: sums of logs then stay small
// for the classes that matter, and so does their rounding.
bool FastEm::fill_rows(const LogConfusion& model) {
  const std::size_t classes = labels_.class_count();
  bool is_finite = true;
  const auto convert = [&](const double* from, double weight, float* to) {
    for (std::size_t k = 0; k < classes; ++k) is_finite = is_finite && std::isfinite(from[k]);
    const double shift = classes == 2 ? from[0] : *std::max_element(from, from + classes);
    shift_ += weight * shift;
    if (classes == 2)
      to[0] = static_cast<float>(from[1] - shift);
    else
      std::transform(from, from + classes, to,
                     [&](double value) { return static_cast<float>(value - shift); });
  };
  shift_ = 0;
  convert(model.log_prior.data(), static_cast<double>(task_count_), prior_.data());
  for (std::size_t code = 0; code < code_count() && is_finite; ++code)
    if (label_counts_[code] > 0)
      convert(model.log_rows.values.data() + code * classes, label_counts_[code],
              rows_.data() + code * row_width_);
  return is_finite;
}

void FastEm::fill_vote_rows() {
  const std::size_t classes = labels_.class_count();
  std::fill(prior_.begin(), prior_.end(), 0.0F);
  std::fill(rows_.begin(), rows_.end(), 0.0F);
  for (std::size_t code = 0; code < code_count(); ++code) {
    const std::size_t label = code % classes;
    if (classes == 2)
      rows_[code] = static_cast<float>(label);
    else
      rows_[code * row_width_ + label] = 1;
  }
}

void FastEm::run_block(Block& block, EmInput input) {
  std::unique_ptr<Scratch> scratch;
  {
    const std::scoped_lock lock(scratch_mutex_);
    if (!scratch_.empty()) {
      scratch = std::move(scratch_.back());
      scratch_.pop_back();
    }
  }
  const std::size_t classes = labels_.class_count();
  if (!scratch) {
    scratch = std::make_unique<Scratch>();
    scratch->counts.assign(code_count() * count_width_, 0.0F);
    scratch->posteriors.assign(em_scratch_size(classes), 0.0F);
  }
  block.counts.assign(code_count() * count_width_, 0.0);
  block.classes.assign(classes, 0.0);
  EmStretch stretch{};
  stretch.offsets = offsets_;
  stretch.order = order_.empty() ? nullptr : order_.data();
  stretch.input = input;
  stretch.classes = classes;
  stretch.prior = prior_.data();
  stretch.rows = rows_.data();
  stretch.counts = scratch->counts.data();
  stretch.scratch = scratch->posteriors.data();
  stretch.class_sums = block.classes.data();
  const std::size_t kernel = classes <= 16 ? classes : 0;
  const bool is_narrow = labels_.has_narrow_codes();
  stretch.codes = is_narrow ? static_cast<const void*>(labels_.narrow_codes().data())
                            : static_cast<const void*>(labels_.wide_codes().data());
  std::size_t gold = block.first_gold;
  for (std::size_t begin = block.begin; begin < block.end; begin = stretch.end) {
    stretch.begin = begin;
    stretch.end = end_of_stretch(begin, block.end);
    stretch.gold = gold_.data() + gold;
    while (gold < block.last_gold && gold_[gold].task < stretch.end) ++gold;
    stretch.gold_count = static_cast<std::size_t>(gold_.data() + gold - stretch.gold);
    (is_narrow ? kernels_.narrow : kernels_.wide)[kernel](stretch);
    kernels_.flush(stretch.counts, block.counts.data(), block.counts.size());
  }
  block.log_norm = stretch.log_norm;
  const std::scoped_lock lock(scratch_mutex_);
  scratch_.push_back(std::move(scratch));
}

// A whole number of chunks, with about stretch_labels_ labels.
std::size_t FastEm::end_of_stretch(std::size_t begin, std::size_t end) const {
  const std::size_t label = offsets_[begin] + stretch_labels_;
  const std::size_t task = begin + first_task_from(offsets_ + begin, end - begin, label);
  const std::size_t chunks = std::max<std::size_t>(1, (task - begin) / kEmChunk);
  return std::min(end, begin + chunks * kEmChunk);
}

ExpectedCounts FastEm::sum_blocks(Run run) {
  const std::size_t classes = labels_.class_count();
  ExpectedCounts total;
  total.classes = gold_without_labels_;
  for (const Block& block : blocks_)
    for (std::size_t k = 0; k < classes; ++k) total.classes[k] += block.classes[k];
  total.rows = Table(code_count(), classes);
  parallel_blocks(run.pool, code_count(), block_count(code_count() * count_width_ * blocks_.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (const Block& block : blocks_)
                      for (std::size_t code = begin; code < end; ++code)
                        for (std::size_t k = 0; k < classes; ++k)
                          total.rows.values[code * classes + k] += block.counts[code * count_width_ + k];
                  });
  return total;
}

ExpectedCounts FastEm::counts_of_votes(Run run) {
  fill_vote_rows();
  run.pool.run(blocks_.size(), [&](std::size_t b) { run_block(blocks_[b], EmInput::votes); });
  return sum_blocks(run);
}

std::optional<double> FastEm::step(const LogConfusion& model, ExpectedCounts& counts, Run run) {
  if (!fill_rows(model)) return std::nullopt;
  run.pool.run(blocks_.size(), [&](std::size_t b) { run_block(blocks_[b], EmInput::model); });
  counts = sum_blocks(run);
  double log_likelihood = shift_;
  for (const Block& block : blocks_) log_likelihood += block.log_norm;
  for (std::size_t k = 0; k < gold_without_labels_.size(); ++k)
    if (gold_without_labels_[k] > 0) log_likelihood += gold_without_labels_[k] * model.log_prior[k];
  return log_likelihood;
}

}  // namespace mizan::truth
