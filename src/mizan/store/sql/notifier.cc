#include "mizan/store/sql/notifier.h"

#include <utility>

namespace mizan::store {
namespace {
constexpr std::size_t kSmallGroup = 4;
}  // namespace

Notifier::Notifier() : thread_([this] { loop(); }) {}

Notifier::~Notifier() {
  stop();
}

void Notifier::tell(WriteGroup group) {
  if (group.size() <= kSmallGroup) return acknowledge(group);
  {
    const std::lock_guard lock(mutex_);
    groups_.push_back(std::move(group));
  }
  changed_.notify_one();
}

void Notifier::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !groups_.empty(); });
    if (groups_.empty()) return;
    auto groups = std::exchange(groups_, {});
    lock.unlock();
    for (WriteGroup& group : groups) acknowledge(group);
    lock.lock();
  }
}

void Notifier::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace mizan::store
