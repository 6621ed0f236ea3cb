#include "mizan/app/accounts/sign_in_back_off.h"

#include <algorithm>

namespace mizan::app {
namespace {

constexpr Duration kLongestWait = seconds(300);
constexpr Duration kForgottenAfter = seconds(3600);

std::string key_of_address(std::string_view address) {
  return std::string(address);
}

std::string key_of_account(const SignInBackOff::Attempt& attempt) {
  return std::string(attempt.address) + '\n' + std::string(attempt.email);
}

}  // namespace

Duration SignInBackOff::wait_after(int failures, int free_tries) {
  const int beyond = failures - free_tries;
  if (beyond < 0) return {};
  return std::min(kLongestWait, seconds(std::int64_t{2} << std::min(beyond, 10)));
}

Result<void> SignInBackOff::check(const Attempt& attempt) {
  const Duration wait = left(attempt);
  if (wait.us <= 0) return {};
  const std::int64_t whole_seconds = (wait.us + 999'999) / 1'000'000;
  return fail(ErrorCode::rate_limited, "too many failed attempts from this address", {},
              "try again in " + std::to_string(whole_seconds) + " s");
}

Duration SignInBackOff::left(const Attempt& attempt) {
  const std::scoped_lock lock(mutex_);
  return std::max(left(key_of_account(attempt), kFreeTries, attempt.at),
                  left(key_of_address(attempt.address), kFreeTriesOfAddress, attempt.at));
}

void SignInBackOff::failed(const Attempt& attempt) {
  const std::scoped_lock lock(mutex_);
  count(key_of_account(attempt), attempt.at);
  count(key_of_address(attempt.address), attempt.at);
}

void SignInBackOff::succeeded(const Attempt& attempt) {
  const std::scoped_lock lock(mutex_);
  failures_.erase(key_of_account(attempt));
}

Duration SignInBackOff::left(const std::string& key, int free_tries, Instant now) {
  const auto found = failures_.find(key);
  if (found == failures_.end()) return {};
  if (found->second.last + kForgottenAfter < now) {
    failures_.erase(found);
    return {};
  }
  return found->second.last + wait_after(found->second.count, free_tries) - now;
}

void SignInBackOff::count(const std::string& key, Instant now) {
  if (failures_.size() >= kMostEntries)
    std::erase_if(failures_, [&](const auto& entry) { return entry.second.last + kLongestWait < now; });
  if (failures_.size() >= kMostEntries)
    failures_.clear();  // a flood from everywhere: better forget than grow
  Failures& failures = failures_[key];
  ++failures.count;
  failures.last = now;
}

}  // namespace mizan::app
