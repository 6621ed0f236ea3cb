// The special functions of Dirichlet beliefs, written out so that they are thread-safe (std::lgamma is
// not) and the same on every machine. Accurate to 1e-13 relative for arguments over 1e-8. Internal to engine.
#pragma once

#include <span>

namespace mizan::truth {

/// The derivative of the logarithm of the gamma function; x > 0.
[[nodiscard]] double digamma(double x);

/// The derivative of digamma; x > 0.
[[nodiscard]] double trigamma(double x);

/// The logarithm of the gamma function; x > 0.
[[nodiscard]] double log_gamma(double x);

/// KL(Dirichlet(posterior) || Dirichlet(prior)) in nats; equal sizes, all entries > 0.
[[nodiscard]] double dirichlet_divergence(std::span<const double> posterior, std::span<const double> prior);

}  // namespace mizan::truth
