// What other threads tell an event loop: answers, pieces of streamed answers, and that something has changed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/http/server/response.h"

namespace mizan::http {

class Connection;

/// The next piece of a streamed answer.
struct Piece {
  std::string bytes;
  bool is_last = false;
  bool is_failed = false;
};

struct Message {
  std::weak_ptr<Connection> to;
  std::uint64_t exchange;  ///< the request of that connection it belongs to; an old one is ignored
  std::variant<std::monostate, Response, Piece> content{};  ///< nothing: look again
};

/// Thread-safe. Many messages that come together cost one wake-up.
class Mailbox {
 public:
  /// @in wake  makes the event loop call take(); called on the sender's thread
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void put(Message message) {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    messages_.push_back(std::move(message));
    if (messages_.size() == 1) wake_();
  }
  [[nodiscard]] std::vector<Message> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(messages_, {});
  }
  /// The event loop is going; later messages are dropped.
  void close() {
    std::vector<Message> dropped;
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    dropped.swap(messages_);
  }

 private:
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<Message> messages_;
  bool is_closed_ = false;
};

}  // namespace mizan::http
