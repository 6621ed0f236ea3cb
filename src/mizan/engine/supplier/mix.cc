#include "mizan/engine/supplier/mix.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/base/assert.h"
#include "mizan/base/rng.h"
#include "mizan/engine/supplier/skill_sampler.h"

namespace mizan::supplier {
namespace {

constexpr std::size_t kMostTasks = 2000;
constexpr std::size_t kFewestTasks = 30;
constexpr std::size_t kEnoughGold = 50;
constexpr std::size_t kMostOptions = 400;
constexpr std::size_t kReplays = 3;  // different choices of the labels of each task
constexpr std::size_t kLevels[] = {0, 1, 2, 3, 5, 7, 10, 15, 20};
constexpr std::size_t kLevelCount = std::size(kLevels);
constexpr double kEscalated[] = {0.05, 0.1, 0.2, 0.3, 0.5};
constexpr double kPriorLabels = 5;  // an annotator's confusion starts as its supplier's, worth so many labels

/// Expected confusion counts: of each annotator, and of its supplier as shares.
struct Skills {
  std::vector<double> counts;  // [W·K codes][K truth]
  std::vector<double> totals;  // [W][K]
  std::vector<double> centre;  // [S][K label][K truth]
  std::vector<double> log_prior;
};

Skills skills_of(const SampledLabels& labels, const truth::Table& posterior) {
  const std::size_t classes = labels.class_count;
  MIZAN_ASSERT(classes > 0);
  Skills out;
  out.counts.assign(labels.annotator_count * classes * classes, 0);
  out.totals.assign(labels.annotator_count * classes, 0);
  out.centre.assign(labels.supplier_count * classes * classes, 0);
  out.log_prior.assign(classes, 1);
  for (std::size_t task = 0; task < labels.task_count(); ++task) {
    const auto row = posterior.row(task);
    for (std::size_t k = 0; k < classes; ++k) out.log_prior[k] += row[k];
    for (std::size_t i = labels.offsets[task]; i < labels.offsets[task + 1]; ++i) {
      const std::uint32_t code = labels.codes[i];
      const std::size_t annotator = code / classes;
      const std::size_t cell = labels.supplier_of[annotator] * classes + code % classes;
      for (std::size_t k = 0; k < classes; ++k) {
        out.counts[code * classes + k] += row[k];
        out.totals[annotator * classes + k] += row[k];
        out.centre[cell * classes + k] += row[k];
      }
    }
  }
  const double tasks = std::accumulate(out.log_prior.begin(), out.log_prior.end(), 0.0);
  for (double& value : out.log_prior) value = std::log(value / tasks);
  for (std::size_t s = 0; s < labels.supplier_count; ++s) {
    for (std::size_t k = 0; k < classes; ++k) {
      double total = 0;
      for (std::size_t l = 0; l < classes; ++l) {
        double& cell = out.centre[(s * classes + l) * classes + k];
        cell += l == k ? 3 : 1 / static_cast<double>(classes - 1);
        total += cell;
      }
      for (std::size_t l = 0; l < classes; ++l) out.centre[(s * classes + l) * classes + k] /= total;
    }
  }
  return out;
}

/// The labels of one task in one replay: what the first n labels of a supplier say, for each level n.
class Replay {
 public:
  Replay(const SampledLabels& labels, const Skills& skills, const truth::Table& posterior)
      : labels_(labels), skills_(skills), posterior_(posterior) {}

  /// @out said [S][level][K] sums of log-chances; have [S] labels there are
  void fill(truth::TaskIndex task, Rng rng, std::span<double> said, std::span<std::size_t> have) const {
    const std::size_t classes = labels_.class_count;
    std::fill(said.begin(), said.end(), 0.0);
    std::fill(have.begin(), have.end(), std::size_t{0});
    std::vector<std::uint32_t> order(labels_.codes.begin() + labels_.offsets[task],
                                     labels_.codes.begin() + labels_.offsets[task + 1]);
    rng.shuffle(order);
    for (const std::uint32_t code : order) {
      const std::uint32_t s = labels_.supplier_of[code / classes];
      have[s] += 1;
      for (std::size_t level = 1; level < kLevelCount; ++level) {
        if (kLevels[level] < have[s]) continue;
        for (std::size_t k = 0; k < classes; ++k)
          said[(s * kLevelCount + level) * classes + k] += log_chance(task, code, k);
      }
    }
  }

 private:
  // The task's own label is taken out of the counts it is judged by.
  [[nodiscard]] double log_chance(truth::TaskIndex task, std::uint32_t code, std::size_t k) const {
    const std::size_t classes = labels_.class_count;
    const std::size_t annotator = code / classes;
    const std::size_t cell = labels_.supplier_of[annotator] * classes + code % classes;
    const double own = posterior_.row(task)[k];
    const double centre = skills_.centre[cell * classes + k];
    const double count = std::max(0.0, skills_.counts[code * classes + k] - own);
    const double total = std::max(0.0, skills_.totals[annotator * classes + k] - own);
    return std::log((count + kPriorLabels * centre) / (total + kPriorLabels));
  }

  const SampledLabels& labels_;
  const Skills& skills_;
  const truth::Table& posterior_;
};

/// How many labels each supplier gives to every task; perhaps one more of `then_from` for a share of them.
struct Policy {
  std::vector<std::size_t> level;  // [S] index in kLevels
  std::int64_t then_from = -1;
  double share = 0;
};

class MixReplay {
 public:
  MixReplay(const MixInput& input, truth::Run run)
      : input_(input),
        pool_(run.pool),
        labels_(sampled_labels(input.labels, input.supplier_of_annotator, input.supplier_count, run.pool)),
        skills_(skills_of(labels_, input.posterior)) {
    choose_tasks();
    replay();
  }

  [[nodiscard]] std::optional<MixReport> report() const {
    const std::vector<Policy> policies = all_policies();
    std::vector<MixOption> options(policies.size());
    pool_.run(policies.size(), [&](std::size_t i) { options[i] = judge(policies[i]); });
    std::erase_if(options, [](const MixOption& one) { return one.task_count < kFewestTasks; });
    if (options.empty()) return std::nullopt;
    MixReport out;
    out.basis = uses_gold_ ? Basis::gold : Basis::model;
    out.options = frontier(std::move(options));
    for (std::size_t i = out.options.size(); i-- > 0;) {
      if (out.options[i].accuracy >= input_.target_accuracy) out.cheapest = i;
      if (out.options[i].interval.low >= input_.target_accuracy) out.cheapest_sure = i;
    }
    return out;
  }

 private:
  [[nodiscard]] std::int32_t gold_of(truth::TaskIndex task) const {
    return input_.gold.empty() ? truth::kNoGold : input_.gold[task];
  }

  void choose_tasks() {
    std::vector<truth::TaskIndex> gold;
    std::vector<truth::TaskIndex> all;
    for (truth::TaskIndex task = 0; task < labels_.task_count(); ++task) {
      if (labels_.offsets[task] == labels_.offsets[task + 1]) continue;
      all.push_back(task);
      if (gold_of(task) != truth::kNoGold) gold.push_back(task);
    }
    uses_gold_ = gold.size() >= kEnoughGold;
    tasks_ = uses_gold_ ? std::move(gold) : std::move(all);
    Rng rng(input_.seed);
    rng.shuffle(tasks_);
    if (tasks_.size() > kMostTasks) tasks_.resize(kMostTasks);
  }

  void replay() {
    const std::size_t width = labels_.supplier_count * kLevelCount * labels_.class_count;
    said_.resize(tasks_.size() * kReplays * width);
    have_.resize(tasks_.size() * labels_.supplier_count);
    const Replay replay(labels_, skills_, input_.posterior);
    const Rng rng = Rng(input_.seed).split(1);
    parallel_blocks(pool_, tasks_.size(), 32, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t t = begin; t < end; ++t)
        for (std::size_t r = 0; r < kReplays; ++r)
          replay.fill(tasks_[t], rng.split(t * kReplays + r), {&said_[(t * kReplays + r) * width], width},
                      {&have_[t * labels_.supplier_count], labels_.supplier_count});
    });
  }

  /// The highest level that enough tasks have labels for.
  [[nodiscard]] std::size_t top_level(std::size_t s) const {
    if (input_.price_per_label.size() <= s || !std::isfinite(input_.price_per_label[s])) return 0;
    std::size_t top = 0;
    for (std::size_t level = 1; level < kLevelCount; ++level) {
      std::size_t count = 0;
      for (std::size_t t = 0; t < tasks_.size(); ++t)
        count += have_[t * labels_.supplier_count + s] >= kLevels[level] ? 1 : 0;
      if (count >= std::max(kFewestTasks, tasks_.size() / 10)) top = level;
    }
    return top;
  }

  [[nodiscard]] std::vector<Policy> all_policies() const {
    std::vector<Policy> out;
    std::vector<std::size_t> top(labels_.supplier_count);
    for (std::size_t s = 0; s < top.size(); ++s) top[s] = top_level(s);
    const Policy none{.level = std::vector<std::size_t>(top.size())};
    for (std::size_t s = 0; s < top.size(); ++s) {
      for (std::size_t level = 1; level <= top[s]; ++level) {
        Policy one = none;
        one.level[s] = level;
        out.push_back(one);
        add_second(one, s, top, out);
      }
    }
    if (out.size() > kMostOptions) out.resize(kMostOptions);
    add_thirds(top, out);
    return out;
  }

  // With a second supplier for all tasks, or for the least certain of them.
  void add_second(const Policy& first, std::size_t s, std::span<const std::size_t> top,
                  std::vector<Policy>& out) const {
    for (std::size_t other = 0; other < top.size(); ++other) {
      if (other == s || top[other] == 0) continue;
      for (const double share : kEscalated) {
        Policy more = first;
        more.then_from = static_cast<std::int64_t>(other);
        more.share = share;
        out.push_back(std::move(more));
      }
      for (std::size_t level = 1; other > s && level <= top[other]; ++level) {
        Policy more = first;
        more.level[other] = level;
        out.push_back(std::move(more));
      }
    }
  }

  void add_thirds(std::span<const std::size_t> top, std::vector<Policy>& out) const {
    constexpr std::size_t kLowLevels = 3;
    for (std::size_t a = 0; a < top.size(); ++a)
      for (std::size_t b = a + 1; b < top.size(); ++b)
        for (std::size_t c = b + 1; c < top.size(); ++c)
          for (std::size_t n = 0; n < kLowLevels * kLowLevels * kLowLevels; ++n) {
            const std::size_t la = n % kLowLevels + 1;
            const std::size_t lb = n / kLowLevels % kLowLevels + 1;
            const std::size_t lc = n / (kLowLevels * kLowLevels) + 1;
            if (la > top[a] || lb > top[b] || lc > top[c] || out.size() >= kMostOptions) continue;
            Policy one{.level = std::vector<std::size_t>(top.size())};
            one.level[a] = la;
            one.level[b] = lb;
            one.level[c] = lc;
            out.push_back(std::move(one));
          }
  }

  [[nodiscard]] bool is_replayable(std::size_t t, const Policy& policy) const {
    for (std::size_t s = 0; s < policy.level.size(); ++s) {
      const bool more = static_cast<std::int64_t>(s) == policy.then_from;
      if (have_[t * policy.level.size() + s] < kLevels[policy.level[s]] + (more ? 1 : 0)) return false;
    }
    return true;
  }

  /// The class a mix would have chosen for a task and how sure it would have been.
  struct Choice {
    std::size_t answer = 0;
    double confidence = 0;
  };
  [[nodiscard]] Choice choose(std::size_t place, const Policy& policy, bool escalated) const {
    const std::size_t classes = labels_.class_count;
    const std::size_t width = labels_.supplier_count * kLevelCount * classes;
    std::vector<double> row = skills_.log_prior;
    for (std::size_t s = 0; s < policy.level.size(); ++s) {
      const bool more = escalated && static_cast<std::int64_t>(s) == policy.then_from;
      const std::size_t level = policy.level[s] + (more ? 1 : 0);
      if (level == 0) continue;
      const double* said = &said_[place * width + (s * kLevelCount + level) * classes];
      for (std::size_t k = 0; k < classes; ++k) row[k] += said[k];
    }
    Choice out;
    for (std::size_t k = 1; k < classes; ++k)
      if (row[k] > row[out.answer]) out.answer = k;
    double total = 0;
    for (const double value : row) total += std::exp(value - row[out.answer]);
    out.confidence = 1 / total;
    return out;
  }

  [[nodiscard]] double chance_right(truth::TaskIndex task, std::size_t answer) const {
    if (!uses_gold_) return input_.posterior.row(task)[answer];
    return static_cast<std::size_t>(gold_of(task)) == answer ? 1 : 0;
  }

  [[nodiscard]] MixOption judge(const Policy& policy) const {
    MixOption out = describe(policy);
    std::vector<std::size_t> replayed;
    for (std::size_t t = 0; t < tasks_.size(); ++t)
      if (is_replayable(t, policy)) replayed.push_back(t);
    out.task_count = replayed.size();
    if (replayed.size() < kFewestTasks) return out;
    std::vector<double> right(replayed.size());  // mean over replays of the chance of being right
    double within = 0;                           // sum of the variances given the posterior
    for (std::size_t r = 0; r < kReplays; ++r) {
      std::vector<Choice> choices(replayed.size());
      for (std::size_t i = 0; i < replayed.size(); ++i)
        choices[i] = choose(replayed[i] * kReplays + r, policy, false);
      for (const std::size_t i : least_certain(choices, policy.share))
        choices[i] = choose(replayed[i] * kReplays + r, policy, true);
      for (std::size_t i = 0; i < replayed.size(); ++i) {
        const double p = chance_right(tasks_[replayed[i]], choices[i].answer);
        right[i] += p / kReplays;
        within += p * (1 - p) / kReplays;
      }
    }
    finish(out, right, within);
    return out;
  }

  [[nodiscard]] static std::vector<std::size_t> least_certain(const std::vector<Choice>& choices,
                                                              double share) {
    std::vector<std::size_t> order(choices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(choices.size())));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(choices[a].confidence, a) < std::pair(choices[b].confidence, b);
    });
    order.resize(count);
    return order;
  }

  // The limit of the bootstrap over tasks: a mean of independent tasks, each with the doubt about its truth.
  static void finish(MixOption& out, std::span<const double> right, double within) {
    const auto count = static_cast<double>(right.size());
    double mean = 0;
    for (const double one : right) mean += one / count;
    double squares = within;
    for (const double one : right) squares += (one - mean) * (one - mean);
    out.accuracy = mean;
    // As if half a task more had gone either way, so that all right is not "surely all right".
    const double variance = squares / (count * (count - 1)) + 0.25 / (count * count);
    out.interval = beta_interval((mean * count + 0.5) / (count + 1), variance);
    out.interval.low = std::min(out.interval.low, mean);
    out.interval.high = std::max(out.interval.high, mean);
  }

  [[nodiscard]] MixOption describe(const Policy& policy) const {
    MixOption out;
    for (std::uint32_t s = 0; s < policy.level.size(); ++s) {
      if (policy.level[s] == 0) continue;
      out.parts.push_back({s, static_cast<double>(kLevels[policy.level[s]])});
    }
    if (policy.then_from >= 0) {
      out.parts.push_back({static_cast<std::uint32_t>(policy.then_from), policy.share});
      out.escalated_share = policy.share;
    }
    for (const MixPart& part : out.parts)
      out.cost_per_task += part.labels_per_task * input_.price_per_label[part.supplier];
    return out;
  }

  [[nodiscard]] static std::vector<MixOption> frontier(std::vector<MixOption> options) {
    std::sort(options.begin(), options.end(), [](const MixOption& a, const MixOption& b) {
      if (std::abs(a.cost_per_task - b.cost_per_task) > 1e-12) return a.cost_per_task < b.cost_per_task;
      return a.accuracy > b.accuracy;
    });
    std::vector<MixOption> out;
    for (MixOption& one : options)
      if (out.empty() || one.accuracy > out.back().accuracy) out.push_back(std::move(one));
    return out;
  }

  const MixInput& input_;
  ThreadPool& pool_;
  SampledLabels labels_;
  Skills skills_;
  std::vector<truth::TaskIndex> tasks_;
  bool uses_gold_ = false;
  std::vector<double> said_;       // [task][replay][supplier][level][class]
  std::vector<std::size_t> have_;  // [task][supplier]
};

}  // namespace

std::optional<MixReport> cheapest_mix(const MixInput& input, truth::Run run) {
  return MixReplay(input, run).report();
}

}  // namespace mizan::supplier
