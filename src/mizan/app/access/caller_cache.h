// Callers found a moment ago, by the hash of the secret that they came with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "mizan/app/access/caller.h"
#include "mizan/base/clock.h"
#include "mizan/secrets/digest.h"

namespace mizan::app {

/// Thread-safe. Invariant: what was put before clear() is not found after it, and neither is what was read
/// from the database before clear() but put after it.
class CallerCache {
 public:
  [[nodiscard]] std::shared_ptr<const Caller> find(const secrets::Sha256& secret, Instant now) const;

  /// To be asked before the database is read for a caller; put() takes only what was read since the last
  /// clear().
  [[nodiscard]] std::uint64_t generation() const;
  struct Entry {
    std::shared_ptr<const Caller> caller;
    Instant until;
  };
  void put(const secrets::Sha256& secret, Entry entry, std::uint64_t generation);
  void clear();

 private:
  static constexpr std::size_t kMostEntries = 65'536;
  struct FirstBytes {
    std::size_t operator()(const secrets::Sha256& hash) const noexcept;
  };

  mutable std::mutex mutex_;
  std::unordered_map<secrets::Sha256, Entry, FirstBytes> entries_;
  std::uint64_t generation_ = 0;
};

}  // namespace mizan::app
