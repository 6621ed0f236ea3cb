#include "mizan/http/server/server.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "mizan/http/server/event_loop.h"

namespace mizan::http {
namespace {

std::size_t core_count() {
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

constexpr std::size_t kFewestBlockingThreads = 8;

// Loops share their port, so the kernel would let a second server share it too: ask first whether anybody
// listens.
Result<void> check_port_free(const std::string& address, std::uint16_t port) {
  if (port == 0) return {};
  boost::system::error_code error;
  const auto ip = boost::asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, error);
  if (error) return {};  // listen() says what is wrong
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor probe(context);
  const boost::asio::ip::tcp::endpoint endpoint(ip, port);
  probe.open(endpoint.protocol(), error);
  if (!error) probe.set_option(boost::asio::socket_base::reuse_address(true), error);
  if (!error) probe.bind(endpoint, error);
  if (!error) return {};
  return fail(ErrorCode::conflict, "cannot listen on port " + std::to_string(port) + ": " + error.message(),
              "--listen", "another program, perhaps another mizan serve, has the port; choose another one");
}

}  // namespace

struct Server::State {
  State(ServerOptions options, Application application, std::size_t blocking_threads)
      : core(std::move(options), std::move(application), blocking_threads) {}

  ~State() {
    loops.clear();  // their connections tell waiting uploads that nothing more comes
    core.blocking.stop();
    core.uploads.stop();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ServerCore core;
  std::unique_ptr<TlsContext> tls;
  std::vector<std::unique_ptr<EventLoop>> loops;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Application application) {
  const std::size_t io_threads = options.io_threads != 0 ? options.io_threads : core_count();
  const std::size_t blocking_threads = options.blocking_threads != 0
                                           ? options.blocking_threads
                                           : std::max(kFewestBlockingThreads, 2 * core_count());
  auto state = std::make_unique<State>(std::move(options), std::move(application), blocking_threads);
  const ServerOptions& kept = state->core.options;
  if (kept.tls) {
    MIZAN_TRY(state->tls, TlsContext::load(*kept.tls));
  }
  MIZAN_CHECK_OK(check_port_free(kept.address, kept.port));
  state->port = kept.port;
  for (std::size_t each = 0; each < io_threads; ++each) {
    auto& loop = state->loops.emplace_back(std::make_unique<EventLoop>(state->core, state->tls.get()));
    MIZAN_TRY(state->port, loop->listen(kept.address, state->port));
  }
  for (const auto& loop : state->loops) loop->start();
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const {
  return state_->port;
}

ServerGauges Server::gauges() const {
  const ServerCore& core = state_->core;
  return {.connections = core.connections,
          .in_flight = core.in_flight,
          .queued_blocking = core.blocking.queued_count(),
          .busy_blocking = core.blocking.busy_count() + core.uploads.busy_count(),
          .event_streams = core.event_streams,
          .buffered_bytes = core.buffered_bytes,
          .shed_count = core.shed_count};
}

bool Server::drain(std::chrono::milliseconds deadline) {
  state_->core.is_draining = true;
  for (const auto& loop : state_->loops) loop->begin_drain();
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (state_->core.connections > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const bool is_finished = state_->core.connections == 0;
  for (const auto& loop : state_->loops) loop->stop();
  return is_finished;
}

}  // namespace mizan::http
