// One keep-alive HTTP/1.1 connection of a simulated client: sends one request at a time, reads its answer,
// connects when it must. Bare sockets, so that what is measured is the server.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace mizan::load {

/// What came back. status 0: nothing did, and `body` says why.
struct Reply {
  int status = 0;
  int retry_after_seconds = 0;
  std::string body{};
};

/// Belongs to one event loop. Outlives its loop's handlers: destroy it after the loop has stopped.
class Connection {
 public:
  using Done = std::function<void(Reply)>;
  Connection(boost::asio::io_context& loop, boost::asio::ip::tcp::endpoint server);

  /// Sends the bytes of a whole request, connecting first when there is no connection, and tells `done` once.
  void send(std::string request, Done done);
  /// Cuts a request that was sent before `limit`; its `done` is told "timeout".
  void cut_if_older(std::chrono::steady_clock::time_point limit);
  [[nodiscard]] int connect_count() const { return connect_count_; }

 private:
  void connect();
  void write();
  void read();
  void on_read(std::size_t count);
  void finish(Reply reply);
  void fail(std::string_view reason);

  boost::asio::ip::tcp::socket socket_;
  boost::asio::ip::tcp::endpoint server_;
  std::string request_, received_;
  Done done_{};
  std::chrono::steady_clock::time_point sent_at_{};
  int connect_count_ = 0;
  bool timed_out_ = false;
};

/// Where an answer ends in what was received, and what it says; npos while it is not complete.
struct ParsedReply {
  std::size_t length = std::string_view::npos;
  bool keep_alive = true;
  Reply reply{};
};
[[nodiscard]] ParsedReply parse_reply(std::string_view received);

}  // namespace mizan::load
