// Labels for benches of the engine: made in place, in parallel, the same for a seed on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/rng.h"
#include "mizan/engine/truth/label_matrix.h"

namespace mizan::bench {

struct Crowd {
  std::size_t label_count = 10'000'000;
  std::size_t annotator_count = 1'000;
  std::size_t class_count = 2;
  bool is_even = true;  ///< five labels a task; else one to nine
  std::uint64_t seed = 1;
};

struct Columns {
  std::vector<truth::TaskIndex> task;
  std::vector<truth::AnnotatorIndex> annotator;
  std::vector<std::uint16_t> label;
  std::size_t task_count = 0;
};

/// Rows by task. An annotator of accuracy .55 to .95 errs evenly; nobody labels a task twice.
[[nodiscard]] inline Columns make_columns(ThreadPool& pool, const Crowd& crowd) {
  constexpr std::size_t kBlock = 45 * 4'096;  // labels; both kinds of task fill it exactly
  const std::size_t blocks = (crowd.label_count + kBlock - 1) / kBlock;
  const std::size_t tasks_per_block = kBlock / 5;
  Columns columns;
  columns.task.resize(blocks * kBlock);
  columns.annotator.resize(blocks * kBlock);
  columns.label.resize(blocks * kBlock);
  columns.task_count = blocks * tasks_per_block;
  const Rng root(crowd.seed);
  pool.run(blocks, [&](std::size_t block) {
    Rng rng = root.split(block);
    std::size_t i = block * kBlock;
    std::vector<std::size_t> counts(tasks_per_block, 5);
    if (!crowd.is_even)
      for (std::size_t t = 0; t < tasks_per_block; ++t) counts[t] = 1 + t % 9;
    rng.shuffle(counts);
    counts.back() += kBlock;  // the last task takes what is left
    for (std::size_t t = 0; t < tasks_per_block; ++t) {
      const std::size_t answer = rng.below(crowd.class_count);
      const std::size_t first = rng.below(crowd.annotator_count);
      const std::size_t step = 1 + rng.below(crowd.annotator_count / 10 - 1);
      for (std::size_t n = 0; n < counts[t] && i < (block + 1) * kBlock; ++n, ++i) {
        const std::size_t annotator = (first + n * step) % crowd.annotator_count;
        const double accuracy =
            .55 + .4 * static_cast<double>(annotator) / static_cast<double>(crowd.annotator_count);
        const bool is_right = rng.uniform() < accuracy;
        columns.task[i] = static_cast<truth::TaskIndex>(block * tasks_per_block + t);
        columns.annotator[i] = static_cast<truth::AnnotatorIndex>(annotator);
        columns.label[i] = static_cast<std::uint16_t>(
            is_right ? answer : (answer + 1 + rng.below(crowd.class_count - 1)) % crowd.class_count);
      }
    }
  });
  return columns;
}

}  // namespace mizan::bench
