#include "mizan/engine/supplier/truth_draws.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace mizan::supplier {
namespace {

constexpr std::size_t kChains = 4;
constexpr std::size_t kFewestSweeps = 12;
constexpr std::size_t kMostSweeps = 800;
constexpr std::size_t kFewestGoldToHide = 20;
// A supplier of more annotators than this is no family of models: that its labels agree in error is then the
// doing of spammers, whom the chains see through one by one.
constexpr std::size_t kMostFamily = 12;

// The correlation of the labels of a task that makes the model right about real labels is a multiple of the
// excess agreement that can be seen (most of what annotators share, they share with the consensus too, and
// there it cannot be seen). On ten public sets with truth it was 0 to 1.7 times kHiddenPart of what was seen,
// and no more than that of kMostCentral.
constexpr double kHiddenPart = 8;
constexpr double kMostCentral = 0.4;
constexpr double kWidest = 1.7;
constexpr double kMostCorrelation = 0.8;

constexpr std::size_t kGridSize = 17;
double grid_correlation(std::size_t place) {
  return kMostCorrelation * static_cast<double>(place) / static_cast<double>(kGridSize - 1);
}

/// Gold answers that one chain is told.
std::vector<std::int32_t> told_gold(std::span<const std::int32_t> gold, std::size_t chain, bool halves) {
  std::vector<std::int32_t> told(gold.begin(), gold.end());
  if (!halves) return told;
  std::size_t seen = 0;
  for (std::int32_t& answer : told)
    if (answer != truth::kNoGold && seen++ % 2 != chain % 2) answer = truth::kNoGold;
  return told;
}

/// One chain with the sums it makes.
class Chain {
 public:
  Chain(const SampledLabels& labels, std::span<const Estimand> estimands, std::span<const std::int32_t> gold,
        std::vector<std::int32_t> told)
      : labels_(labels), estimands_(estimands), gold_(gold), told_(std::move(told)) {}

  void warm_up(const truth::Table& start, Rng rng, std::size_t sweeps) {
    rng_ = rng.split(1);
    sampler_.emplace(labels_, start, told_, rng.split(0));
    const std::size_t measured_from = sweeps - std::max<std::size_t>(1, sweeps / 2);
    double count = 0;
    measure_families(start, std::max<std::size_t>(3, sweeps / 6));
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
      sampler_->sweep();
      if (sweep < measured_from || (sweep + 1 != sweeps && (sweeps <= 8 || sweep % 5 != 0))) continue;
      const ExcessAgreement one = sampler_->excess_agreement();
      excess_.correlation += one.correlation;
      excess_.standard_error += one.standard_error;
      add_gold_likelihood();
      count += 1;
    }
    excess_.correlation /= count;
    excess_.standard_error /= count;
    // Half of it: the model that gives the chances is not quite right, and should not be believed quite.
    for (double& value : gold_likelihood_) value *= 0.5 / count;
  }

  /// @in draw_correlation  from a uniform number and further luck
  void draw(std::size_t draws, std::size_t thin,
            const std::function<double(double, Rng&)>& draw_correlation) {
    prepare();
    for (std::size_t d = 0; d < draws; ++d) {
      for (std::size_t step = 0; step < thin; ++step) sampler_->sweep();
      // In strata, so that a few draws spread as many would.
      const double uniform = (static_cast<double>(d) + rng_.uniform()) / static_cast<double>(draws);
      const double correlation = draw_correlation(uniform, rng_);
      correlation_sum_ += correlation;
      sampler_->fill_posterior(correlation, table_);
      for (std::size_t e = 0; e < estimands_.size(); ++e) add_hidden(e);
      clamp_gold();
      for (std::size_t e = 0; e < estimands_.size(); ++e) add(e);
      add_annotators();
      for (std::size_t i = 0; i < table_.values.size(); ++i) posterior_.values[i] += table_.values[i];
    }
  }

  [[nodiscard]] const ExcessAgreement& excess() const { return excess_; }
  [[nodiscard]] std::span<const double> gold_likelihood() const { return gold_likelihood_; }
  [[nodiscard]] double correlation_sum() const { return correlation_sum_; }
  std::vector<EstimandSums> sums{};
  std::vector<double> right{};
  std::vector<double> right_square{};
  std::vector<double> right_variance{};
  [[nodiscard]] const truth::Table& posterior() const { return posterior_; }

 private:
  // Models of one family err together. Were they believed at first, the chain would come to share their
  // errors and see nothing; so at first each supplier has one voice a task. What that shows is kept, and the
  // chain begins again.
  void measure_families(const truth::Table& start, std::size_t sweeps) {
    if (labels_.supplier_count < 2) return;
    sampler_->set_supplier_correlation(std::vector<double>(labels_.supplier_count, 1.0));
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) sampler_->sweep();
    std::vector<double> within = sampler_->excess_agreement().within_supplier;
    std::vector<std::size_t> members(labels_.supplier_count);
    for (const std::uint32_t supplier : labels_.supplier_of) members[supplier] += 1;
    for (std::size_t s = 0; s < within.size(); ++s)
      if (members[s] > kMostFamily) within[s] = 0;
    sampler_->set_supplier_correlation(within);
    sampler_->begin(start);
  }

  [[nodiscard]] bool is_hidden(std::size_t task) const {
    return !gold_.empty() && gold_[task] != truth::kNoGold && told_[task] == truth::kNoGold;
  }

  void prepare() {
    table_ = truth::Table(labels_.task_count(), labels_.class_count);
    posterior_ = table_;
    sums.resize(estimands_.size());
    for (std::size_t e = 0; e < estimands_.size(); ++e) {
      sums[e].expected.assign(estimands_[e].tasks.size(), 0);
      sums[e].hidden.assign(estimands_[e].tasks.size(), 0);
      sums[e].hidden_draws.assign(estimands_[e].tasks.size(), 0);
    }
    right.assign(labels_.annotator_count, 0);
    right_square.assign(labels_.annotator_count, 0);
    right_variance.assign(labels_.annotator_count, 0);
    now_.assign(labels_.annotator_count, 0);
  }

  void add_gold_likelihood() {
    gold_likelihood_.resize(kGridSize);
    if (gold_.empty()) return;
    std::vector<double> row(labels_.class_count);
    for (std::size_t task = 0; task < labels_.task_count(); ++task) {
      if (!is_hidden(task)) continue;
      for (std::size_t g = 0; g < kGridSize; ++g) {
        sampler_->fill_task_posterior(static_cast<truth::TaskIndex>(task), grid_correlation(g), row);
        gold_likelihood_[g] += std::log(std::max(1e-3, row[static_cast<std::size_t>(gold_[task])]));
      }
    }
  }

  void clamp_gold() {
    if (gold_.empty()) return;
    for (std::size_t task = 0; task < labels_.task_count(); ++task) {
      if (gold_[task] == truth::kNoGold) continue;
      auto row = table_.row(task);
      std::fill(row.begin(), row.end(), 0.0);
      row[static_cast<std::size_t>(gold_[task])] = 1;
    }
  }

  void add_hidden(std::size_t e) {
    if (gold_.empty()) return;
    const Estimand& one = estimands_[e];
    const std::size_t classes = labels_.class_count;
    for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
      if (!is_hidden(one.tasks[slot])) continue;
      const auto row = table_.row(one.tasks[slot]);
      for (std::size_t k = 0; k < classes; ++k)
        sums[e].hidden[slot] += row[k] * static_cast<double>(one.weights[slot * classes + k]);
      sums[e].hidden_draws[slot] += 1;
    }
  }

  void add(std::size_t e) {
    const Estimand& one = estimands_[e];
    const std::size_t classes = labels_.class_count;
    double total = 0;
    for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
      const auto row = table_.row(one.tasks[slot]);
      double mean = 0;
      double square = 0;
      for (std::size_t k = 0; k < classes; ++k) {
        const auto weight = static_cast<double>(one.weights[slot * classes + k]);
        mean += row[k] * weight;
        square += row[k] * weight * weight;
      }
      sums[e].expected[slot] += mean;
      sums[e].square += square;
      sums[e].variance += std::max(0.0, square - mean * mean);
      total += mean;
    }
    sums[e].ratio.push_back(one.total_size > 0 ? total / one.total_size : 0);
  }

  void add_annotators() {
    const std::size_t classes = labels_.class_count;
    std::fill(now_.begin(), now_.end(), 0.0);
    for (std::size_t task = 0; task < labels_.task_count(); ++task) {
      const auto row = table_.row(task);
      for (std::size_t i = labels_.offsets[task]; i < labels_.offsets[task + 1]; ++i) {
        const std::uint32_t code = labels_.codes[i];
        const std::uint32_t annotator = code / static_cast<std::uint32_t>(classes);
        const double p = row[code % classes];
        now_[annotator] += p;
        right_variance[annotator] += p * (1 - p);
      }
    }
    for (std::size_t a = 0; a < now_.size(); ++a) {
      right[a] += now_[a];
      right_square[a] += now_[a] * now_[a];
    }
  }

  const SampledLabels& labels_;
  std::span<const Estimand> estimands_;
  std::span<const std::int32_t> gold_;
  std::vector<std::int32_t> told_;
  std::optional<SkillSampler> sampler_;
  Rng rng_{0};
  truth::Table table_;
  truth::Table posterior_;
  std::vector<double> now_;
  ExcessAgreement excess_;
  std::vector<double> gold_likelihood_;
  double correlation_sum_ = 0;
};

/// What is believed of the correlation before and after the gold was seen.
class CorrelationBelief {
 public:
  CorrelationBelief(const ExcessAgreement& excess, std::vector<double> gold_likelihood)
      : excess_(excess), likelihood_(std::move(gold_likelihood)) {}

  [[nodiscard]] double draw(double uniform, Rng& rng) const {
    if (likelihood_.empty()) return draw_before_gold(uniform, rng);
    // Of a few draws, one is taken with a chance proportional to the likelihood of the gold answers.
    constexpr std::size_t kTries = 64;
    double values[kTries];
    double weights[kTries];
    for (std::size_t i = 0; i < kTries; ++i) {
      values[i] = i % 4 == 0 ? kMostCorrelation * rng.uniform() : draw_before_gold(rng.uniform(), rng);
      weights[i] = std::exp(likelihood_at(values[i]));
    }
    return values[rng.categorical(weights)];
  }

 private:
  [[nodiscard]] double draw_before_gold(double uniform, Rng& rng) const {
    const double seen = std::max(0.0, excess_.correlation + excess_.standard_error * rng.normal());
    return std::min(kMostCorrelation, kWidest * uniform * std::min(kMostCentral, kHiddenPart * seen));
  }

  [[nodiscard]] double likelihood_at(double correlation) const {
    const double place = correlation / kMostCorrelation * static_cast<double>(kGridSize - 1);
    const auto left = std::min(static_cast<std::size_t>(place), kGridSize - 2);
    const double part = place - static_cast<double>(left);
    const double top = *std::max_element(likelihood_.begin(), likelihood_.end());
    return (1 - part) * likelihood_[left] + part * likelihood_[left + 1] - top;
  }

  ExcessAgreement excess_;
  std::vector<double> likelihood_;
};

std::size_t gold_count(std::span<const std::int32_t> gold) {
  return static_cast<std::size_t>(
      std::count_if(gold.begin(), gold.end(), [](std::int32_t one) { return one != truth::kNoGold; }));
}

struct Plan {
  std::size_t warm_up;
  std::size_t draws;
  std::size_t thin;
};

Plan plan_of(const SampledLabels& labels, const DrawOptions& options) {
  const std::size_t work = std::max<std::size_t>(
      1, labels.codes.size() + labels.annotator_count * labels.class_count * labels.class_count * 3 +
             labels.task_count());
  const std::size_t sweeps = std::clamp(options.visits_per_chain / work, kFewestSweeps, kMostSweeps);
  const std::size_t warm_up = std::max<std::size_t>(4, sweeps / 3);
  const std::size_t left = sweeps - warm_up;
  // Judging all tasks is dear beside learning from a part of them.
  const std::size_t fewest = 2 * labels.studied.size() < labels.task_count() ? 2 : 4;
  const std::size_t draws = std::clamp<std::size_t>(left / (fewest == 2 ? 4 : 2), fewest, 100);
  return {warm_up, draws, std::max<std::size_t>(1, left / draws)};
}

void add_sums(EstimandSums& into, const EstimandSums& one) {
  into.expected.resize(one.expected.size());
  into.hidden.resize(one.hidden.size());
  into.hidden_draws.resize(one.hidden.size());
  for (std::size_t i = 0; i < one.expected.size(); ++i) {
    into.expected[i] += one.expected[i];
    into.hidden[i] += one.hidden[i];
    into.hidden_draws[i] += one.hidden_draws[i];
  }
  into.ratio.insert(into.ratio.end(), one.ratio.begin(), one.ratio.end());
  into.variance += one.variance;
  into.square += one.square;
}

RightLabels right_labels(const std::vector<Chain>& chains, std::size_t annotators, double draws) {
  RightLabels out;
  out.draws = draws;
  out.mean.assign(annotators, 0);
  out.truth_variance.assign(annotators, 0);
  out.model_variance.assign(annotators, 0);
  for (const Chain& chain : chains) {
    for (std::size_t a = 0; a < annotators; ++a) {
      out.mean[a] += chain.right[a] / draws;
      out.truth_variance[a] += chain.right_variance[a] / draws;
      out.model_variance[a] += chain.right_square[a] / draws;
    }
  }
  for (std::size_t a = 0; a < annotators; ++a)
    out.model_variance[a] = std::max(0.0, out.model_variance[a] - out.mean[a] * out.mean[a]);
  return out;
}

CorrelationBelief belief_of(const std::vector<Chain>& chains, bool gold_is_hidden) {
  ExcessAgreement excess;
  std::vector<double> likelihood(gold_is_hidden ? kGridSize : 0);
  for (const Chain& chain : chains) {
    excess.correlation += chain.excess().correlation / kChains;
    excess.standard_error += chain.excess().standard_error / kChains;
    // Each gold task is hidden from half of the chains.
    for (std::size_t g = 0; g < likelihood.size(); ++g)
      likelihood[g] += 2.0 * chain.gold_likelihood()[g] / kChains;
  }
  return {excess, std::move(likelihood)};
}

}  // namespace

TruthDraws draw_truths(const SampledLabels& labels, std::span<const Estimand> estimands,
                       const truth::Table& start, std::span<const std::int32_t> gold,
                       const DrawOptions& options, ThreadPool& pool) {
  const bool halves = gold_count(gold) >= kFewestGoldToHide;
  std::vector<Chain> chains;
  for (std::size_t c = 0; c < kChains; ++c)
    chains.emplace_back(labels, estimands, gold, told_gold(gold, c, halves));
  const Plan plan = plan_of(labels, options);
  const Rng rng(options.seed);
  pool.run(kChains, [&](std::size_t c) { chains[c].warm_up(start, rng.split(c), plan.warm_up); });
  const CorrelationBelief belief = belief_of(chains, halves);
  pool.run(kChains, [&](std::size_t c) {
    chains[c].draw(plan.draws, plan.thin,
                   [&](double uniform, Rng& own) { return belief.draw(uniform, own); });
  });

  TruthDraws out;
  out.draw_count = kChains * plan.draws;
  out.estimands.resize(estimands.size());
  out.posterior = truth::Table(labels.task_count(), labels.class_count);
  for (const Chain& chain : chains) {
    for (std::size_t e = 0; e < estimands.size(); ++e) add_sums(out.estimands[e], chain.sums[e]);
    for (std::size_t i = 0; i < out.posterior.values.size(); ++i)
      out.posterior.values[i] += chain.posterior().values[i] / static_cast<double>(out.draw_count);
    out.excess.correlation += chain.excess().correlation / kChains;
    out.excess.standard_error += chain.excess().standard_error / kChains;
    out.mean_correlation += chain.correlation_sum() / static_cast<double>(out.draw_count);
  }
  out.annotators = right_labels(chains, labels.annotator_count, static_cast<double>(out.draw_count));
  return out;
}

}  // namespace mizan::supplier
