// Question: do the 95 % intervals of accuracy hold 95 % of the truths? In simulated worlds and on real sets.
//
//   mizan_coverage_bench [--seeds 60] [--world text] [--no-real] [--no-simulated]
//
// Prints a table in Markdown. Generator and seeds: worlds.cc, seeds 1..n. Real sets: ../shared/data, whole
// and with random halves of the annotators as two suppliers.
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "mizan/base/rng.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/truth/blend/blend.h"
#include "support/shared_set.h"
#include "worlds.h"

namespace mizan::bench {
namespace {

struct Options {
  int seeds = 60;
  std::string world;
  bool simulated = true;
  bool real = true;
};

/// How often an interval held the truth, how wide it was, and how far off the middle.
struct Tally {
  double count = 0;
  double held = 0;
  double width = 0;
  double bias = 0;
  void add(const supplier::Interval& interval, double value, double truth) {
    count += 1;
    held += interval.low - 1e-9 <= truth && truth <= interval.high + 1e-9 ? 1 : 0;
    width += interval.high - interval.low;
    bias += value - truth;
  }
  void add(const Tally& other) {
    count += other.count;
    held += other.held;
    width += other.width;
    bias += other.bias;
  }
  [[nodiscard]] std::string text() const {
    if (count == 0) return "– | – | –";
    return fmt::format("{:.1f} | {:.3f} | {:+.3f}", 100 * held / count, width / count, bias / count);
  }
  [[nodiscard]] std::string held_text() const {
    return count == 0 ? "–" : fmt::format("{:.1f}", 100 * held / count);
  }
};

struct Tallies {
  Tally annotators, annotators_recorded, suppliers, suppliers_recorded, pairs;
  double correlation = 0;
  void add(const Tallies& other) {
    annotators.add(other.annotators);
    annotators_recorded.add(other.annotators_recorded);
    suppliers.add(other.suppliers);
    suppliers_recorded.add(other.suppliers_recorded);
    pairs.add(other.pairs);
    correlation += other.correlation;
  }
};

/// The product's default consensus.
truth::Blend consensus(const truth::LabelMatrix& labels, std::span<const std::int32_t> gold,
                       ThreadPool& pool) {
  const Progress progress;
  return *truth::blend({labels, gold}, {}, {pool, progress});
}

std::vector<const truth::Table*> parts_of(const truth::Blend& blend) {
  std::vector<const truth::Table*> out;
  for (const truth::BlendPart& part : blend.parts)
    if (part.posterior.rows > 0 && part.method != "majority") out.push_back(&part.posterior);
  return out;
}

Tallies judge(const World& world, std::uint64_t seed, ThreadPool& pool) {
  auto options = world.options;
  options.seed = seed;
  const auto sim = *simulation::simulate_labels(options);
  const auto& table = sim.table;
  const auto labels =
      *truth::LabelMatrix::from_columns(pool, table.task, table.annotator, table.questions[0].label,
                                        table.tasks.size(), table.annotators.size(), options.class_count);
  std::vector<std::int32_t> gold(table.tasks.size(), truth::kNoGold);
  for (const auto& one : table.questions[0].gold) gold[one.task] = one.answer;
  const truth::Blend blend = consensus(labels, gold, pool);
  const auto parts = parts_of(blend);
  const Progress progress;
  const auto report = *supplier::assess_accuracy({.labels = labels,
                                                  .gold = gold,
                                                  .posterior = blend.belief.posterior,
                                                  .other_posteriors = parts,
                                                  .supplier_of_annotator = table.supplier_of_annotator,
                                                  .supplier_count = table.suppliers.size(),
                                                  .seed = seed},
                                                 {pool, progress});
  Tallies out;
  out.correlation = report.error_correlation;
  for (std::size_t a = 0; a < sim.annotators.size(); ++a) {
    const auto& who = sim.annotators[a];
    if (who.label_count == 0) continue;
    const auto& one = report.annotators[a];
    out.annotators.add(one.interval, one.value, who.accuracy);
    out.annotators_recorded.add(
        one.recorded_interval, one.recorded_value,
        static_cast<double>(who.correct_count) / static_cast<double>(who.label_count));
  }
  for (std::size_t s = 0; s < sim.suppliers.size(); ++s) {
    const auto& who = sim.suppliers[s];
    const auto& one = report.suppliers[s];
    out.suppliers.add(one.interval, one.value, who.accuracy);
    out.suppliers_recorded.add(one.recorded_interval, one.recorded_value,
                               static_cast<double>(who.correct_count) / static_cast<double>(who.label_count));
  }
  for (const auto& pair : report.pairs) {
    if (!std::isfinite(pair.difference)) continue;
    const double truth = sim.suppliers[pair.supplier_a].accuracy - sim.suppliers[pair.supplier_b].accuracy;
    out.pairs.add(pair.interval, pair.difference, truth);
  }
  return out;
}

void print_header(const char* first) {
  fmt::print(
      "| {} | annotators: held % | width | bias | recorded held % | suppliers: held % | width | bias | "
      "recorded "
      "held % | pairs: held % | width | bias | correlation "
      "|\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
      first);
}

void print_row(std::string_view name, const Tallies& t, int runs) {
  fmt::print("| {} | {} | {} | {} | {} | {} | {:.3f} |\n", name, t.annotators.text(),
             t.annotators_recorded.held_text(), t.suppliers.text(), t.suppliers_recorded.held_text(),
             t.pairs.text(), t.correlation / runs);
  std::fflush(stdout);
}

void simulated(const Options& options, ThreadPool& pool) {
  print_header("world");
  for (const World& world : worlds()) {
    if (world.name.find(options.world) == std::string::npos) continue;
    std::vector<Tallies> each(static_cast<std::size_t>(options.seeds));
    pool.run(each.size(), [&](std::size_t i) { each[i] = judge(world, i + 1, pool); });
    Tallies all;
    for (const Tallies& one : each) all.add(one);
    print_row(world.name, all, options.seeds);
  }
}

/// The share of right labels of each group of annotators, and of the annotators themselves.
Tallies judge_real(const test::SharedSet& set, std::span<const std::uint32_t> supplier_of,
                   std::size_t suppliers, std::span<const std::int32_t> gold, const truth::Blend& blend,
                   ThreadPool& pool, bool print = false) {
  const auto parts = parts_of(blend);
  const Progress progress;
  const auto report = *supplier::assess_accuracy({.labels = set.labels,
                                                  .gold = gold,
                                                  .posterior = blend.belief.posterior,
                                                  .other_posteriors = parts,
                                                  .supplier_of_annotator = supplier_of,
                                                  .supplier_count = suppliers},
                                                 {pool, progress});
  std::vector<double> right(suppliers), count(suppliers);
  std::vector<double> own_right(set.labels.annotator_count()), own_count(own_right);
  for (truth::TaskIndex t = 0; t < set.labels.task_count(); ++t) {
    if (set.truth[t] == truth::kNoGold) continue;
    set.labels.visit_task(t, [&](truth::AnnotatorIndex a, truth::ClassIndex l) {
      const double correct = static_cast<std::int32_t>(l) == set.truth[t] ? 1 : 0;
      right[supplier_of[a]] += correct;
      count[supplier_of[a]] += 1;
      own_right[a] += correct;
      own_count[a] += 1;
    });
  }
  Tallies out;
  out.correlation = report.error_correlation;
  for (std::size_t s = 0; s < suppliers; ++s) {
    const auto& one = report.suppliers[s];
    const double truth = right[s] / count[s];
    out.suppliers.add(one.interval, one.value, truth);
    out.suppliers_recorded.add(one.recorded_interval, one.recorded_value, truth);
    if (print)
      fmt::print("{}: truth {:.3f}, accuracy {:.3f} [{:.3f}, {:.3f}], recorded [{:.3f}, {:.3f}]\n",
                 set.suppliers[s], truth, one.value, one.interval.low, one.interval.high,
                 one.recorded_interval.low, one.recorded_interval.high);
  }
  for (std::size_t a = 0; a < own_count.size(); ++a) {
    if (own_count[a] < static_cast<double>(report.annotators[a].label_count) || own_count[a] == 0) continue;
    const auto& one = report.annotators[a];
    out.annotators.add(one.interval, one.value, own_right[a] / own_count[a]);
    out.annotators_recorded.add(one.recorded_interval, one.recorded_value, own_right[a] / own_count[a]);
  }
  if (suppliers == 2 && !report.pairs.empty() && std::isfinite(report.pairs[0].difference)) {
    double difference = 0;
    double tasks = 0;
    for (truth::TaskIndex t = 0; t < set.labels.task_count(); ++t) {
      if (set.truth[t] == truth::kNoGold) continue;
      double r[2] = {0, 0};
      double n[2] = {0, 0};
      set.labels.visit_task(t, [&](truth::AnnotatorIndex a, truth::ClassIndex l) {
        r[supplier_of[a]] += static_cast<std::int32_t>(l) == set.truth[t] ? 1 : 0;
        n[supplier_of[a]] += 1;
      });
      if (n[0] == 0 || n[1] == 0) continue;
      difference += r[0] / n[0] - r[1] / n[1];
      tasks += 1;
    }
    out.pairs.add(report.pairs[0].interval, report.pairs[0].difference, difference / tasks);
  }
  return out;
}

/// The set without the tasks that have no truth.
test::SharedSet with_truth_alone(test::SharedSet set) {
  std::vector<truth::LabelRow> rows;
  std::vector<std::int32_t> truth;
  for (truth::TaskIndex t = 0; t < set.labels.task_count(); ++t) {
    if (set.truth[t] == truth::kNoGold) continue;
    const auto task = static_cast<truth::TaskIndex>(truth.size());
    set.labels.visit_task(t, [&](truth::AnnotatorIndex a, truth::ClassIndex l) {
      rows.push_back({task, a, l});
    });
    truth.push_back(set.truth[t]);
  }
  set.labels = *truth::LabelMatrix::from_rows(rows, truth.size(), set.labels.annotator_count(),
                                              set.labels.class_count());
  set.truth = truth;
  return set;
}

std::vector<std::uint32_t> random_halves(std::size_t annotators, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::uint32_t> out(annotators);
  for (auto& one : out) one = static_cast<std::uint32_t>(rng.below(2));
  out[0] = 0;
  out[1] = 1;
  return out;
}

std::vector<std::int32_t> random_gold(const test::SharedSet& set, std::size_t count, std::uint64_t seed) {
  std::vector<std::int32_t> out(set.truth.size(), truth::kNoGold);
  if (count == 0) return out;
  Rng rng(seed + 1000);
  std::vector<std::uint32_t> tasks;
  for (std::uint32_t t = 0; t < set.truth.size(); ++t)
    if (set.truth[t] != truth::kNoGold) tasks.push_back(t);
  rng.shuffle(tasks);
  for (std::size_t i = 0; i < std::min(count, tasks.size()); ++i) out[tasks[i]] = set.truth[tasks[i]];
  return out;
}

void real(const Options& options, ThreadPool& pool) {
  for (const std::size_t gold_count : {0U, 30U, 100U}) {
    fmt::print("\n{} gold tasks; random halves of the annotators as suppliers\n\n", gold_count);
    print_header("set");
    Tallies total;
    const int halves = std::max(1, options.seeds / 6);
    for (const std::string& name : test::kSetsWithTruth) {
      auto set = test::load_shared_set(name);
      if (set) set = with_truth_alone(*std::move(set));
      if (!set || name.find(options.world) == std::string::npos) continue;
      Tallies all;
      std::vector<Tallies> each(static_cast<std::size_t>(halves));
      pool.run(each.size(), [&](std::size_t i) {
        const auto gold = random_gold(*set, gold_count, i);
        const truth::Blend blend = consensus(set->labels, gold, pool);
        each[i] = judge_real(*set, random_halves(set->labels.annotator_count(), i), 2, gold, blend, pool);
      });
      for (const Tallies& one : each) all.add(one);
      print_row(name, all, halves);
      total.add(all);
    }
    print_row("all", total, halves * 10);
  }
  if (const auto set = test::load_shared_set("weather_pools")) {
    const truth::Blend blend = consensus(set->labels, {}, pool);
    fmt::print("\nweather_pools, its own suppliers, no gold\n\n");
    const auto tallies = judge_real(*set, set->supplier_of, 2, {}, blend, pool, true);
    print_row("weather_pools", tallies, 1);
  }
}

}  // namespace
}  // namespace mizan::bench

int main(int argc, char** argv) {
  mizan::bench::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--no-real") options.real = false;
    if (flag == "--no-simulated") options.simulated = false;
    if (flag == "--seeds" && i + 1 < argc) options.seeds = std::atoi(argv[++i]);
    if (flag == "--world" && i + 1 < argc) options.world = argv[++i];
  }
  mizan::ThreadPool pool;
  if (options.simulated) mizan::bench::simulated(options, pool);
  if (options.real) mizan::bench::real(options, pool);
  return 0;
}
