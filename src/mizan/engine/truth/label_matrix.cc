// Building a LabelMatrix: rows are first dealt into buckets of neighbouring tasks, then each bucket is sorted
// by task while it is in the cache.
//
//   1  count     blocks of rows, in parallel: range check, rows per bucket
//   2  deal      blocks of rows, in parallel: codes and the task within its bucket, to the place of the
//   bucket 3  settle    buckets, in parallel: counting sort by task, repeats dropped, offsets written 4 close
//   up  in order, only where repeats were dropped
// Blocks and buckets depend on the problem alone, and every step keeps the order of the rows.
#include "mizan/engine/truth/label_matrix.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <utility>

namespace mizan::truth {
namespace {

constexpr std::uint16_t kSkip = std::numeric_limits<std::uint16_t>::max();

struct Columns {
  std::span<const TaskIndex> task;
  std::span<const AnnotatorIndex> annotator;
  std::span<const std::uint16_t> label;
};

Result<void> check(const Columns& columns, std::size_t annotators, std::size_t classes) {
  if (columns.task.size() != columns.annotator.size() || columns.task.size() != columns.label.size())
    return fail(ErrorCode::invalid_argument, "the columns of tasks, annotators and labels differ in length");
  if (classes < 2)
    return fail(ErrorCode::too_few_classes,
                "only " + std::to_string(classes) + " class: every label is the same", {},
                "a choice question needs at least two different answers");
  if (annotators > 0 && annotators > std::numeric_limits<std::uint32_t>::max() / classes)
    return fail(ErrorCode::too_many_classes, std::to_string(annotators) + " annotators with " +
                                                 std::to_string(classes) +
                                                 " classes are too many to tabulate");
  if (columns.task.size() > std::numeric_limits<std::uint32_t>::max())
    return fail(ErrorCode::invalid_argument, "more than 2^32 labels");
  return {};
}

// How rows and tasks are cut.
struct Cut {
  std::size_t blocks;  // of rows
  std::size_t buckets;
  unsigned shift;  // bucket of a task = task >> shift; the task within it fits 16 bits

  Cut(std::size_t rows, std::size_t tasks) {
    constexpr std::size_t kRowsPerPart = 1 << 16;
    blocks = std::min<std::size_t>(rows / kRowsPerPart + 1, 64);
    const std::size_t wanted = std::min<std::size_t>(rows / kRowsPerPart + 1, 2048);
    const std::size_t tasks_each = tasks / wanted + 1;
    shift = std::min(static_cast<unsigned>(std::bit_width(tasks_each)), 16U);
    buckets = tasks == 0 ? 1 : ((tasks - 1) >> shift) + 1;
  }
};

}  // namespace

template <class Code>
class LabelMatrixBuilder {
 public:
  LabelMatrixBuilder(LabelMatrix& matrix, const Columns& columns, std::size_t tasks)
      : matrix_(matrix), columns_(columns), tasks_(tasks), cut_(columns.task.size(), tasks) {}

  Result<void> build(ThreadPool& pool, Repeats repeats) {
    const std::size_t bad = count(pool);
    if (bad < columns_.task.size())
      return fail(ErrorCode::invalid_argument, "row " + std::to_string(bad) + " has an index out of range");
    deal(pool);
    dropped_.assign(cut_.buckets, 0);
    pool.run(cut_.buckets, [&](std::size_t bucket) { settle(bucket, repeats); });
    matrix_.offsets_[tasks_] = static_cast<std::uint32_t>(codes().size());
    close_up();
    return {};
  }

 private:
  // What one thread needs while it settles a bucket.
  struct Scratch {
    UninitialisedVector<Code> sorted;
    std::vector<std::uint32_t> next;  // place of the next label of each task
    std::vector<std::uint32_t>
        seen_in;  // [annotators] task + 1 that had the annotator last; made when needed
  };

  UninitialisedVector<Code>& codes() { return std::get<UninitialisedVector<Code>>(matrix_.codes_); }

  [[nodiscard]] bool is_in_range(std::size_t i) const {
    const std::uint16_t label = columns_.label[i];
    return columns_.task[i] < tasks_ && columns_.annotator[i] < matrix_.annotator_count_ &&
           (label == kSkip || label < matrix_.class_count_);
  }

  // Rows of each block in each bucket; the first row that is out of range, or the number of rows.
  std::size_t count(ThreadPool& pool) {
    const std::size_t rows = columns_.task.size();
    places_.assign(cut_.blocks * cut_.buckets, 0);
    std::vector<std::size_t> first_bad(cut_.blocks, rows);
    parallel_blocks(pool, rows, cut_.blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
      std::uint32_t* const counts = places_.data() + block * cut_.buckets;
      for (std::size_t i = begin; i < end; ++i) {
        if (!is_in_range(i)) {
          first_bad[block] = i;
          return;
        }
        counts[columns_.task[i] >> cut_.shift] += columns_.label[i] == kSkip ? 0 : 1;
      }
    });
    return *std::min_element(first_bad.begin(), first_bad.end());
  }

  // Counts become the place where each block's rows of each bucket begin.
  void find_places() {
    bucket_begin_.assign(cut_.buckets + 1, 0);
    std::uint32_t place = 0;
    for (std::size_t bucket = 0; bucket < cut_.buckets; ++bucket) {
      bucket_begin_[bucket] = place;
      for (std::size_t block = 0; block < cut_.blocks; ++block)
        place += std::exchange(places_[block * cut_.buckets + bucket], place);
    }
    bucket_begin_[cut_.buckets] = place;
  }

  void deal(ThreadPool& pool) {
    find_places();
    matrix_.codes_ = UninitialisedVector<Code>(bucket_begin_.back());
    task_in_bucket_ = UninitialisedVector<std::uint16_t>(bucket_begin_.back());
    matrix_.offsets_ = UninitialisedVector<std::uint32_t>(tasks_ + 1);
    Code* const codes_out = codes().data();
    const auto classes = static_cast<std::uint32_t>(matrix_.class_count_);
    const std::uint32_t mask = (1U << cut_.shift) - 1;
    parallel_blocks(
        pool, columns_.task.size(), cut_.blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
          std::uint32_t* const next = places_.data() + block * cut_.buckets;
          for (std::size_t i = begin; i < end; ++i) {
            if (columns_.label[i] == kSkip) continue;
            const TaskIndex task = columns_.task[i];
            const std::uint32_t place = next[task >> cut_.shift]++;
            codes_out[place] = static_cast<Code>(columns_.annotator[i] * classes + columns_.label[i]);
            task_in_bucket_[place] = static_cast<std::uint16_t>(task & mask);
          }
        });
  }

  // Sorts a bucket by task (stable), drops repeats and writes the offsets of its tasks.
  void settle(std::size_t bucket, Repeats repeats) {
    std::unique_ptr<Scratch> scratch = take_scratch();
    const std::uint32_t begin = bucket_begin_[bucket];
    const std::uint32_t count = bucket_begin_[bucket + 1] - begin;
    const std::size_t first_task = bucket << cut_.shift;
    const std::size_t task_count = std::min(tasks_ - first_task, std::size_t{1} << cut_.shift);
    const std::uint16_t* const task = task_in_bucket_.data() + begin;
    Code* const codes_here = codes().data() + begin;
    auto& next = scratch->next;
    next.assign(task_count + 1, 0);
    for (std::uint32_t i = 0; i < count; ++i) ++next[task[i] + 1U];
    for (std::size_t t = 0; t < task_count; ++t) next[t + 1] += next[t];
    scratch->sorted.resize(std::max<std::size_t>(scratch->sorted.size(), count));
    for (std::uint32_t i = 0; i < count; ++i) scratch->sorted[next[task[i]]++] = codes_here[i];
    std::uint32_t write = 0;
    for (std::size_t t = 0; t < task_count; ++t) {
      matrix_.offsets_[first_task + t] = begin + write;
      std::uint32_t from = t == 0 ? 0 : next[t - 1];  // next[t] has moved to the end of task t
      if (repeats == Repeats::keep_last)
        from = drop_repeats(*scratch, from, next[t], static_cast<std::uint32_t>(first_task + t));
      write = static_cast<std::uint32_t>(
          std::copy(scratch->sorted.begin() + from, scratch->sorted.begin() + next[t], codes_here + write) -
          codes_here);
    }
    dropped_[bucket] = count - write;
    const std::scoped_lock lock(scratch_mutex_);
    scratch_.push_back(std::move(scratch));
  }

  std::unique_ptr<Scratch> take_scratch() {
    const std::scoped_lock lock(scratch_mutex_);
    if (scratch_.empty()) return std::make_unique<Scratch>();
    std::unique_ptr<Scratch> scratch = std::move(scratch_.back());
    scratch_.pop_back();
    return scratch;
  }

  // Moves the last label of each annotator to the end of [begin,end), in order; returns where they begin.
  std::uint32_t drop_repeats(Scratch& scratch, std::uint32_t begin, std::uint32_t end, std::uint32_t task) {
    constexpr std::uint32_t kFew = 12;
    if (end - begin < 2) return begin;
    Code* const labels = scratch.sorted.data();
    std::uint32_t keep = end;
    if (end - begin <= kFew) {
      std::array<std::uint32_t, kFew> kept{};
      for (std::uint32_t i = end; i-- > begin;) {
        const std::uint32_t annotator = annotator_of(labels[i]);
        bool is_repeat = false;
        for (std::uint32_t k = 0; k < end - keep; ++k) is_repeat |= kept[k] == annotator;
        if (is_repeat) continue;
        kept[end - keep] = annotator;
        labels[--keep] = labels[i];
      }
      return keep;
    }
    scratch.seen_in.resize(matrix_.annotator_count_, 0);
    for (std::uint32_t i = end; i-- > begin;)
      if (std::exchange(scratch.seen_in[annotator_of(labels[i])], task + 1) != task + 1)
        labels[--keep] = labels[i];
    return keep;
  }

  [[nodiscard]] std::uint32_t annotator_of(std::uint32_t code) const {
    return static_cast<std::uint32_t>((static_cast<unsigned __int128>(code) * matrix_.reciprocal_) >> 64);
  }

  void close_up() {
    matrix_.repeat_count_ = std::accumulate(dropped_.begin(), dropped_.end(), std::size_t{0});
    if (matrix_.repeat_count_ == 0) return;
    std::uint32_t gap = 0;
    Code* const all = codes().data();
    for (std::size_t bucket = 0; bucket < cut_.buckets; ++bucket) {
      const std::uint32_t begin = bucket_begin_[bucket];
      std::copy(all + begin, all + bucket_begin_[bucket + 1] - dropped_[bucket], all + begin - gap);
      const std::size_t last_task = std::min(tasks_, (bucket + 1) << cut_.shift);
      for (std::size_t t = bucket << cut_.shift; t < last_task; ++t) matrix_.offsets_[t] -= gap;
      gap += dropped_[bucket];
    }
    matrix_.offsets_[tasks_] -= gap;
    codes().resize(codes().size() - gap);
  }

  LabelMatrix& matrix_;
  const Columns& columns_;
  std::size_t tasks_;
  Cut cut_;
  std::vector<std::uint32_t> places_;  // [blocks, buckets] rows, then the place of the next one
  std::vector<std::uint32_t> bucket_begin_;
  UninitialisedVector<std::uint16_t> task_in_bucket_;
  std::vector<std::uint32_t> dropped_;  // [buckets]
  std::mutex scratch_mutex_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

Result<LabelMatrix> LabelMatrix::from_columns(ThreadPool& pool, std::span<const TaskIndex> task,
                                              std::span<const AnnotatorIndex> annotator,
                                              std::span<const std::uint16_t> label, std::size_t task_count,
                                              std::size_t annotator_count, std::size_t class_count,
                                              Repeats repeats) {
  const Columns columns{task, annotator, label};
  MIZAN_CHECK_OK(check(columns, annotator_count, class_count));
  LabelMatrix matrix;
  matrix.annotator_count_ = annotator_count;
  matrix.class_count_ = class_count;
  matrix.reciprocal_ = std::numeric_limits<std::uint64_t>::max() / class_count + 1;
  if (annotator_count * class_count <= 1U << 16)
    MIZAN_CHECK_OK(LabelMatrixBuilder<std::uint16_t>(matrix, columns, task_count).build(pool, repeats));
  else
    MIZAN_CHECK_OK(LabelMatrixBuilder<std::uint32_t>(matrix, columns, task_count).build(pool, repeats));
  return matrix;
}

Result<LabelMatrix> LabelMatrix::from_rows(std::span<const LabelRow> rows, std::size_t task_count,
                                           std::size_t annotator_count, std::size_t class_count,
                                           Repeats repeats) {
  std::vector<TaskIndex> task;
  std::vector<AnnotatorIndex> annotator;
  std::vector<std::uint16_t> label;
  for (const LabelRow& row : rows) {
    task.push_back(row.task);
    annotator.push_back(row.annotator);
    label.push_back(static_cast<std::uint16_t>(row.label));
  }
  ThreadPool one_thread(1);
  return from_columns(one_thread, task, annotator, label, task_count, annotator_count, class_count, repeats);
}

LabelsByAnnotator by_annotator(const LabelMatrix& labels) {
  LabelsByAnnotator index;
  index.offsets.assign(labels.annotator_count() + 1, 0);
  const auto tasks = static_cast<TaskIndex>(labels.task_count());
  for (TaskIndex t = 0; t < tasks; ++t)
    labels.visit_task(t, [&](AnnotatorIndex annotator, ClassIndex) { ++index.offsets[annotator + 1]; });
  for (std::size_t w = 0; w < labels.annotator_count(); ++w) index.offsets[w + 1] += index.offsets[w];
  std::vector<std::uint32_t> cursor(index.offsets.begin(), index.offsets.end() - 1);
  index.task.resize(labels.label_count());
  index.label.resize(labels.label_count());
  for (TaskIndex t = 0; t < tasks; ++t)
    labels.visit_task(t, [&](AnnotatorIndex annotator, ClassIndex label) {
      const std::uint32_t place = cursor[annotator]++;
      index.task[place] = t;
      index.label[place] = static_cast<std::uint16_t>(label);
    });
  return index;
}

}  // namespace mizan::truth
