#include "mizan/app/access/caller_cache.h"

#include <cstring>
#include <utility>

namespace mizan::app {

std::size_t CallerCache::FirstBytes::operator()(const secrets::Sha256& hash) const noexcept {
  std::size_t number = 0;
  std::memcpy(&number, hash.data(), sizeof number);
  return number;
}

std::shared_ptr<const Caller> CallerCache::find(const secrets::Sha256& secret, Instant now) const {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(secret);
  return found == entries_.end() || found->second.until < now ? nullptr : found->second.caller;
}

std::uint64_t CallerCache::generation() const {
  const std::scoped_lock lock(mutex_);
  return generation_;
}

void CallerCache::put(const secrets::Sha256& secret, Entry entry, std::uint64_t generation) {
  const std::scoped_lock lock(mutex_);
  if (generation != generation_) return;
  if (entries_.size() >= kMostEntries) entries_.clear();  // rare, and costs one query per caller
  entries_.insert_or_assign(secret, std::move(entry));
}

void CallerCache::clear() {
  const std::scoped_lock lock(mutex_);
  entries_.clear();
  ++generation_;
}

}  // namespace mizan::app
