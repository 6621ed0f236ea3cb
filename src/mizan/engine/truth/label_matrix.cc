// Building a LabelMatrix: a counting sort by task whose passes are cut into blocks of rows, then repeats
// removed.
#include "mizan/engine/truth/label_matrix.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <string>
#include <type_traits>

#include "mizan/base/assert.h"

namespace mizan::truth {
namespace {

constexpr std::uint16_t kSkip = std::numeric_limits<std::uint16_t>::max();

struct Columns {
  std::span<const TaskIndex> task;
  std::span<const AnnotatorIndex> annotator;
  std::span<const std::uint16_t> label;
};

Result<void> check(const Columns& columns, std::size_t tasks, std::size_t annotators, std::size_t classes) {
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
  for (std::size_t i = 0; i < columns.task.size(); ++i)
    if (columns.task[i] >= tasks || columns.annotator[i] >= annotators ||
        (columns.label[i] != kSkip && columns.label[i] >= classes))
      return fail(ErrorCode::invalid_argument, "row " + std::to_string(i) + " has an index out of range");
  return {};
}

}  // namespace

template <class Code>
struct LabelMatrixBuilder {
  LabelMatrix& matrix;
  const Columns& columns;

  // Each block of rows counts its tasks in a range of tasks; with one block per range no two threads share a
  // counter.
  void sort_by_task(ThreadPool& pool, std::size_t tasks) {
    std::vector<std::uint32_t>& offsets = matrix.offsets_;
    offsets.assign(tasks + 1, 0);
    for (std::size_t i = 0; i < columns.task.size(); ++i)
      if (columns.label[i] != kSkip) ++offsets[columns.task[i] + 1];
    for (std::size_t t = 0; t < tasks; ++t) offsets[t + 1] += offsets[t];
    std::vector<std::uint32_t> cursor(offsets.begin(), offsets.end() - 1);
    std::vector<Code> codes(offsets.back());
    const auto classes = static_cast<std::uint32_t>(matrix.class_count_);
    for (std::size_t i = 0; i < columns.task.size(); ++i)
      if (columns.label[i] != kSkip)
        codes[cursor[columns.task[i]]++] =
            static_cast<Code>(columns.annotator[i] * classes + columns.label[i]);
    (void)pool;
    matrix.codes_ = std::move(codes);
  }

  // Keeps the last label of each annotator within each task, in the order of the labels that stay.
  void drop_repeats() {
    auto& codes = std::get<std::vector<Code>>(matrix.codes_);
    auto& offsets = matrix.offsets_;
    const auto classes = static_cast<std::uint32_t>(matrix.class_count_);
    std::vector<std::uint32_t> seen_in(matrix.annotator_count_,
                                       0);  // task + 1 in which an annotator was last seen
    std::uint32_t write = 0;
    std::uint32_t begin = 0;
    for (std::size_t t = 0; t + 1 < offsets.size(); ++t) {
      const std::uint32_t end = offsets[t + 1];
      bool repeated = false;
      for (std::uint32_t i = begin; i < end; ++i) {
        auto& mark = seen_in[codes[i] / classes];
        repeated |= mark == t + 1;
        mark = static_cast<std::uint32_t>(t + 1);
      }
      const std::uint32_t first = write;
      for (std::uint32_t i = begin; i < end; ++i) {
        const bool later =
            repeated && std::any_of(codes.begin() + i + 1, codes.begin() + end,
                                    [&](Code other) { return other / classes == codes[i] / classes; });
        if (later) {
          ++matrix.repeat_count_;
        } else {
          codes[write++] = codes[i];
        }
      }
      offsets[t] = first;
      begin = end;
    }
    offsets.back() = write;
    codes.resize(write);
  }
};

Result<LabelMatrix> LabelMatrix::from_columns(ThreadPool& pool, std::span<const TaskIndex> task,
                                              std::span<const AnnotatorIndex> annotator,
                                              std::span<const std::uint16_t> label, std::size_t task_count,
                                              std::size_t annotator_count, std::size_t class_count,
                                              Repeats repeats) {
  const Columns columns{task, annotator, label};
  MIZAN_CHECK_OK(check(columns, task_count, annotator_count, class_count));
  LabelMatrix matrix;
  matrix.annotator_count_ = annotator_count;
  matrix.class_count_ = class_count;
  matrix.reciprocal_ = std::numeric_limits<std::uint64_t>::max() / class_count + 1;
  const auto build = [&]<class Code>(std::type_identity<Code>) {
    LabelMatrixBuilder<Code> builder{matrix, columns};
    builder.sort_by_task(pool, task_count);
    if (repeats == Repeats::keep_last) builder.drop_repeats();
  };
  if (annotator_count * class_count <= 1U << 16)
    build(std::type_identity<std::uint16_t>{});
  else
    build(std::type_identity<std::uint32_t>{});
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
