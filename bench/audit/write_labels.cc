// mizan_write_labels ROWS TASKS ANNOTATORS CLASSES SEED > labels.csv
//
// Labels of a simulated crowd as CSV, in constant memory: task i has the right answer i·2654435761 mod K,
// annotator j is right with a chance between 0.55 and 0.95, wrong answers are uniform. Rows walk through the
// tasks in an order that is spread over the whole file (a full-period step), so that no reader can profit
// from neighbours.
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <string>

#include <fmt/format.h>

#include "mizan/base/rng.h"

int main(int count, char** arguments) {
  if (count != 6) {
    fmt::print(stderr, "usage: mizan_write_labels ROWS TASKS ANNOTATORS CLASSES SEED\n");
    return 2;
  }
  const auto number = [&](int i) { return std::strtoull(arguments[i], nullptr, 10); };
  const std::uint64_t rows = number(1), tasks = number(2), annotators = number(3), classes = number(4);
  mizan::Rng rng(number(5));
  std::uint64_t step = tasks * 618 / 1000 + 1;
  while (std::gcd(step, tasks) != 1) ++step;
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out), "task,annotator,label\n");
  std::uint64_t task = 0;
  for (std::uint64_t row = 0; row < rows; ++row) {
    task = (task + step) % tasks;
    const std::uint64_t annotator = rng.below(annotators);
    const std::uint64_t truth = (task * 2654435761ULL >> 7) % classes;
    const double skill = 0.55 + 0.4 * static_cast<double>(annotator) / static_cast<double>(annotators);
    const std::uint64_t label =
        rng.uniform() < skill ? truth : (truth + 1 + rng.below(classes - 1)) % classes;
    fmt::format_to(std::back_inserter(out), "t{},w{},c{}\n", task, annotator, label);
    if (out.size() > 1U << 20) {
      if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return 1;
      out.clear();
    }
  }
  return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() ? 0 : 1;
}
