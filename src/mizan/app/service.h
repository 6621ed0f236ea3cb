// What every verb of the platform works with: the database, the clock, the maker of ids, randomness, and the
// caches that verbs share. One of it lives as long as the server.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <typeindex>

#include "mizan/base/clock.h"
#include "mizan/base/id_maker.h"
#include "mizan/base/rng.h"
#include "mizan/store/database.h"

namespace mizan::app {

struct ServiceParts {
  store::Database& database;
  const Clock& clock;
  std::uint32_t node_number = 0;  ///< of this process; its ids carry it
  std::uint64_t seed = 1;         ///< of every random choice; logged at start
};

/// Thread-safe. Holds references: the parts outlive it.
class Service {
 public:
  explicit Service(const ServiceParts& parts);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  [[nodiscard]] store::Database& database() { return database_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Instant now() const { return clock_.now(); }
  [[nodiscard]] IdMaker& ids() { return ids_; }
  [[nodiscard]] std::uint32_t node_number() const { return node_number_; }
  /// The one T of this service, made at the first call: what verbs share (caches, counters) stands beside
  /// them, and this file need not know it. T is default-constructible and thread-safe.
  template <class T>
  [[nodiscard]] T& shared() {
    const std::scoped_lock lock(shared_mutex_);
    std::shared_ptr<void>& place = shared_[std::type_index(typeid(T))];
    if (!place) place = std::make_shared<T>();
    return *static_cast<T*>(place.get());
  }
  /// A generator of its own for each call.
  [[nodiscard]] Rng rng() { return rng_.split(next_stream_.fetch_add(1)); }

 private:
  store::Database& database_;
  const Clock& clock_;
  std::uint32_t node_number_;
  IdMaker ids_;
  const Rng rng_;
  std::atomic<std::uint64_t> next_stream_{0};
  std::mutex shared_mutex_;
  std::map<std::type_index, std::shared_ptr<void>> shared_;
};

}  // namespace mizan::app
