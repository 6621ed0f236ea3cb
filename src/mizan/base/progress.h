// How long work tells its caller how far it is, and how the caller stops it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace mizan {

/// Passed down by reference; the default one shows nothing and never cancels. Called from one thread at a
/// time.
struct Progress {
  /// stage: a few words ("reading labels"); done and total in the stage's own unit; total 0 = not known
  std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)> report =
      [](std::string_view, std::uint64_t, std::uint64_t) {};
  std::function<bool()> is_cancelled = [] { return false; };
};

}  // namespace mizan
