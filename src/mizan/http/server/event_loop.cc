#include "mizan/http/server/event_loop.h"

#include <ctime>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/detail/socket_option.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include "mizan/http/server/connection.h"

namespace mizan::http {
namespace asio = boost::asio;
namespace {

using SystemError = boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using Tcp = asio::ip::tcp;

constexpr auto kSweepInterval = std::chrono::milliseconds(100);
constexpr int kBacklog = 4096;

std::string hex_text(std::uint32_t number) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text(8, '0');
  for (std::size_t at = text.size(); at-- > 0; number >>= 4U) text[at] = kHex[number & 15U];
  return text;
}

}  // namespace

EventLoop::EventLoop(ServerCore& core, TlsContext* tls)
    : core_(core),
      tls_(tls),
      id_prefix_(hex_text(std::random_device{}())),
      context_(std::make_unique<asio::io_context>(1)) {
  mailbox_ = std::make_shared<Mailbox>([this] { asio::post(*context_, [this] { deliver(); }); });
}

EventLoop::~EventLoop() {
  stop();
}

Result<std::uint16_t> EventLoop::listen(const std::string& address, std::uint16_t port) {
  SystemError error;
  const auto ip = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, error);
  if (error)
    return fail(ErrorCode::invalid_argument, "'" + address + "' is no address to listen on", "--listen",
                "give an IP address and a port: 127.0.0.1:7070, 0.0.0.0:80, [::]:7070");
  const Tcp::endpoint endpoint(ip, port);
  acceptor_ = std::make_unique<Acceptor>(*context_);
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_->set_option(ReusePort(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(kBacklog, error);
  if (error)
    return fail(ErrorCode::conflict, "cannot listen on port " + std::to_string(port) + ": " + error.message(),
                "--listen", "another program may use the port; choose another one");
  return acceptor_->local_endpoint().port();
}

void EventLoop::start() {
  asio::co_spawn(executor(), accept(), asio::detached);
  asio::co_spawn(executor(), sweep(), asio::detached);
  thread_ = std::thread([this] { context_->run(); });
}

Awaitable<void> EventLoop::accept() {
  while (acceptor_->is_open()) {
    SystemError error;
    Socket socket(*context_);
    co_await acceptor_->async_accept(socket, asio::redirect_error(kAwait, error));
    if (!acceptor_->is_open()) co_return;
    if (!error) {
      greet(std::move(socket));
      continue;
    }
    // Out of descriptors or memory: others must end first.
    Timer timer(executor());
    timer.expires_after(kSweepInterval);
    co_await timer.async_wait(asio::redirect_error(kAwait, error));
  }
}

void EventLoop::greet(Socket socket) {
  SystemError error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  if (core_.connections >= core_.options.limits.max_connections) {
    ++core_.shed_count;
    constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    socket.non_blocking(true, error);
    if (tls_ == nullptr) socket.write_some(asio::buffer(kFull.data(), kFull.size()), error);
    return;
  }
  socket.set_option(Tcp::no_delay(true), error);
  auto transport = tls_ != nullptr ? tls_->transport(std::move(socket)) : plain_transport(std::move(socket));
  auto connection = std::make_shared<Connection>(*this, std::move(transport), peer.address().to_string());
  asio::co_spawn(executor(), Connection::run(std::move(connection)), asio::detached);
}

Awaitable<void> EventLoop::sweep() {
  Timer timer(executor());
  while (true) {
    SystemError error;
    timer.expires_after(kSweepInterval);
    co_await timer.async_wait(asio::redirect_error(kAwait, error));
    const auto now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) connection->tick(now);
  }
}

void EventLoop::deliver() {
  for (Message& message : mailbox_->take())
    if (const auto connection = message.to.lock()) connection->take(std::move(message));
}

void EventLoop::begin_drain() {
  asio::post(*context_, [this] { drain_here(); });
}

void EventLoop::drain_here() {
  SystemError ignored;
  if (acceptor_) acceptor_->close(ignored);
  for (Connection* connection : connections_) connection->begin_drain();
}

void EventLoop::stop() {
  mailbox_->close();
  if (context_) context_->stop();
  if (thread_.joinable()) thread_.join();
  acceptor_.reset();
  context_.reset();  // and with it the coroutines and their connections
}

std::string_view EventLoop::date() {
  const std::time_t now = std::time(nullptr);
  if (now == date_second_ && !date_.empty()) return date_;
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> text;
  const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  date_.assign(text.data(), length);
  date_second_ = now;
  return date_;
}

std::string EventLoop::next_request_id() {
  return id_prefix_ + hex_text(++next_id_);
}

}  // namespace mizan::http
