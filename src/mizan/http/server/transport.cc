#include "mizan/http/server/transport.h"

#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace mizan::http {
namespace asio = boost::asio;
namespace {

using ErrorCodeOfSystem = boost::system::error_code;

std::array<asio::const_buffer, 2> buffers_of(std::string_view first, std::string_view second) {
  return {asio::const_buffer(first.data(), first.size()), asio::const_buffer(second.data(), second.size())};
}

void close_socket(Socket& socket) {
  ErrorCodeOfSystem ignored;
  socket.close(ignored);
}

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(Socket socket) : socket_(std::move(socket)) {}

  Awaitable<bool> open() override { co_return true; }

  Awaitable<std::size_t> read(std::span<char> buffer) override {
    ErrorCodeOfSystem error;
    const std::size_t count = co_await socket_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                                               asio::redirect_error(kAwait, error));
    co_return error ? 0 : count;
  }

  Awaitable<bool> write(std::string_view first, std::string_view second) override {
    ErrorCodeOfSystem error;
    co_await asio::async_write(socket_, buffers_of(first, second), asio::redirect_error(kAwait, error));
    co_return !error;
  }

  Awaitable<void> end_writing() override {
    ErrorCodeOfSystem ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    co_return;
  }

  void cancel() override {
    ErrorCodeOfSystem ignored;
    socket_.cancel(ignored);
  }
  void close() override { close_socket(socket_); }
  [[nodiscard]] bool is_secure() const override { return false; }

 private:
  Socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(Socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {}

  Awaitable<bool> open() override {
    ErrorCodeOfSystem error;
    co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(kAwait, error));
    co_return !error;
  }

  Awaitable<std::size_t> read(std::span<char> buffer) override {
    ErrorCodeOfSystem error;
    const std::size_t count = co_await stream_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                                               asio::redirect_error(kAwait, error));
    co_return error ? 0 : count;
  }

  Awaitable<bool> write(std::string_view first, std::string_view second) override {
    ErrorCodeOfSystem error;
    // TLS makes one record of one buffer: a short answer goes out as one.
    if (first.size() + second.size() <= kOneRecordBytes) {
      record_.assign(first).append(second);
      co_await asio::async_write(stream_, asio::buffer(record_), asio::redirect_error(kAwait, error));
    } else {
      co_await asio::async_write(stream_, buffers_of(first, second), asio::redirect_error(kAwait, error));
    }
    co_return !error;
  }

  Awaitable<void> end_writing() override {
    ErrorCodeOfSystem ignored;
    co_await stream_.async_shutdown(asio::redirect_error(kAwait, ignored));
  }

  void cancel() override {
    ErrorCodeOfSystem ignored;
    stream_.next_layer().cancel(ignored);
  }
  void close() override { close_socket(stream_.next_layer()); }
  [[nodiscard]] bool is_secure() const override { return true; }

 private:
  static constexpr std::size_t kOneRecordBytes = 16 * 1024;
  asio::ssl::stream<Socket> stream_;
  std::string record_;
};

}  // namespace

std::unique_ptr<Transport> plain_transport(Socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

struct TlsContext::State {
  asio::ssl::context context{asio::ssl::context::tls_server};
};

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::load(const TlsFiles& files) {
  auto state = std::make_unique<State>();
  asio::ssl::context& context = state->context;
  ErrorCodeOfSystem error;
  context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression,
                      error);
  context.use_certificate_chain_file(files.certificate_file, error);
  if (error)
    return fail(ErrorCode::invalid_argument, "the TLS certificate cannot be used: " + error.message(),
                files.certificate_file, "give a PEM file with the whole chain");
  context.use_private_key_file(files.key_file, asio::ssl::context::pem, error);
  if (error)
    return fail(ErrorCode::invalid_argument, "the TLS key cannot be used: " + error.message(), files.key_file,
                "give the PEM file of the certificate's own key, without a password");
  return std::unique_ptr<TlsContext>(new TlsContext(std::move(state)));
}

std::unique_ptr<Transport> TlsContext::transport(Socket socket) {
  return std::make_unique<TlsTransport>(std::move(socket), state_->context);
}

}  // namespace mizan::http
