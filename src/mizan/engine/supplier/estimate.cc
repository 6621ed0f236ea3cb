#include "mizan/engine/supplier/estimate.h"

#include <algorithm>
#include <cmath>

#include "mizan/engine/supplier/ppi.h"

namespace mizan::supplier {
namespace {

// From here on the gold alone carries the figure; below, it is weighed against the model.
constexpr std::size_t kEnoughGold = 50;
constexpr std::size_t kLeastGold = 5;

double mean_of(std::span<const double> values) {
  double total = 0;
  for (const double value : values) total += value;
  return values.empty() ? 0 : total / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return values.size() < 2 ? 0 : squares / static_cast<double>(values.size() - 1);
}

/// The estimand if the most likely class of every task were the truth.
double hard_ratio(const Estimand& estimand, const truth::Table& posterior) {
  double total = 0;
  for (std::size_t slot = 0; slot < estimand.tasks.size(); ++slot) {
    const truth::ClassIndex best = truth::best_class(posterior.row(estimand.tasks[slot]));
    total += static_cast<double>(estimand.weights[slot * posterior.columns + best]);
  }
  return total / estimand.total_size;
}

/// What the gold says of an estimand, and what the model says of the same and of the other tasks.
struct GoldSample {
  std::vector<double> value, model, size, other, other_size;
};

GoldSample gold_sample(const EstimateInput& input) {
  const Estimand& one = input.estimand;
  const EstimandSums& sums = input.sums;
  const std::size_t classes = input.draws.posterior.columns;
  GoldSample out;
  for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
    const std::int32_t gold = input.gold.empty() ? truth::kNoGold : input.gold[one.tasks[slot]];
    const auto size = static_cast<double>(one.size[slot]);
    if (gold == truth::kNoGold) {
      out.other.push_back(sums.expected[slot] / static_cast<double>(input.draws.draw_count));
      out.other_size.push_back(size);
      continue;
    }
    out.value.push_back(static_cast<double>(one.weights[slot * classes + static_cast<std::size_t>(gold)]));
    out.size.push_back(size);
    out.model.push_back(sums.hidden_draws[slot] > 0 ? sums.hidden[slot] / sums.hidden_draws[slot] : 0);
  }
  return out;
}

Estimate corrected_by_gold(const Estimate& model, const PpiEstimate& corrected, bool all_gold) {
  Estimate out;
  out.value = corrected.value;
  out.degrees = corrected.degrees;
  out.basis = all_gold ? Basis::gold : Basis::gold_and_model;
  out.method = CompareMethod::ppi_plus_plus;
  const double variance = corrected.standard_error * corrected.standard_error;
  // Of labels that were given on gold tasks alone nothing is left to chance; otherwise the choice of the gold
  // tasks is, and at least half of the variance is taken to be that.
  out.sampling_variance = all_gold ? variance : std::min(0.5 * variance, model.sampling_variance);
  out.recorded_variance = variance - out.sampling_variance;
  return out;
}

/// A little gold beside the model: each by the inverse of its variance.
Estimate weighed(const Estimate& model, const PpiEstimate& gold) {
  // A few tasks may all be right by chance: their variance is at least that of the other tasks'.
  const double spread = std::max(gold.standard_error * gold.standard_error, model.sampling_variance);
  const double t = student_quantile(0.975, gold.degrees) / 1.96;
  const double weight = model.variance() / (model.variance() + spread * t * t);
  Estimate out = model;
  out.basis = Basis::gold_and_model;
  out.value = (1 - weight) * model.value + weight * gold.value;
  out.recorded_variance = (1 - weight) * model.recorded_variance;
  out.sampling_variance = (1 - weight) * model.sampling_variance;
  out.lasting_variance = (1 - weight) * model.lasting_variance;
  return out;
}

}  // namespace

double method_variance(const EstimateInput& input) {
  std::vector<double> said{hard_ratio(input.estimand, input.draws.posterior)};
  for (const truth::Table* posterior : input.posteriors)
    said.push_back(hard_ratio(input.estimand, *posterior));
  return variance_of(said);
}

double lasting_method_variance(const EstimateInput& input) {
  const Estimand& one = input.estimand;
  std::vector<const truth::Table*> methods{&input.draws.posterior};
  methods.insert(methods.end(), input.posteriors.begin(), input.posteriors.end());
  if (methods.size() < 2 || one.tasks.size() < 2) return 0;
  std::vector<double> said;
  for (const truth::Table* method : methods) said.push_back(hard_ratio(one, *method));
  // Of each task: how far methods differ there beyond how far they differ everywhere.
  double chance = 0;
  std::vector<double> here(methods.size());
  for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
    for (std::size_t m = 0; m < methods.size(); ++m) {
      const truth::ClassIndex best = truth::best_class(methods[m]->row(one.tasks[slot]));
      here[m] = static_cast<double>(one.weights[slot * methods[m]->columns + best]) -
                said[m] * static_cast<double>(one.size[slot]);
    }
    chance += variance_of(here);
  }
  const auto tasks = static_cast<double>(one.tasks.size());
  chance *= tasks / (tasks - 1) / (one.total_size * one.total_size);
  return std::max(0.0, variance_of(said) - chance);
}

Estimate model_estimate(const EstimateInput& input) {
  const Estimand& one = input.estimand;
  const EstimandSums& sums = input.sums;
  Estimate out;
  if (one.tasks.empty()) return out;
  const auto draws = static_cast<double>(input.draws.draw_count);
  const double size_square = one.total_size * one.total_size;
  out.value = mean_of(sums.ratio);
  out.recorded_variance =
      variance_of(sums.ratio) + sums.variance / draws / size_square + method_variance(input);
  out.lasting_variance = lasting_method_variance(input);
  // Sum over tasks of E (w_i - R n_i)², from its three sums.
  double mixed = 0;
  double sizes = 0;
  for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
    const auto size = static_cast<double>(one.size[slot]);
    mixed += sums.expected[slot] / draws * size;
    sizes += size * size;
  }
  const double squares = sums.square / draws - 2 * out.value * mixed + out.value * out.value * sizes;
  const auto tasks = static_cast<double>(one.tasks.size());
  out.sampling_variance = std::max(0.0, squares) / size_square * tasks / std::max(1.0, tasks - 1);
  return out;
}

Estimate best_estimate(const EstimateInput& input) {
  Estimate model = model_estimate(input);
  const GoldSample sample = gold_sample(input);
  const bool all_gold = !sample.value.empty() && sample.other.empty();
  if (sample.value.size() < kLeastGold) {
    if (all_gold) model.basis = Basis::gold;
    if (!sample.value.empty() && !all_gold) model.basis = Basis::gold_and_model;
    return model;
  }
  PpiInput ppi{sample.value, sample.model, sample.size, sample.other, sample.other_size};
  if (all_gold || sample.value.size() >= kEnoughGold)
    return corrected_by_gold(model, ppi_plus_plus(ppi), all_gold);
  ppi.model = ppi.model_size = {};
  return weighed(model, ppi_plus_plus(ppi));
}

}  // namespace mizan::supplier
