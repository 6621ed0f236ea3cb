// Question: what do intervals and the cheapest mix cost on a million labels? Generator: simulation, seed 1.
#include <benchmark/benchmark.h>

#include "mizan/engine/simulation/simulate_labels.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/supplier/mix.h"

namespace mizan::supplier {
namespace {

struct Data {
  simulation::Simulation sim;
  truth::LabelMatrix labels;
  truth::Table posterior;
};

Data made(std::size_t tasks, ThreadPool& pool) {
  simulation::SimulationOptions options;
  options.task_count = tasks;
  options.suppliers = {{.name = "a", .annotator_count = 600, .labels_per_task = 3},
                       {.name = "b", .annotator_count = 400, .labels_per_task = 2, .skill_mean = 0.85}};
  auto sim = *simulation::simulate_labels(options);
  auto labels = *truth::LabelMatrix::from_columns(pool, sim.table.task, sim.table.annotator,
                                                  sim.table.questions[0].label, sim.table.tasks.size(),
                                                  sim.table.annotators.size(), options.class_count);
  const Progress quiet;
  auto posterior = truth::vote_shares({labels, {}}, {pool, quiet});
  return {std::move(sim), std::move(labels), std::move(posterior)};
}

void accuracy(benchmark::State& state) {
  ThreadPool pool(4);
  const Progress quiet;
  const Data data = made(static_cast<std::size_t>(state.range(0)) / 5, pool);
  for (auto step : state)
    benchmark::DoNotOptimize(assess_accuracy({.labels = data.labels,
                                              .posterior = data.posterior,
                                              .supplier_of_annotator = data.sim.table.supplier_of_annotator,
                                              .supplier_count = 2},
                                             {pool, quiet}));
  state.counters["labels/s"] = benchmark::Counter(static_cast<double>(data.labels.label_count()),
                                                  benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(accuracy)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void mix(benchmark::State& state) {
  ThreadPool pool(4);
  const Progress quiet;
  const Data data = made(static_cast<std::size_t>(state.range(0)) / 5, pool);
  const std::vector<double> prices{0.05, 0.2};
  for (auto step : state)
    benchmark::DoNotOptimize(cheapest_mix({.labels = data.labels,
                                           .posterior = data.posterior,
                                           .supplier_of_annotator = data.sim.table.supplier_of_annotator,
                                           .supplier_count = 2,
                                           .price_per_label = prices},
                                          {pool, quiet}));
}
BENCHMARK(mix)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace mizan::supplier
