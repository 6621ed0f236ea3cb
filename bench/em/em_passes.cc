// mizan_em_passes [what] [labels] [rounds]
//
// How fast is one EM pass, a whole fit, and the building of the matrix before it? `what` is one of
//   pass    one fused EM pass, K = 2 and 10, 1 and 4 threads, beside a textbook pass and the memory bandwidth
//   fit     Dawid-Skene, 20 steps, 4 threads: seconds and peak memory
//   build   the label matrix from shuffled rows
// Times are the best of the rounds, with the median after it. `core` is the rate by processor time (per
// thread): what the pass does while it runs, where other programs take turns on the cores.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "em/made_labels.h"
#include "em/textbook.h"
#include "mizan/base/cpu.h"
#include "mizan/engine/truth/methods/dawid_skene.h"

namespace mizan::bench {
namespace {

struct Times {
  double best = 1e9;
  double median = 0;
  double best_core = 1e9;  // processor seconds
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Times measure(int rounds, const std::function<void()>& work) {
  Times times;
  std::vector<double> all;
  for (int round = 0; round < rounds; ++round) {
    const double core_begin = processor_seconds();
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    times.best_core = std::min(times.best_core, processor_seconds() - core_begin);
    all.push_back(took.count());
  }
  std::sort(all.begin(), all.end());
  times.best = all.front();
  times.median = all[all.size() / 2];
  return times;
}

void print_rate(const std::string& name, double labels, std::size_t threads, const Times& times) {
  std::printf("  %-34s %zu thread%s %8.0f M labels/s   median %6.0f   core %6.0f\n", name.c_str(), threads,
              threads == 1 ? " " : "s", labels / times.best / 1e6, labels / times.median / 1e6,
              labels / times.best_core / 1e6);
  std::fflush(stdout);
}

double peak_gigabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1e6;
}

truth::LabelMatrix build(ThreadPool& pool, const Columns& columns, const Crowd& crowd) {
  auto labels =
      truth::LabelMatrix::from_columns(pool, columns.task, columns.annotator, columns.label,
                                       columns.task_count, crowd.annotator_count, crowd.class_count);
  if (!labels) std::abort();
  return *std::move(labels);
}

truth::LogConfusion start_model(const Crowd& crowd) {
  const std::size_t classes = crowd.class_count;
  truth::LogConfusion model;
  model.log_prior.assign(classes, -std::log(static_cast<double>(classes)));
  model.log_rows =
      truth::Table(crowd.annotator_count * classes, classes, std::log(.3 / static_cast<double>(classes - 1)));
  for (std::size_t code = 0; code < model.log_rows.rows; ++code)
    model.log_rows.row(code)[code % classes] = std::log(.7);
  return model;
}

// Bytes a second of a plain sum over memory far larger than the caches.
double bandwidth(ThreadPool& pool, int rounds) {
  const std::vector<std::uint64_t> memory(std::size_t{1} << 26, 1);
  std::vector<std::uint64_t> sums(64);
  const Times times = measure(rounds, [&] {
    parallel_blocks(pool, memory.size(), sums.size(),
                    [&](std::size_t block, std::size_t begin, std::size_t end) {
                      std::uint64_t sum = 0;
                      for (std::size_t i = begin; i < end; ++i) sum += memory[i];
                      sums[block] = sum;
                    });
  });
  if (sums[0] == 0) std::abort();
  return static_cast<double>(memory.size() * sizeof(memory[0])) / times.best;
}

void bench_pass(const Crowd& crowd, int rounds, bool with_textbook) {
  ThreadPool makers;
  const Progress progress;
  const Columns columns = make_columns(makers, crowd);
  const truth::LabelMatrix labels = build(makers, columns, crowd);
  const auto label_count = static_cast<double>(labels.label_count());
  const double bytes =
      static_cast<double>(labels.narrow_codes().size_bytes() + labels.offsets().size_bytes() +
                          (crowd.is_even ? 0 : labels.task_count())) /
      label_count;
  std::printf("K = %zu, %.0f labels, %zu annotators, %s labels a task, %.2f bytes a label\n",
              crowd.class_count, label_count, crowd.annotator_count, crowd.is_even ? "5" : "1 to 9", bytes);
  const truth::LogConfusion model = start_model(crowd);
  for (const std::size_t threads : {1U, 4U}) {
    ThreadPool pool(threads);
    const truth::Run run{pool, progress};
    truth::EmPass pass({labels}, run, {.precision = truth::EmPrecision::fast});
    truth::ExpectedCounts counts;
    print_rate("fused pass", label_count, threads, measure(rounds, [&] { pass.step(model, counts, run); }));
    if (!with_textbook) continue;
    Textbook textbook(columns, crowd.annotator_count, crowd.class_count);
    print_rate("textbook pass", label_count, threads, measure(2, [&] { textbook.pass(pool); }));
    const double read = bandwidth(pool, rounds);
    std::printf("  memory read %.1f GB/s: at most     %zu thread%s %8.0f M labels/s\n", read / 1e9, threads,
                threads == 1 ? " " : "s", read / bytes / 1e6);
  }
}

void bench_fit(const Crowd& crowd) {
  ThreadPool pool(4);
  const Progress progress;
  std::vector<truth::LabelMatrix> holder;
  {
    const Columns columns = make_columns(pool, crowd);
    const Times built = measure(1, [&] {
      holder.clear();
      holder.push_back(build(pool, columns, crowd));
    });
    std::printf("K = %zu, %zu labels: built from rows by task in %.2f s\n", crowd.class_count,
                holder.front().label_count(), built.best);
  }
  const truth::Run run{pool, progress};
  double accuracy = 0;
  const Times times = measure(3, [&] {
    const auto belief = truth::dawid_skene({holder.front()}, {.max_steps = 20, .tolerance = 0}, run);
    if (!belief) std::abort();
    accuracy = belief->skill.back();
  });
  std::printf(
      "  20 steps with start and posteriors, 4 threads: best %.2f s, median %.2f s, processor %.2f s; last "
      "annotator %.3f right (made with .950); peak memory %.1f GB with the rows it was made from\n",
      times.best, times.median, times.best_core, accuracy, peak_gigabytes());
}

void bench_build(const Crowd& crowd, int rounds) {
  ThreadPool makers;
  Columns columns = make_columns(makers, crowd);
  Rng rng(7);
  for (std::size_t i = columns.task.size(); i > 1; --i) {
    const std::size_t j = rng.below(i);
    std::swap(columns.task[i - 1], columns.task[j]);
    std::swap(columns.annotator[i - 1], columns.annotator[j]);
    std::swap(columns.label[i - 1], columns.label[j]);
  }
  const double before = peak_gigabytes();
  for (const std::size_t threads : {1U, 4U}) {
    ThreadPool pool(threads);
    const Times times = measure(rounds, [&] { (void)build(pool, columns, crowd); });
    std::printf("%zu shuffled rows, %zu tasks, %zu thread%s: best %.3f s, median %.3f s, processor %.3f s\n",
                columns.task.size(), columns.task_count, threads, threads == 1 ? "" : "s", times.best,
                times.median, times.best_core);
  }
  std::printf("  peak memory beyond the rows: %.1f bytes a row\n",
              (peak_gigabytes() - before) * 1e9 / static_cast<double>(columns.task.size()));
}

int run(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "pass";
  const std::size_t labels = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 9;
  std::printf("instruction set %s\n", std::string(cpu_level_name(cpu_level())).c_str());
  if (what == "build") bench_build({.label_count = labels}, rounds);
  for (const std::size_t classes : {2U, 10U}) {
    if (what == "fit") bench_fit({.label_count = labels, .class_count = classes});
    if (what == "pass") {
      bench_pass({.label_count = labels, .class_count = classes}, rounds, true);
      bench_pass({.label_count = labels, .class_count = classes, .is_even = false}, rounds, false);
    }
  }
  return what == "build" || what == "fit" || what == "pass" ? 0 : 2;
}

}  // namespace
}  // namespace mizan::bench

int main(int argc, char** argv) {
  return mizan::bench::run(argc, argv);
}
