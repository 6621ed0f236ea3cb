// mizan_ingest_rounds FILE [threads] [rounds]: reads a file of labels several times and prints one JSON
// object with the seconds of each round, rows, and the peak memory of the process.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include <sys/resource.h>

#include "mizan/dataset/read_labels.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::size_t threads = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 0;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
  mizan::ThreadPool pool(threads);
  const mizan::Progress progress;
  std::string seconds;
  std::string cpu_seconds;
  std::uint64_t rows = 0;
  std::size_t tasks = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::clock_t cpu_begin = std::clock();
    const auto begin = std::chrono::steady_clock::now();
    const auto outcome = mizan::dataset::read_labels({.path = argv[1]}, pool, progress);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    if (!outcome) {
      std::fprintf(stderr, "%s\n", to_string(outcome.error()).c_str());
      return 1;
    }
    rows = outcome->used_row_count;
    tasks = outcome->table.tasks.size();
    const char* comma = round > 0 ? ", " : "";
    seconds.append(comma).append(std::to_string(took.count()));
    cpu_seconds.append(comma).append(std::to_string(cpu));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"threads\": %zu, \"rows\": %llu, \"tasks\": %zu, \"seconds\": [%s], \"cpu_seconds\": [%s], "
      "\"peak_mb\": %ld}\n",
      pool.thread_count(), static_cast<unsigned long long>(rows), tasks, seconds.c_str(), cpu_seconds.c_str(),
      usage.ru_maxrss / 1024);
  return 0;
}
