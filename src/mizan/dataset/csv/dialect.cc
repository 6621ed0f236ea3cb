#include "mizan/dataset/csv/dialect.h"

#include <algorithm>
#include <array>
#include <vector>

#include "mizan/dataset/csv/scanner.h"

namespace mizan::csv {
namespace {

constexpr std::size_t kRowsLookedAt = 20;

// How many fields each of the first rows has with a delimiter.
std::vector<std::size_t> field_counts(std::string_view head, Dialect dialect) {
  std::vector<std::size_t> counts;
  Scanner scanner(dialect);
  std::size_t begin = 0;
  while (counts.size() < kRowsLookedAt && begin < head.size()) {
    const ScanResult result = scanner.scan(head, begin, begin + 1, [&](const Row& row) {
      if (!row.is_blank()) counts.push_back(row.field_count);
    });
    if (result.status != ScanEnd::complete) break;
    begin = result.end;
  }
  return counts;
}

struct Fit {
  std::size_t agreeing_rows = 0;
  std::size_t field_count = 0;
  bool operator<(const Fit& other) const {
    return agreeing_rows != other.agreeing_rows ? agreeing_rows < other.agreeing_rows
                                                : field_count < other.field_count;
  }
};

Fit fit_of(const std::vector<std::size_t>& counts) {
  if (counts.empty() || counts.front() < 2) return {};
  const auto agreeing = std::ranges::count(counts, counts.front());
  return {static_cast<std::size_t>(agreeing), counts.front()};
}

}  // namespace

char detect_newline(std::string_view head) {
  return head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos ? '\r' : '\n';
}

Dialect detect_dialect(std::string_view head) {
  Dialect best{.newline = detect_newline(head)};
  Fit best_fit;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    const Dialect dialect{delimiter, best.newline};
    const Fit fit = fit_of(field_counts(head, dialect));
    if (!(best_fit < fit)) continue;
    best_fit = fit;
    best = dialect;
  }
  return best;
}

}  // namespace mizan::csv
