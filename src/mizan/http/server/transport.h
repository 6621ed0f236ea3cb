// The bytes of one connection, plain or over TLS. One of the few headers that see Asio; included by the
// sources of this folder only.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "mizan/base/result.h"
#include "mizan/http/server/server.h"

namespace mizan::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
template <class T>
using Awaitable = boost::asio::awaitable<T, Executor>;
inline constexpr boost::asio::use_awaitable_t<Executor> kAwait{};

/// Belongs to one event loop. At most one read and one write at a time.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// The handshake, where there is one. False: it failed.
  virtual Awaitable<bool> open() = 0;
  /// The next bytes; 0 when the peer has ended, the connection failed, or cancel() was called.
  virtual Awaitable<std::size_t> read(std::span<char> buffer) = 0;
  /// All of both texts, in order; both must live until then.
  virtual Awaitable<bool> write(std::string_view first, std::string_view second) = 0;
  /// Tells the peer that nothing more will come.
  virtual Awaitable<void> end_writing() = 0;
  /// Ends what waits; the connection can still be used if nothing was cut (TLS: only to be closed).
  virtual void cancel() = 0;
  virtual void close() = 0;
  [[nodiscard]] virtual bool is_secure() const = 0;
};

[[nodiscard]] std::unique_ptr<Transport> plain_transport(Socket socket);

/// Certificate and key of a server; makes TLS transports.
class TlsContext {
 public:
  /// @errors invalid_argument: files that cannot be read or do not fit each other
  [[nodiscard]] static Result<std::unique_ptr<TlsContext>> load(const TlsFiles& files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] std::unique_ptr<Transport> transport(Socket socket);

 private:
  struct State;
  explicit TlsContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
