// One event loop: a thread, its listening socket and its connections. Everything that it owns is touched by
// its own thread only; others leave messages in its mailbox.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include "mizan/http/server/mailbox.h"
#include "mizan/http/server/server_core.h"
#include "mizan/http/server/transport.h"

namespace mizan::http {

class Connection;
using SteadyTime = std::chrono::steady_clock::time_point;

class EventLoop {
 public:
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;

  EventLoop(ServerCore& core, TlsContext* tls);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Binds and listens; every loop of a server binds the same address, and the kernel deals connections out.
  /// @out the port
  [[nodiscard]] Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);
  void start();
  /// From any thread: no new connections, idle ones and event streams end.
  void begin_drain();
  /// From any thread: ends the thread and waits for it; what is left of connections goes.
  void stop();

  // What connections of this loop use, on its thread.
  [[nodiscard]] ServerCore& core() { return core_; }
  [[nodiscard]] const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
  [[nodiscard]] Executor executor() { return context_->get_executor(); }
  /// "Mon, 23 Nov 2026 08:49:37 GMT", made once a second.
  [[nodiscard]] std::string_view date();
  [[nodiscard]] std::string next_request_id();
  void enter(Connection* connection) { connections_.insert(connection); }
  void leave(Connection* connection) { connections_.erase(connection); }

 private:
  Awaitable<void> accept();
  Awaitable<void> sweep();
  void greet(Socket socket);
  void deliver();
  void drain_here();

  ServerCore& core_;
  TlsContext* tls_;
  std::shared_ptr<Mailbox> mailbox_;
  std::unordered_set<Connection*> connections_;
  std::string date_;
  std::int64_t date_second_ = 0;
  std::string id_prefix_;
  std::uint32_t next_id_ = 0;
  std::unique_ptr<boost::asio::io_context> context_;
  std::unique_ptr<Acceptor> acceptor_;
  std::thread thread_;
};

}  // namespace mizan::http
