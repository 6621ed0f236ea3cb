// The bounded buffer behind one client's event stream.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

#include "mizan/http/server/response.h"

namespace mizan::http {

/// The event as bytes of text/event-stream.
[[nodiscard]] std::string event_text(const ServerEvent& event);

/// Thread-safe: many senders, one event loop that takes.
class EventQueue final : public EventSink {
 public:
  /// @in on_change  called on the sender's thread when an empty buffer got its first bytes, or it closed
  EventQueue(std::size_t limit_bytes, std::function<void()> on_change);

  bool send(const ServerEvent& event) override;
  void close() override;
  [[nodiscard]] bool is_open() const override;

  /// Everything that waits.
  [[nodiscard]] std::string take();

 private:
  const std::size_t limit_bytes_;
  const std::function<void()> on_change_;
  mutable std::mutex mutex_;
  std::string bytes_;
  bool is_open_ = true;
};

}  // namespace mizan::http
