// What all event loops of a server share: options, the application, the pools, and the counts that limits are
// held against.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "mizan/http/server/server.h"
#include "mizan/http/server/work_pool.h"

namespace mizan::http {

/// A count that goes up and down from many threads.
using Gauge = std::atomic<std::size_t>;

struct ServerCore {
  ServerCore(ServerOptions options_, Application application_, std::size_t blocking_threads)
      : options(std::move(options_)),
        application(std::move(application_)),
        blocking(blocking_threads, options.limits.max_queued_blocking),
        uploads(options.limits.max_uploads, 0) {}

  const ServerOptions options;
  const Application application;
  WorkPool blocking;
  WorkPool uploads;
  std::atomic<bool> is_draining{false};
  Gauge connections{0}, in_flight{0}, event_streams{0}, buffered_bytes{0};
  std::atomic<std::uint64_t> shed_count{0};
};

/// Holds a share of a gauge and gives it back.
class GaugeShare {
 public:
  explicit GaugeShare(Gauge& gauge) : gauge_(gauge) {}
  ~GaugeShare() { gauge_ -= amount_; }
  GaugeShare(const GaugeShare&) = delete;
  GaugeShare& operator=(const GaugeShare&) = delete;

  /// False, and nothing is taken, when the gauge would pass the limit.
  [[nodiscard]] bool take(std::size_t amount, std::size_t limit) {
    if (gauge_.fetch_add(amount) + amount > limit) {
      gauge_ -= amount;
      return false;
    }
    amount_ += amount;
    return true;
  }

 private:
  Gauge& gauge_;
  std::size_t amount_ = 0;
};

}  // namespace mizan::http
