// Random numbers from a seed that the caller passes: the same seed gives the same numbers on every machine.
// (The standard library's distributions do not promise that, so the few that Mizan needs are written out
// here.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mizan {

/// xoshiro256++ seeded by splitmix64. Cheap to copy; not thread-safe: give each block of work its own by
/// `split`.
/// @source Blackman & Vigna 2019, prng.di.unimi.it
class Rng {
 public:
  explicit Rng(std::uint64_t seed);

  [[nodiscard]] std::uint64_t next();
  /// An independent generator for stream `index`, whatever was drawn from this one before.
  [[nodiscard]] Rng split(std::uint64_t index) const;

  [[nodiscard]] double uniform();                          ///< in [0,1), 53 bits
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);  ///< in [0,bound), unbiased; bound > 0
  [[nodiscard]] double normal();                           ///< mean 0, variance 1
  [[nodiscard]] double exponential();                      ///< mean 1
  [[nodiscard]] double gamma(double shape);                ///< scale 1; shape > 0
  [[nodiscard]] double beta(double a, double b);           ///< a, b > 0
  /// An index drawn with probability proportional to weights (not all zero).
  [[nodiscard]] std::size_t categorical(std::span<const double> weights);
  /// Fills `out` with a draw from Dirichlet(alpha); alpha.size() == out.size(), all > 0.
  void dirichlet(std::span<const double> alpha, std::span<double> out);

  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::uint64_t seed_;
  std::uint64_t state_[4];
};

}  // namespace mizan
