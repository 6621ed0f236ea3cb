#include "mizan/http/server/connection.h"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>

#include "mizan/http/server/gzip.h"
#include "mizan/http/server/response_coding.h"

namespace mizan::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kFirstBufferBytes = 4 * 1024;
constexpr std::size_t kUploadBufferBytes = 64 * 1024;
constexpr std::size_t kPipeBytes = 256 * 1024;
constexpr std::size_t kDiscardLimitBytes =
    64 * 1024;  // of an unwanted body, read so that the connection can stay
constexpr std::size_t kMaxRequestIdLength = 64;

bool is_sane_request_id(std::string_view id) {
  return !id.empty() && id.size() <= kMaxRequestIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace

Connection::Connection(EventLoop& loop, std::unique_ptr<Transport> transport, std::string peer_address)
    : loop_(loop),
      transport_(std::move(transport)),
      peer_address_(std::move(peer_address)),
      parser_(loop.core().options.limits.max_head_bytes),
      buffer_(kFirstBufferBytes),
      timer_(loop.executor()) {
  ++loop_.core().connections;
  loop_.enter(this);
}

Connection::~Connection() {
  if (pipe_) pipe_->fail_with({ErrorCode::cancelled, "the client went away"});
  if (events_) events_->close();
  loop_.leave(this);
  --loop_.core().connections;
}

Awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  self->set_deadline(self->limits().head_timeout);
  if (co_await self->transport_->open()) {
    bool goes_on = true;
    while (goes_on) goes_on = co_await self->serve_one();
  }
  self->transport_->close();
}

Awaitable<bool> Connection::serve_one() {
  if (!co_await read_head()) co_return false;
  is_idle_ = false;
  clear_deadline();
  started_ = std::chrono::steady_clock::now();
  sent_bytes_ = 0;
  ++exchange_;
  answer_.reset();
  facts_ = parser_.facts();
  keeps_alive_ = facts_.keeps_alive;
  Result<Request> request = parser_.request();
  if (!request) {
    begin_unreadable_request();
    co_return co_await refuse(request.error());
  }
  method_ = request->method;
  target_ = request->target.substr(0, request->target.find('?'));
  const auto given_id = request->header("x-request-id");
  request_id_ = given_id && is_sane_request_id(*given_id) ? std::string(*given_id) : loop_.next_request_id();
  request->request_id = request_id_;
  request->peer_address = peer_address_;
  request->is_secure = transport_->is_secure();
  Plan plan = loop_.core().application.plan(*request);
  operation_ = plan.operation;
  co_return co_await serve(*std::move(request), std::move(plan));
}

// False: there will be no further request.
Awaitable<bool> Connection::read_head() {
  parser_.reset();
  bool has_begun = begin_ != end_;
  is_idle_ = !has_begun;
  set_deadline(has_begun || exchange_ == 0 ? limits().head_timeout : limits().idle_timeout);
  while (true) {
    if (begin_ != end_) {
      if (!std::exchange(has_begun, true)) {
        is_idle_ = false;
        set_deadline(limits().head_timeout);
      }
      const auto progress = parser_.feed_head(unread());
      if (!progress) {
        begin_unreadable_request();
        co_return co_await refuse(progress.error());
      }
      begin_ += progress->consumed;
      if (parser_.has_head()) co_return true;
    }
    if (is_idle_ && loop_.core().is_draining) co_return false;
    if (co_await read_more(limits().max_head_bytes + kFirstBufferBytes) > 0) continue;
    if (!has_begun || !is_timed_out_) co_return false;
    begin_unreadable_request();
    const Error error{ErrorCode::request_timeout, "the request's head did not arrive in time"};
    co_return co_await refuse(error);
  }
}

// A head that is no request still gets an answer, an id and a line in the log.
void Connection::begin_unreadable_request() {
  method_ = Method::other;
  operation_ = {};
  target_.clear();
  request_id_ = loop_.next_request_id();
  started_ = std::chrono::steady_clock::now();
  keeps_alive_ = false;
}

// Appends what the client sends next; 0 when nothing more comes, or not in time.
Awaitable<std::size_t> Connection::read_more(std::size_t capacity_bytes) {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == buffer_.size() && begin_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= std::exchange(begin_, 0);
  }
  if (end_ == buffer_.size())
    buffer_.resize(std::min(std::max(buffer_.size() * 2, kFirstBufferBytes), capacity_bytes));
  if (end_ >= buffer_.size()) co_return 0;  // framing that does not fit: the client plays tricks
  const std::size_t count = co_await transport_->read({buffer_.data() + end_, buffer_.size() - end_});
  end_ += count;
  co_return count;
}

// Why the body need not even be read.
std::optional<Error> Connection::body_refusal(const Plan& plan) const {
  if (facts_.content_length.value_or(0) > plan.body_limit_bytes)
    return Error{ErrorCode::body_too_large,
                 "the body may be at most " + std::to_string(plan.body_limit_bytes) + " bytes long", "body"};
  return std::nullopt;
}

Awaitable<bool> Connection::serve(Request request, Plan plan) {
  ServerCore& core = loop_.core();
  GaugeShare in_flight(core.in_flight), buffered(core.buffered_bytes);
  if (!in_flight.take(1, limits().max_in_flight)) {
    const Error error{
        ErrorCode::overloaded, "too many requests are being served", {}, "try again in a second"};
    keeps_alive_ = keeps_alive_ && !parser_.is_done() ? false : keeps_alive_;
    co_return co_await refuse(error);
  }
  if (plan.refusal) {
    const bool is_clean = co_await discard_body();
    keeps_alive_ = keeps_alive_ && is_clean;
    co_return co_await answer(std::move(*plan.refusal));
  }
  const std::string_view coding = request.header("content-encoding").value_or("identity");
  std::optional<Error> refusal = body_refusal(plan);
  if (!facts_.is_gzip && coding != "identity" && !coding.empty())
    refusal = Error{ErrorCode::unsupported_media_type, "the only Content-Encoding understood is gzip",
                    "Content-Encoding"};
  if (refusal) {
    keeps_alive_ = keeps_alive_ && parser_.is_done();
    co_return co_await refuse(*refusal);
  }
  if (facts_.expects_continue && facts_.has_body && begin_ == end_) {
    set_deadline(limits().write_timeout);
    if (!co_await transport_->write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return false;
  }
  if (plan.run_on == RunOn::upload) {
    co_await run_upload(std::move(request), plan);
  } else {
    if (facts_.has_body && !co_await read_body(request, plan.body_limit_bytes, buffered)) co_return false;
    if (!answer_) dispatch(std::move(request), plan);
    co_await wait_for_answer();
  }
  if (!answer_) co_return false;  // cut
  Response response = *std::move(answer_);
  answer_.reset();
  co_return co_await answer(std::move(response));
}

// Reads the whole body. True: it is there, or answer_ says why not. False: the client is gone.
Awaitable<bool> Connection::read_body(Request& request, std::size_t limit_bytes, GaugeShare& buffered) {
  std::string& body = request.body;
  std::optional<Error> error;
  const SteadyTime since = std::chrono::steady_clock::now();
  while (!parser_.is_done() && !error) {
    if (begin_ == end_) {
      expect_bytes(since, body.size());
      if (co_await read_more(kUploadBufferBytes) == 0) {
        if (!is_timed_out_) co_return false;
        error = Error{ErrorCode::request_timeout, "the body did not arrive in time", "body"};
        break;
      }
    }
    const std::size_t old_size = body.size();
    body.resize(old_size + (end_ - begin_));
    const auto progress = parser_.feed_body(unread(), {body.data() + old_size, end_ - begin_});
    body.resize(old_size + (progress ? progress->produced : 0));
    if (!progress) {
      error = progress.error();
    } else if (body.size() > limit_bytes) {
      error = Error{ErrorCode::body_too_large,
                    "the body may be at most " + std::to_string(limit_bytes) + " bytes long", "body"};
    } else if (!buffered.take(progress->produced, limits().max_buffered_bytes)) {
      error = Error{
          ErrorCode::overloaded, "the server holds as many bodies as it may", {}, "try again in a second"};
    } else {
      begin_ += progress->consumed;
      if (progress->consumed == 0 && co_await read_more(kUploadBufferBytes) == 0) co_return false;
    }
  }
  clear_deadline();
  if (error) {
    keeps_alive_ = false;
    answer_ = problem_response(*error);
  }
  co_return true;
}

// Reads a short body that nobody wants. False: it is not short, so the connection cannot be used again.
Awaitable<bool> Connection::discard_body() {
  if (parser_.is_done()) co_return true;
  if (facts_.expects_continue || facts_.content_length.value_or(kDiscardLimitBytes + 1) > kDiscardLimitBytes)
    co_return false;
  std::string unwanted;
  set_deadline(limits().head_timeout);
  while (!parser_.is_done()) {
    if (begin_ == end_ && co_await read_more(kUploadBufferBytes) == 0) co_return false;
    unwanted.resize(end_ - begin_);
    const auto progress = parser_.feed_body(unread(), unwanted);
    if (!progress || progress->consumed == 0) co_return false;
    begin_ += progress->consumed;
  }
  clear_deadline();
  co_return true;
}

void Connection::dispatch(Request request, const Plan& plan) {
  ServerCore& core = loop_.core();
  const bool is_direct = plan.run_on == RunOn::event_loop;
  const Responder respond = responder(!is_direct);
  HandlerRun run{plan.handler, plan.body_limit_bytes, facts_.is_gzip, &core.application};
  if (is_direct) {
    run_handler(run, std::move(request), respond);
    return;
  }
  auto work = [run = std::move(run), shared = std::make_shared<Request>(std::move(request)), respond] {
    run_handler(run, std::move(*shared), respond);
  };
  if (core.blocking.try_add(std::move(work))) return;
  answer_ =
      problem_response({ErrorCode::overloaded, "too many requests are waiting", {}, "try again in a second"});
}

Awaitable<void> Connection::run_upload(Request request, const Plan& plan) {
  pipe_ = std::make_shared<BodyPipe>(kPipeBytes, waker());
  request.body_reader = std::make_shared<DecodingReader>(pipe_, facts_.is_gzip, plan.body_limit_bytes);
  ServerCore& core = loop_.core();
  const Responder respond = responder(true);
  HandlerRun run{plan.handler, plan.body_limit_bytes, false, &core.application};
  auto work = [run = std::move(run), shared = std::make_shared<Request>(std::move(request)), respond] {
    run_handler(run, std::move(*shared), respond);
  };
  if (!core.uploads.try_add(std::move(work))) {
    keeps_alive_ = false;
    answer_ = problem_response(
        {ErrorCode::overloaded, "as many imports as may are running", {}, "try again in a minute"});
  } else {
    co_await pump_upload();
  }
  if (!parser_.is_done()) keeps_alive_ = false;
  pipe_->fail_with({ErrorCode::cancelled, "the request has been answered already"});
  pipe_.reset();
  buffer_.resize(std::max(end_, kFirstBufferBytes));
}

// Moves the body from the socket to the pipe, never faster than the handler reads it.
Awaitable<void> Connection::pump_upload() {
  std::string piece;
  bool is_broken = false;
  SteadyTime since = std::chrono::steady_clock::now();
  std::size_t received_bytes = 0;  // since then
  while (!answer_ && !is_cut_) {
    if (parser_.is_done()) pipe_->finish();
    if (parser_.is_done() || is_broken || !pipe_->has_room()) {
      clear_deadline();
      co_await wait();
      since = std::chrono::steady_clock::now();  // the client is not to blame for this wait
      received_bytes = 0;
      continue;
    }
    if (begin_ != end_) {
      piece.resize(end_ - begin_);
      const auto progress = parser_.feed_body(unread(), piece);
      is_broken = !progress;
      if (!progress) {
        pipe_->fail_with(progress.error());
        continue;
      }
      begin_ += progress->consumed;
      if (progress->produced > 0) pipe_->write({piece.data(), progress->produced});
      if (progress->consumed > 0) continue;
    }
    expect_bytes(since, received_bytes);
    is_reading_upload_ = true;
    const std::size_t count = co_await read_more(kUploadBufferBytes);
    is_reading_upload_ = false;
    received_bytes += count;
    if (count > 0 || answer_) continue;
    is_broken = true;
    pipe_->fail_with(is_timed_out_
                         ? Error{ErrorCode::request_timeout, "the body did not arrive in time", "body"}
                         : Error{ErrorCode::cancelled, "the client went away"});
  }
  clear_deadline();
}

Responder Connection::responder(bool may_compress) {
  const bool compresses = may_compress && facts_.accepts_gzip && method_ != Method::head;
  return Responder([mailbox = loop_.mailbox(), self = weak_from_this(), exchange = exchange_,
                    compresses](Response response) {
    if (compresses) compress(response);
    mailbox->put({self, exchange, std::move(response)});
  });
}

std::function<void()> Connection::waker() {
  return [mailbox = loop_.mailbox(), self = weak_from_this(), exchange = exchange_] {
    mailbox->put({self, exchange});
  };
}

void Connection::take(Message message) {
  if (message.exchange != exchange_) return;
  if (auto* response = std::get_if<Response>(&message.content)) answer_ = std::move(*response);
  if (auto* piece = std::get_if<Piece>(&message.content)) piece_ = std::move(*piece);
  if (answer_ && is_reading_upload_) transport_->cancel();  // answered early: what still comes is not wanted
  wake();
}

// A body has its time-out, and a second more for every min_bytes_per_second that came.
void Connection::expect_bytes(SteadyTime since, std::size_t received_bytes) {
  const std::size_t rate = std::max<std::size_t>(limits().min_bytes_per_second, 1);
  deadline_ = since + limits().body_timeout + std::chrono::milliseconds(received_bytes * 1000 / rate);
}

void Connection::wake() {
  is_awake_ = true;
  timer_.cancel();
}

Awaitable<void> Connection::wait() {
  if (!is_awake_) {
    boost::system::error_code ignored;
    timer_.expires_at(SteadyTime::max());
    co_await timer_.async_wait(asio::redirect_error(kAwait, ignored));
  }
  is_awake_ = false;
}

Awaitable<void> Connection::wait_for_answer() {
  while (!answer_ && !is_cut_) co_await wait();
}

void Connection::tick(SteadyTime now) {
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + limits().heartbeat;
    is_heartbeat_due_ = true;
    wake();
  }
  if (now < deadline_) return;
  if (std::exchange(is_timed_out_, true)) {
    cut();
    return;
  }
  set_deadline(std::chrono::seconds(2));  // to say so to the client
  transport_->cancel();
}

void Connection::begin_drain() {
  if (is_idle_) transport_->cancel();
  if (events_) events_->close();
}

void Connection::cut() {
  is_cut_ = true;
  clear_deadline();
  transport_->close();
  wake();
}

}  // namespace mizan::http
