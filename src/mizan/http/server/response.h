// What a handler answers: a whole body, a stream that is pulled as the socket drains, or a stream of events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

/// A body that is made while it is sent, in constant memory.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// Appends the next piece (aim at 64 KiB) to `piece`; false = there is nothing more (the last piece may
  /// come with it). Called on pool threads, never twice at once, only when the last piece was sent. An error
  /// cuts the connection, so that a client never takes half an answer for the whole.
  [[nodiscard]] virtual Result<bool> next(std::string& piece) = 0;
};

/// A server-sent event.
struct ServerEvent {
  std::string id{};     ///< what a client sends back as Last-Event-ID
  std::string event{};  ///< its kind; empty = "message"
  std::string data;
};

/// The open end of one client's event stream. Thread-safe; outlives the connection.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// Queues an event. False when the client is gone or so slow that its bounded buffer is full: the stream is
  /// then closed and the client comes back with Last-Event-ID.
  virtual bool send(const ServerEvent& event) = 0;
  virtual void close() = 0;
  [[nodiscard]] virtual bool is_open() const = 0;
};

/// Called once, on an I/O thread, when the stream's head is sent: subscribe here and return at once. The
/// server writes heartbeat comments; ask is_open() (or see send() fail) to learn that the client left.
using EventSubscriber = std::function<void(std::shared_ptr<EventSink>)>;

struct Response {
  int status = 200;
  std::vector<Header> headers{};
  std::string body{};
  std::unique_ptr<BodySource> source{};  ///< instead of body: streamed, chunked
  EventSubscriber events{};              ///< instead of body: text/event-stream

  /// Sets a header, replacing one of the same name.
  Response& set(std::string_view name, std::string_view value);
  /// Adds one more header of that name (Set-Cookie).
  Response& add(std::string_view name, std::string_view value);
};

/// The reason phrase of a status, "Not Found".
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace mizan::http
