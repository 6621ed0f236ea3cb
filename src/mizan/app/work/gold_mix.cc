#include "mizan/app/work/gold_mix.h"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace mizan::app {

double gold_rate(const domain::GoldSettings& settings, std::int64_t submitted_count) {
  if (submitted_count >= settings.tenure_annotations) return settings.rate_later;
  const double way = static_cast<double>(submitted_count) / static_cast<double>(settings.tenure_annotations);
  return settings.rate_at_start + way * (settings.rate_later - settings.rate_at_start);
}

std::optional<domain::TaskId> pick_gold(const std::vector<store::GoldTask>& gold,
                                        const std::vector<domain::TaskId>& seen, Rng& rng) {
  struct Stratum {
    std::size_t seen_count = 0;
    std::vector<domain::TaskId> unseen{};
  };
  const std::unordered_set<domain::TaskId> seen_set(seen.begin(), seen.end());
  std::map<std::pair<std::string, std::int64_t>, Stratum> strata;
  for (const store::GoldTask& task : gold) {
    Stratum& stratum = strata[{task.concept_name, task.difficulty}];
    if (seen_set.contains(task.task_id))
      ++stratum.seen_count;
    else
      stratum.unseen.push_back(task.task_id);
  }

  std::vector<const Stratum*> least;
  for (const auto& [key, stratum] : strata) {
    if (stratum.unseen.empty()) continue;
    if (!least.empty() && stratum.seen_count < least.front()->seen_count) least.clear();
    if (least.empty() || stratum.seen_count == least.front()->seen_count) least.push_back(&stratum);
  }
  if (least.empty()) return std::nullopt;
  const Stratum& chosen = *least[rng.below(least.size())];
  return chosen.unseen[rng.below(chosen.unseen.size())];
}

}  // namespace mizan::app
