#include "mizan/engine/supplier/ppi.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mizan::supplier {
namespace {

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Residuals of a ratio: value - ratio · size, in units of the mean size.
std::vector<double> residuals(std::span<const double> values, std::span<const double> sizes) {
  std::vector<double> out(values.size());
  const double size = sum_of(sizes);
  const double ratio = sum_of(values) / size;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = (values[i] - ratio * sizes[i]) * static_cast<double>(values.size()) / size;
  return out;
}

double mean_product(std::span<const double> a, std::span<const double> b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) total += a[i] * b[i];
  return total / static_cast<double>(a.size());
}

// The lambda with the least variance: cov(Y, f) / ((1 + n/N) var f), of the gold tasks outside one part.
double best_lambda(const PpiInput& input, std::size_t part, std::size_t parts) {
  std::vector<double> value;
  std::vector<double> model;
  std::vector<double> size;
  for (std::size_t i = 0; i < input.gold_value.size(); ++i) {
    if (parts > 1 && i % parts == part) continue;
    value.push_back(input.gold_value[i]);
    model.push_back(input.gold_model[i]);
    size.push_back(input.gold_size[i]);
  }
  if (value.size() < 2 || input.model.empty()) return 0;
  const auto value_rest = residuals(value, size);
  const auto model_rest = residuals(model, size);
  const double spread = mean_product(model_rest, model_rest);
  const double share = static_cast<double>(input.gold_value.size()) / static_cast<double>(input.model.size());
  if (spread <= 0) return 0;
  return std::clamp(mean_product(value_rest, model_rest) / ((1 + share) * spread), 0.0, 1.0);
}

}  // namespace

PpiEstimate ppi_plus_plus(const PpiInput& input, PpiVariant variant) {
  const std::size_t count = input.gold_value.size();
  const bool small = variant == PpiVariant::small_sample;
  const std::size_t parts = small ? std::min<std::size_t>(5, count) : 1;
  std::vector<double> lambdas(parts);
  for (std::size_t part = 0; part < parts; ++part) lambdas[part] = best_lambda(input, part, parts);

  PpiEstimate out;
  std::vector<double> corrected(count);
  const double gold_size = sum_of(input.gold_size);
  for (std::size_t i = 0; i < count; ++i) {
    corrected[i] = input.gold_value[i] - lambdas[i % parts] * input.gold_model[i];
    out.lambda += lambdas[i % parts] * input.gold_size[i] / gold_size;
  }
  const auto loss = [&](std::size_t n) { return static_cast<double>(small && n > 1 ? n - 1 : n); };
  const auto gold_rest = residuals(corrected, input.gold_size);
  out.value = sum_of(corrected) / gold_size;
  double variance = mean_product(gold_rest, gold_rest) / loss(count);
  if (!input.model.empty()) {
    const auto model_rest = residuals(input.model, input.model_size);
    out.value += out.lambda * sum_of(input.model) / sum_of(input.model_size);
    variance += out.lambda * out.lambda * mean_product(model_rest, model_rest) / loss(input.model.size());
  }
  out.standard_error = std::sqrt(variance);
  out.degrees = small ? static_cast<double>(count) - 1 : std::numeric_limits<double>::infinity();
  return out;
}

Interval interval_of(const PpiEstimate& estimate, double level) {
  const double reach = student_quantile(0.5 + level / 2, estimate.degrees) * estimate.standard_error;
  return {estimate.value - reach, estimate.value + reach};
}

}  // namespace mizan::supplier
