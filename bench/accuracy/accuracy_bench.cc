// Question: how right, and how honest about it, is every truth method on real labelled sets, with no gold and
// with a little? Peer: crowd-kit, whose scores bench/accuracy/crowd_kit_peer.py writes in the same run.
//
//   mizan_accuracy_bench [--gold N] [--seeds S] [--methods a,b] [--sets a,b] [--peer FILE]
//
// Prints Markdown. Accuracy is judged on the tasks that have labels and truth; with gold, on those of them
// whose gold was not given (the same for every method), the mean over S random draws. Gold is at most half of
// a set's tasks. Sets that are not there are named and skipped. Every method runs with its default options.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "accuracy_table.h"
#include "mizan/base/rng.h"
#include "mizan/engine/truth/blend/calibration.h"
#include "mizan/engine/truth/blend/methods.h"
#include "support/shared_set.h"

namespace mizan::bench {
namespace {

struct Settings {
  std::size_t gold = 100;
  std::uint64_t seeds = 5;
  std::vector<std::string> methods;
  std::vector<std::string> sets = test::kSetsWithTruth;
  std::string peer;
};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Settings read_settings(int count, char** arguments) {
  Settings settings;
  for (const truth::MethodInfo& info : truth::methods()) settings.methods.emplace_back(info.name);
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string flag = arguments[i];
    const std::string value = arguments[i + 1];
    if (flag == "--gold") settings.gold = std::strtoul(value.c_str(), nullptr, 10);
    if (flag == "--seeds") settings.seeds = std::strtoul(value.c_str(), nullptr, 10);
    if (flag == "--methods") settings.methods = split(value);
    if (flag == "--sets") settings.sets = split(value);
    if (flag == "--peer") settings.peer = value;
  }
  return settings;
}

// Which answers are given as gold, and which are judged.
struct Draw {
  std::vector<std::int32_t> gold;
  std::vector<std::int32_t> judged;
};

std::vector<truth::TaskIndex> known_tasks(const test::SharedSet& set) {
  std::vector<truth::TaskIndex> known;
  for (truth::TaskIndex t = 0; t < set.truth.size(); ++t)
    if (set.truth[t] != truth::kNoGold && set.labels.label_count_of_task(t) > 0) known.push_back(t);
  return known;
}

Draw draw_gold(const test::SharedSet& set, std::size_t count, std::uint64_t seed) {
  std::vector<truth::TaskIndex> known = known_tasks(set);
  Draw draw{std::vector<std::int32_t>(set.truth.size(), truth::kNoGold),
            std::vector<std::int32_t>(set.truth.size(), truth::kNoGold)};
  Rng(seed).shuffle(known);
  const std::size_t given = std::min(count, known.size() / 2);
  for (std::size_t i = 0; i < known.size(); ++i)
    (i < given ? draw.gold : draw.judged)[known[i]] = set.truth[known[i]];
  return draw;
}

std::optional<Score> score(const std::string& method, const test::SharedSet& set, const Draw& draw,
                           truth::Run run) {
  const auto belief = truth::run_method(method, {set.labels, draw.gold}, run);
  if (!belief) {
    std::fprintf(stderr, "%s does not run on %s: %s\n", method.c_str(), set.name.c_str(),
                 to_string(belief.error()).c_str());
    return std::nullopt;
  }
  const truth::Calibration measured = truth::measure_calibration(belief->posterior, draw.judged);
  return Score{measured.accuracy, measured.macro_f1, measured.log_loss, measured.ece};
}

std::optional<Score> mean_score(const std::string& method, const test::SharedSet& set, std::size_t gold,
                                std::uint64_t seeds, truth::Run run) {
  Score sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto one = score(method, set, draw_gold(set, gold, seed), run);
    if (!one) return std::nullopt;
    const auto share = 1 / static_cast<double>(seeds);
    sum = {sum.accuracy + share * one->accuracy, sum.macro_f1 + share * one->macro_f1,
           sum.log_loss + share * one->log_loss, sum.ece + share * one->ece};
  }
  return sum;
}

void print_table(const ScoreTable& table, const Settings& settings, const std::vector<std::string>& sets) {
  std::printf("%s\n%s\n", table.accuracy_markdown(sets).c_str(), table.means_markdown(sets).c_str());
  if (std::find(settings.methods.begin(), settings.methods.end(), "blend") != settings.methods.end())
    std::printf("%s\n", table.method_markdown("blend", sets).c_str());
}

int run(const Settings& settings) {
  std::vector<test::SharedSet> sets;
  std::vector<std::string> names;
  for (const std::string& name : settings.sets) {
    if (auto set = test::load_shared_set(name)) {
      names.push_back(name);
      sets.push_back(*std::move(set));
    } else {
      std::printf("skipped: the set %s is not here\n", name.c_str());
    }
  }
  if (sets.empty()) return 0;
  ThreadPool pool;
  const Progress progress;
  ScoreTable blind;
  ScoreTable taught;
  for (const std::string& method : settings.methods)
    for (const test::SharedSet& set : sets) {
      if (const auto one = mean_score(method, set, 0, 1, {pool, progress})) blind.add(method, set.name, *one);
      if (settings.gold == 0) continue;
      if (const auto one = mean_score(method, set, settings.gold, settings.seeds, {pool, progress}))
        taught.add(method, set.name, *one);
    }
  if (!settings.peer.empty() && !blind.add_file(settings.peer, "crowd-kit "))
    std::printf("skipped: no scores of the peer in %s\n", settings.peer.c_str());
  std::printf("## Without gold\n\n");
  print_table(blind, settings, names);
  if (settings.gold == 0) return 0;
  std::printf("## With %zu gold tasks (mean of %llu draws; judged on the other tasks)\n\n", settings.gold,
              static_cast<unsigned long long>(settings.seeds));
  print_table(taught, settings, names);
  return 0;
}

}  // namespace
}  // namespace mizan::bench

int main(int count, char** arguments) {
  return mizan::bench::run(mizan::bench::read_settings(count, arguments));
}
