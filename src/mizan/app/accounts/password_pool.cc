#include "mizan/app/accounts/password_pool.h"

#include "mizan/secrets/password.h"

namespace mizan::app {

/// A turn at the processor, given back at the end of its life.
class PasswordPool::Place {
 public:
  explicit Place(PasswordPool& pool) : pool_(pool) {
    std::unique_lock lock(pool.mutex_);
    if (pool.waiting_ >= kMostWaiting) return;
    ++pool.waiting_;
    pool.freed_.wait(lock, [&] { return pool.running_ < kAtOnce; });
    --pool.waiting_;
    ++pool.running_;
    is_taken_ = true;
  }
  ~Place() {
    if (!is_taken_) return;
    {
      const std::scoped_lock lock(pool_.mutex_);
      --pool_.running_;
    }
    pool_.freed_.notify_one();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  [[nodiscard]] Result<void> taken() const {
    if (is_taken_) return {};
    return fail(ErrorCode::overloaded, "too many people are signing in at this moment", {},
                "try again in a moment");
  }

 private:
  PasswordPool& pool_;
  bool is_taken_ = false;
};

Result<std::string> PasswordPool::hash(std::string_view password) {
  const Place place(*this);
  MIZAN_CHECK_OK(place.taken());
  return secrets::hash_password(password);
}

Result<bool> PasswordPool::matches(std::string_view hash, std::string_view password) {
  const Place place(*this);
  MIZAN_CHECK_OK(place.taken());
  return secrets::password_matches(hash, password);
}

}  // namespace mizan::app
