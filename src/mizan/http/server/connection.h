// One client's connection: reads heads and bodies, hands requests to the application, writes answers, and
// keeps time. All of it runs on the connection's event loop.
//
//   idle ──bytes──▶ head ──plan──▶ body ──▶ handler ──▶ answer ──▶ idle          a deadline for each but the
//   handler
//     └─time-out, end, drain─▶ closed ◀── an unread body, Connection: close, a failure ──┘
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/http/server/body_pipe.h"
#include "mizan/http/server/event_loop.h"
#include "mizan/http/server/event_queue.h"
#include "mizan/http/server/request_parser.h"

namespace mizan::http {

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(EventLoop& loop, std::unique_ptr<Transport> transport, std::string peer_address);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Serves the connection to its end, keeping it alive.
  static Awaitable<void> run(std::shared_ptr<Connection> self);

  // From the event loop.
  void take(Message message);
  /// Ends what is past its deadline; sends heartbeats.
  void tick(SteadyTime now);
  void begin_drain();
  /// Closes at once, whatever is going on.
  void cut();

 private:
  // connection.cc: requests
  Awaitable<bool> serve_one();
  Awaitable<bool> read_head();
  Awaitable<bool> serve(Request request, Plan plan);
  Awaitable<bool> read_body(Request& request, std::size_t limit_bytes, GaugeShare& buffered);
  Awaitable<void> run_upload(Request request, const Plan& plan);
  Awaitable<void> pump_upload();
  Awaitable<bool> discard_body();
  Awaitable<void> wait_for_answer();
  Awaitable<void> wait();
  Awaitable<std::size_t> read_more(std::size_t capacity_bytes);
  void dispatch(Request request, const Plan& plan);
  [[nodiscard]] Responder responder(bool may_compress);
  [[nodiscard]] std::function<void()> waker();
  [[nodiscard]] std::optional<Error> body_refusal(const Plan& plan) const;

  // connection_answer.cc: answers
  Awaitable<bool> answer(Response response);
  Awaitable<bool> refuse(Error error);
  Awaitable<bool> write_whole(const Response& response, std::string head);
  Awaitable<bool> write_stream(Response response, std::string head);
  Awaitable<bool> write_events(const EventSubscriber& subscriber, std::string head);
  static Awaitable<void> watch_peer(std::shared_ptr<Connection> self, std::shared_ptr<EventQueue> queue);
  Awaitable<bool> write(std::string_view first, std::string_view second);
  Awaitable<void> linger();
  void ask_for_piece(std::shared_ptr<BodySource> source);
  [[nodiscard]] std::string head_text(const Response& response, std::string_view framing) const;
  [[nodiscard]] Response problem_response(const Error& error) const;
  void report(int status);
  void begin_unreadable_request();

  void set_deadline(std::chrono::milliseconds span) { deadline_ = std::chrono::steady_clock::now() + span; }
  void expect_bytes(SteadyTime since, std::size_t received_bytes);
  void clear_deadline() { deadline_ = SteadyTime::max(); }
  void wake();
  [[nodiscard]] std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  [[nodiscard]] const ServerLimits& limits() const { return loop_.core().options.limits; }

  EventLoop& loop_;
  std::unique_ptr<Transport> transport_;
  const std::string peer_address_;
  RequestParser parser_;
  std::vector<char> buffer_;  // [begin_, end_) has come and is not yet understood
  std::size_t begin_ = 0, end_ = 0;

  // Of the request being served.
  std::uint64_t exchange_ = 0;
  MessageFacts facts_;
  Method method_ = Method::get;
  std::string_view operation_;
  std::string target_, request_id_;
  SteadyTime started_{};
  std::uint64_t sent_bytes_ = 0;
  bool keeps_alive_ = false;
  std::shared_ptr<BodyPipe> pipe_;
  std::shared_ptr<EventQueue> events_;
  std::optional<Response> answer_;
  std::optional<Piece> piece_;

  // Time and waiting.
  EventLoop::Timer timer_;  // never fires; cancelled to wake the coroutine
  bool is_awake_ = false;
  bool is_idle_ = false;
  bool is_reading_upload_ = false;
  bool is_timed_out_ = false;
  bool is_cut_ = false;
  bool is_heartbeat_due_ = false;
  SteadyTime deadline_ = SteadyTime::max();
  SteadyTime next_heartbeat_ = SteadyTime::max();
};

}  // namespace mizan::http
