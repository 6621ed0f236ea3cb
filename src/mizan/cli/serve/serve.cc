#include "mizan/cli/serve/serve.h"

#include <atomic>
#include <charconv>
#include <chrono>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mizan/app/accounts/set_up.h"
#include "mizan/app/background/platform_chores.h"
#include "mizan/app/events/event_chores.h"
#include "mizan/app/events/webhook_settings.h"
#include "mizan/app/open_service.h"
#include "mizan/http/front_door.h"
#include "mizan/http/log.h"
#include "mizan/http/resources/api.h"
#include "mizan/http/resources/service.h"

namespace mizan::cli {
namespace {

// SIGTERM and SIGINT, held back in every thread and taken by wait().
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  int wait() const {
    int signal_number = 0;
    sigwait(&signals_, &signal_number);
    return signal_number;
  }
  // A signal that comes within the span, or nothing.
  [[nodiscard]] bool comes_within(std::chrono::milliseconds span) const {
    const timespec patience{0, std::chrono::nanoseconds(span).count()};
    return sigtimedwait(&signals_, nullptr, &patience) > 0;
  }

 private:
  sigset_t signals_{};
};

// While requests finish, a second signal ends the program at once: what was acknowledged is on disk. Some
// senders signal twice within a moment (timeout(1) does), which still means once.
class ImpatienceWatch {
 public:
  explicit ImpatienceWatch(const StopSignals& signals)
      : thread_([this, &signals] {
          const auto begun = std::chrono::steady_clock::now();
          while (!is_over_)
            if (signals.comes_within(std::chrono::milliseconds(50)) &&
                std::chrono::steady_clock::now() - begun > std::chrono::seconds(1))
              _exit(kInterrupted);
        }) {}
  ~ImpatienceWatch() {
    is_over_ = true;
    thread_.join();
  }
  ImpatienceWatch(const ImpatienceWatch&) = delete;
  ImpatienceWatch& operator=(const ImpatienceWatch&) = delete;

 private:
  static constexpr int kInterrupted = 130;
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

Result<Endpoint> endpoint_of(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  Endpoint endpoint;
  const std::string_view port =
      std::string_view(listen).substr(colon == std::string::npos ? listen.size() : colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
  if (colon == std::string::npos || error != std::errc() || end != port.data() + port.size())
    return fail(ErrorCode::invalid_argument, "'" + listen + "' is no address with a port", "--listen",
                "such as 127.0.0.1:7070, 0.0.0.0:80 or [::]:7070");
  endpoint.address = listen.substr(0, colon);
  if (endpoint.address.starts_with('[') && endpoint.address.ends_with(']'))
    endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
  return endpoint;
}

Result<http::ServerOptions> server_options(const ServeSettings& settings) {
  MIZAN_TRY(const Endpoint endpoint, endpoint_of(settings.listen));
  http::ServerOptions options;
  options.address = endpoint.address;
  options.port = endpoint.port;
  options.io_threads = settings.io_threads;
  options.blocking_threads = settings.request_threads;
  options.limits.max_connections = settings.max_connections;
  options.limits.max_in_flight = settings.max_requests;
  options.limits.max_queued_blocking = settings.max_waiting_requests;
  if (settings.tls_certificate.empty() != settings.tls_key.empty())
    return fail(ErrorCode::invalid_argument, "TLS needs both a certificate and its key",
                "--tls-cert, --tls-key");
  if (!settings.tls_key.empty()) options.tls = http::TlsFiles{settings.tls_certificate, settings.tls_key};
  return options;
}

Result<http::WebPolicy> web_policy(const ServeSettings& settings) {
  auto policy = http::WebPolicy::of(settings.content_origins);
  if (!policy) policy.error().where = "--content-origins";
  return policy;
}

http::LogLevel log_level(const std::string& name) {
  if (name == "debug") return http::LogLevel::debug;
  if (name == "info") return http::LogLevel::info;
  return name == "warning" ? http::LogLevel::warning : http::LogLevel::error;
}

http::LogFormat log_format(const std::string& name) {
  const bool is_text = name == "text" || (name == "auto" && isatty(STDERR_FILENO) == 1);
  return is_text ? http::LogFormat::text : http::LogFormat::json;
}

void add_server_gauges(http::Metrics& metrics, const std::unique_ptr<http::Server>& server) {
  using Gauges = http::ServerGauges;
  const auto add = [&](const char* name, const char* help, auto Gauges::*figure) {
    metrics.add_gauge(name, help, [&server, figure] {
      return server ? static_cast<double>(server->gauges().*figure) : 0.0;
    });
  };
  add("mizan_http_connections", "Open connections.", &Gauges::connections);
  add("mizan_http_requests_in_flight", "Requests between head and answer.", &Gauges::in_flight);
  add("mizan_http_requests_waiting", "Requests that wait for a thread.", &Gauges::queued_blocking);
  add("mizan_http_threads_busy", "Threads that run a blocking request.", &Gauges::busy_blocking);
  add("mizan_http_event_streams", "Open streams of events.", &Gauges::event_streams);
  add("mizan_http_buffered_bytes", "Bytes of whole bodies held in memory.", &Gauges::buffered_bytes);
  metrics.add_counter("mizan_http_shed_total", "Requests refused because the server was full.",
                      [&server] { return server ? static_cast<double>(server->gauges().shed_count) : 0.0; });
}

void set_up_events(app::Service& service, const ServeSettings& settings) {
  service.shared<app::WebhookSettings>().set({.allows_private = settings.allows_private_webhooks});
  service.shared<app::EventKeeping>().keep_days = settings.keep_events_days;
}

// Everything that serves, in the order in which it is made; it goes in reverse.
struct Doors {
  Doors(app::Service& service_, const ServeSettings& settings)
      : service(service_),
        log(log_format(settings.log_format), log_level(settings.log_level)),
        chores([this](std::string_view chore, const Error& error) {
          metrics.count_chore_error(chore);
          log.error("chore_failed", error);
        }) {
    http::add_service_routes(router, {.service = service,
                                      .metrics = metrics,
                                      .is_draining = is_draining,
                                      .has_open_metrics = settings.has_open_metrics});
    http::add_api_routes(router, service);
    add_server_gauges(metrics, server);
  }

  Result<void> open(const ServeSettings& settings) {
    MIZAN_TRY(const http::ServerOptions options, server_options(settings));
    http::FrontDoorOptions door_options;
    door_options.per_caller = {.per_second = settings.requests_per_second,
                               .burst = 2 * settings.requests_per_second};
    door_options.trusts_proxy = settings.is_behind_proxy;
    door_options.has_tls = options.tls.has_value();
    MIZAN_TRY(door_options.web_policy, web_policy(settings));
    front_door = std::make_unique<http::FrontDoor>(
        http::FrontDoorParts{.service = service, .router = router, .metrics = metrics, .log = log},
        door_options);
    MIZAN_TRY(server, http::Server::start(options, front_door->application()));
    set_up_events(service, settings);
    for (app::Chore& chore : app::platform_chores(service)) chores.start(std::move(chore));
    return {};
  }

  bool close(std::chrono::seconds deadline) {
    is_draining = true;
    const bool is_finished = server->drain(deadline);
    chores.stop();
    server.reset();
    return is_finished;
  }

  app::Service& service;
  http::Log log;
  http::Metrics metrics;
  std::atomic<bool> is_draining{false};
  http::Router router;
  std::unique_ptr<http::FrontDoor> front_door;
  std::unique_ptr<http::Server> server;
  app::Chores chores;
};

void greet(const ServeSettings& settings, const Doors& doors) {
  const char* scheme = settings.tls_key.empty() ? "http" : "https";
  const std::string address = settings.listen.substr(0, settings.listen.rfind(':'));
  const std::string shown = address == "0.0.0.0" || address == "[::]" ? "localhost" : address;
  const std::string base = fmt::format("{}://{}:{}", scheme, shown, doors.server->port());
  fmt::print("Mizan {} serves {}\n  API reference  {}/api/docs\n", MIZAN_VERSION, base, base);
  std::fflush(stdout);
}

/// A database without an owner: says how to make one. The token is for this terminal alone, so it is not in
/// the log.
Result<void> offer_set_up(app::Service& service) {
  MIZAN_TRY(const auto token, app::make_set_up_token(service));
  if (!token) return {};
  fmt::print("  Set-up token   {}   (for a day: POST /api/v1/setup makes the first owner)\n", *token);
  std::fflush(stdout);
  return {};
}

}  // namespace

Result<void> serve(const ServeSettings& settings) {
  const StopSignals stop_signals;
  raise_descriptor_limit();
  MIZAN_TRY(const auto opened,
            app::OpenService::open({.database = settings.database,
                                    .database_options = {.writers = settings.database_connections},
                                    .migrations = settings.is_without_migration ? app::Migrations::check
                                                                                : app::Migrations::apply,
                                    .must_exist = false}));
  Doors doors(opened->service(), settings);
  MIZAN_CHECK_OK(doors.open(settings));
  greet(settings, doors);
  MIZAN_CHECK_OK(offer_set_up(opened->service()));
  doors.log.write(http::LogLevel::info, "server_started",
                  {{"port", static_cast<std::int64_t>(doors.server->port())}});
  stop_signals.wait();
  doors.log.write(http::LogLevel::info, "server_stopping");
  const ImpatienceWatch watch(stop_signals);
  const bool is_finished = doors.close(std::chrono::seconds(settings.drain_seconds));
  doors.log.write(is_finished ? http::LogLevel::info : http::LogLevel::warning, "server_stopped",
                  {{"requests_cut_off", static_cast<std::int64_t>(is_finished ? 0 : 1)}});
  opened->database().close();
  return {};
}

}  // namespace mizan::cli
