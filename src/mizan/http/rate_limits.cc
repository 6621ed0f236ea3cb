#include "mizan/http/rate_limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace mizan::http {
namespace {

constexpr std::size_t kShards = 16;
constexpr std::size_t kLookedAtToForget = 8;

struct Bucket {
  double tokens;
  Instant filled_at;
};

}  // namespace

struct RateLimiter::State {
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Bucket> buckets;
  };

  // What a bucket holds now.
  [[nodiscard]] double tokens_of(const Bucket& bucket, Instant now) const {
    const double passed_s =
        static_cast<double>(std::max<std::int64_t>((now - bucket.filled_at).us, 0)) * 1e-6;
    return std::min(limit.burst, bucket.tokens + passed_s * limit.per_second);
  }

  // A full bucket is as good as none, so the fullest of a few goes.
  void forget_one(Shard& shard, Instant now) const {
    auto fullest = shard.buckets.begin();
    auto each = fullest;
    for (std::size_t looked = 0; looked < kLookedAtToForget && each != shard.buckets.end(); ++looked, ++each)
      if (tokens_of(each->second, now) > tokens_of(fullest->second, now)) fullest = each;
    shard.buckets.erase(fullest);
  }

  RateLimit limit;
  std::size_t max_keys_per_shard = 0;
  std::array<Shard, kShards> shards;
};

RateLimiter::RateLimiter(RateLimit limit, std::size_t max_keys) : state_(std::make_unique<State>()) {
  state_->limit = limit;
  state_->max_keys_per_shard = std::max<std::size_t>(max_keys / kShards, 1);
}
RateLimiter::~RateLimiter() = default;

RateVerdict RateLimiter::take(std::string_view key, Instant now) {
  const RateLimit& limit = state_->limit;
  if (limit.per_second <= 0) return {};
  auto& shard = state_->shards[std::hash<std::string_view>{}(key) % kShards];
  const std::lock_guard lock(shard.mutex);
  auto found = shard.buckets.find(std::string(key));
  if (found == shard.buckets.end()) {
    if (shard.buckets.size() >= state_->max_keys_per_shard) state_->forget_one(shard, now);
    found = shard.buckets.emplace(key, Bucket{limit.burst, now}).first;
  }
  Bucket& bucket = found->second;
  bucket = {state_->tokens_of(bucket, now), now};
  if (bucket.tokens < 1) {
    const double wait_s = (1 - bucket.tokens) / limit.per_second;
    return {
        .is_allowed = false, .remaining = 0, .retry_after_s = static_cast<std::int64_t>(std::ceil(wait_s))};
  }
  bucket.tokens -= 1;
  return {.is_allowed = true, .remaining = static_cast<std::int64_t>(bucket.tokens), .retry_after_s = 0};
}

const RateLimit& RateLimiter::limit() const {
  return state_->limit;
}

}  // namespace mizan::http
