#include "mizan/base/rng.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "mizan/base/assert.h"

namespace mizan {
namespace {
std::uint64_t splitmix64(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}
}  // namespace

Rng::Rng(std::uint64_t seed) : seed_(seed) {
  std::uint64_t mix = seed;
  for (auto& word : state_) word = splitmix64(mix);
}

std::uint64_t Rng::next() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

Rng Rng::split(std::uint64_t index) const {
  std::uint64_t mix = seed_ ^ (0xA0761D6478BD642FULL * (index + 1));
  return Rng(splitmix64(mix));
}

double Rng::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::uint64_t Rng::below(std::uint64_t bound) {
  MIZAN_ASSERT(bound > 0);
  const std::uint64_t limit = -bound % bound;  // draws under it would favour the small numbers
  for (;;) {
    const std::uint64_t draw = next();
    if (draw >= limit) return draw % bound;
  }
}

double Rng::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Rng::exponential() {
  return -std::log(1.0 - uniform());
}

// Marsaglia & Tsang 2000, doi:10.1145/358407.358414; shapes under 1 by their boost.
double Rng::gamma(double shape) {
  MIZAN_ASSERT(shape > 0);
  if (shape < 1.0) return gamma(shape + 1.0) * std::pow(1.0 - uniform(), 1.0 / shape);
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal();
    const double v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
    if (v <= 0) continue;
    if (std::log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double Rng::beta(double a, double b) {
  const double x = gamma(a);
  const double y = gamma(b);
  return x + y > 0 ? x / (x + y) : a / (a + b);
}

std::size_t Rng::categorical(std::span<const double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  double left = uniform() * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.size() - 1;
}

void Rng::dirichlet(std::span<const double> alpha, std::span<double> out) {
  double total = 0;
  for (std::size_t i = 0; i < alpha.size(); ++i) total += out[i] = gamma(alpha[i]);
  for (double& value : out) value = total > 0 ? value / total : 1.0 / static_cast<double>(out.size());
}

}  // namespace mizan
