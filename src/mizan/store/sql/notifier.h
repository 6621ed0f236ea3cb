// Tells writes their outcomes on a thread of its own, so that the next commit does not wait while callers are
// woken.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "mizan/store/sql/pending_write.h"

namespace mizan::store {

/// Thread-safe.
class Notifier {
 public:
  Notifier();
  ~Notifier();

  /// Takes a finished group. A small one is told here and now: waking the other thread would cost more.
  void tell(WriteGroup group);
  /// Returns after everybody has been told.
  void stop();

 private:
  void loop();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<WriteGroup> groups_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mizan::store
