// How many labels a second does one EM pass take, by number of classes and instruction set? One thread;
// labels of 1,000 annotators, five a task, seed 1. Against peers and with threads: bench/em.
#include <cmath>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/em/em_pass.h"

namespace mizan::truth {
namespace {

constexpr std::size_t kAnnotators = 1000;
constexpr std::size_t kTasks = 400'000;

LabelMatrix make_labels(std::size_t classes) {
  Rng rng(1);
  std::vector<LabelRow> rows;
  for (TaskIndex t = 0; t < kTasks; ++t) {
    const std::size_t answer = rng.below(classes);
    const std::size_t first = rng.below(kAnnotators);
    for (std::size_t n = 0; n < 5; ++n)
      rows.push_back({t, static_cast<AnnotatorIndex>((first + 77 * n) % kAnnotators),
                      static_cast<ClassIndex>(rng.below(4) != 0 ? answer : rng.below(classes))});
  }
  return *LabelMatrix::from_rows(rows, kTasks, kAnnotators, classes);
}

void em_pass(benchmark::State& state, EmPassOptions options) {
  const auto classes = static_cast<std::size_t>(state.range(0));
  const LabelMatrix labels = make_labels(classes);
  LogConfusion model;
  model.log_prior.assign(classes, -std::log(static_cast<double>(classes)));
  model.log_rows = Table(kAnnotators * classes, classes, -3);
  for (std::size_t code = 0; code < model.log_rows.rows; ++code)
    model.log_rows.row(code)[code % classes] = -.4;
  ThreadPool pool(1);
  const Progress progress;
  EmPass pass({labels}, {pool, progress}, options);
  ExpectedCounts counts;
  for (auto _ : state) benchmark::DoNotOptimize(pass.step(model, counts, {pool, progress}));
  state.counters["labels"] = benchmark::Counter(static_cast<double>(labels.label_count()),
                                                benchmark::Counter::kIsIterationInvariantRate);
}

int register_all() {
  for (const CpuLevel level : available_cpu_levels())
    benchmark::RegisterBenchmark(("em_pass/" + std::string(cpu_level_name(level))).c_str(), em_pass,
                                 EmPassOptions{EmPrecision::fast, level})
        ->Arg(2)
        ->Arg(3)
        ->Arg(5)
        ->Arg(10)
        ->Arg(16)
        ->Arg(20);
  benchmark::RegisterBenchmark("em_pass/exact", em_pass, EmPassOptions{.precision = EmPrecision::exact})
      ->Arg(2)
      ->Arg(10);
  return 0;
}

[[maybe_unused]] const int registered = register_all();

}  // namespace
}  // namespace mizan::truth
