// An HTTP/1.1 server: one event loop per core, a bounded pool for handlers that block, limits everywhere.
// It knows nothing of Mizan: what is served comes in as one function, `Application::plan`.
//
//   accept ──▶ head ──plan()──▶ body ──▶ direct handler, on the event loop ──▶ Responder ──▶ write ──▶ next
//   head
//                                  └───▶ blocking handler, on the pool (503 when its queue is full) ──▶ ┘
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"
#include "mizan/http/server/responder.h"
#include "mizan/http/server/response.h"

namespace mizan::http {

struct TlsFiles {
  std::string certificate_file;  ///< PEM, the whole chain
  std::string key_file;          ///< PEM
};

/// Every bound of the server. Past it a client gets 413, 431, 408 or 503, never unbounded memory.
struct ServerLimits {
  std::size_t max_connections = 16'384;
  std::size_t max_in_flight = 12'288;       ///< requests between head and answer
  std::size_t max_queued_blocking = 1'024;  ///< requests that wait for the pool
  std::size_t max_uploads = 8;              ///< streamed bodies at once; each holds a thread
  std::size_t max_head_bytes = 32 * 1024;
  std::size_t max_buffered_bytes = 512UL * 1024 * 1024;  ///< whole bodies of all requests together
  std::size_t max_event_buffer_bytes = 256 * 1024;       ///< unsent events of one stream
  std::size_t min_bytes_per_second = 1024;  ///< slower bodies and readers are cut after their time-out
  std::chrono::milliseconds head_timeout{10'000};
  std::chrono::milliseconds idle_timeout{75'000};
  std::chrono::milliseconds body_timeout{30'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds heartbeat{15'000};  ///< of event streams
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;            ///< 0 = any free one; see Server::port
  std::size_t io_threads = 0;        ///< 0 = one per core
  std::size_t blocking_threads = 0;  ///< 0 = 2 per core, at least 8
  std::optional<TlsFiles> tls{};
  ServerLimits limits{};
};

/// Where a handler runs.
enum class RunOn : std::uint8_t {
  event_loop,  ///< it never blocks and answers through the Responder
  pool,        ///< it may block; the pool is bounded
  upload,      ///< it may block and pulls its body from Request::body_reader
};

using RequestHandler = std::function<void(Request, Responder)>;

/// What to do with a request whose head is known. With a refusal the body is not read at all.
struct Plan {
  std::string_view operation{};  ///< what it is called in logs and metrics; must outlive the server
  RunOn run_on = RunOn::pool;
  std::size_t body_limit_bytes = 1024 * 1024;  ///< decoded; past it 413
  RequestHandler handler{};
  std::optional<Response> refusal{};
};

/// What happened to a request, for logs and metrics; told when its answer is sent or its client is gone.
struct Served {
  std::string_view operation;  ///< of the plan; empty when there was none
  Method method;
  int status;  ///< 0 = the client went away first
  std::string_view target;
  std::string_view request_id;
  std::string_view peer_address;
  std::uint64_t sent_bytes;
  std::chrono::nanoseconds duration;
};

/// What is served. All of it is called from many threads at once.
struct Application {
  std::function<Plan(const Request& head)> plan;
  /// Makes the body of an answer that the server itself gives (400, 408, 413, 431, 500, 503).
  std::function<Response(int status, const Error& error, std::string_view request_id)> problem{};
  std::function<void(const Served&)> served{};
  /// Put on every answer that has no header of that name itself.
  std::vector<Header> standing_headers{};
};

/// A snapshot of the server's gauges.
struct ServerGauges {
  std::size_t connections, in_flight, queued_blocking, busy_blocking, event_streams, buffered_bytes;
  std::uint64_t shed_count;  ///< requests answered 503 since the start
};

/// Thread-safe. The destructor stops it.
class Server {
 public:
  /// Binds and starts to serve.
  /// @errors invalid_argument: a bad address or bad TLS files; conflict: the port is taken
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options, Application application);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] ServerGauges gauges() const;
  /// Stops accepting, lets requests in flight finish until `deadline` has passed, then cuts what is left.
  /// @out true when everything finished in time
  bool drain(std::chrono::milliseconds deadline);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
