// How a connection writes what was answered: whole, streamed, or as events.
#include <algorithm>
#include <charconv>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "mizan/http/server/connection.h"
#include "mizan/http/server/response_coding.h"

namespace mizan::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kWriteBytes = 128 * 1024;  // each such part of an answer has a time-out of its own
constexpr std::size_t kLingerBytes = 1024 * 1024;
constexpr std::string_view kLastChunk = "0\r\n\r\n";

// A line end in a header would let its writer forge another header.
void append_header(std::string& head, std::string_view name, std::string_view value) {
  const auto append_safe = [&](std::string_view text) {
    for (const char c : text)
      if (c != '\r' && c != '\n' && c != '\0') head += c;
  };
  append_safe(name);
  head += ": ";
  append_safe(value);
  head += "\r\n";
}

std::string chunk_head(std::size_t size) {
  std::string text(16, '\0');
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), size, 16);
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text + "\r\n";
}

bool has_no_body(int status) {
  return status == 204 || status == 304;
}

}  // namespace

Response Connection::problem_response(const Error& error) const {
  if (error.code == ErrorCode::overloaded) ++loop_.core().shed_count;
  return problem_of(loop_.core().application, error, request_id_);
}

Awaitable<bool> Connection::refuse(Error error) {
  Response response = problem_response(error);
  if (!parser_.is_done()) keeps_alive_ = false;
  co_return co_await answer(std::move(response));
}

std::string Connection::head_text(const Response& response, std::string_view framing) const {
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ")
      .append(std::to_string(response.status))
      .append(" ")
      .append(reason_phrase(response.status));
  head.append("\r\nDate: ").append(loop_.date()).append("\r\n");
  for (const Header& header : response.headers) append_header(head, header.name, header.value);
  for (const Header& header : loop_.core().application.standing_headers)
    if (!find_header(response.headers, header.name)) append_header(head, header.name, header.value);
  append_header(head, "X-Request-Id", request_id_);
  if (!keeps_alive_) head.append("Connection: close\r\n");
  if (keeps_alive_ && facts_.is_http_1_0) head.append("Connection: keep-alive\r\n");
  head.append(framing).append("\r\n");
  return head;
}

// True: the connection can take another request.
Awaitable<bool> Connection::answer(Response response) {
  if (response.status == 500 && response.body.empty() && response.headers.empty())
    response = problem_response({ErrorCode::internal, "a handler gave no answer"});
  if (loop_.core().is_draining) keeps_alive_ = false;
  const int status = response.status;
  bool is_sent = false;
  if (response.events && method_ != Method::head) {
    keeps_alive_ = false;
    response.set("Content-Type", "text/event-stream")
        .set("Cache-Control", "no-store")
        .set("X-Accel-Buffering", "no");
    std::string head = head_text(response, facts_.is_http_1_0 ? "" : "Transfer-Encoding: chunked\r\n");
    co_await write_events(response.events, std::move(head));
    report(status);
    co_return false;
  }
  if (response.source && method_ != Method::head) {
    if (facts_.is_http_1_0) keeps_alive_ = false;
    std::string head = head_text(response, facts_.is_http_1_0 ? "" : "Transfer-Encoding: chunked\r\n");
    is_sent = co_await write_stream(std::move(response), std::move(head));
  } else {
    std::string framing;
    const bool is_streamed = response.source || response.events;
    if (!has_no_body(status) && !is_streamed)
      framing = "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    std::string head = head_text(response, framing);
    is_sent = co_await write_whole(response, std::move(head));
  }
  report(is_sent ? status : 0);
  clear_deadline();
  const bool is_body_unread = !parser_.is_done() || begin_ != end_;
  if (is_sent && !keeps_alive_ && is_body_unread) co_await linger();
  co_return is_sent&& keeps_alive_;
}

Awaitable<bool> Connection::write(std::string_view first, std::string_view second) {
  set_deadline(limits().write_timeout);
  const bool is_written = co_await transport_->write(first, second);
  if (is_written) sent_bytes_ += first.size() + second.size();
  co_return is_written;
}

Awaitable<bool> Connection::write_whole(const Response& response, std::string head) {
  std::string_view body = response.body;
  if (method_ == Method::head || has_no_body(response.status)) body = {};
  const std::size_t first = std::min(body.size(), kWriteBytes);
  if (!co_await write(head, body.substr(0, first))) co_return false;
  body.remove_prefix(first);
  while (!body.empty()) {
    const std::size_t count = std::min(body.size(), kWriteBytes);
    if (!co_await write(body.substr(0, count), {})) co_return false;
    body.remove_prefix(count);
  }
  co_return true;
}

void Connection::ask_for_piece(std::shared_ptr<BodySource> source) {
  piece_.reset();
  const bool is_taken = loop_.core().blocking.add_urgent(
      [source = std::move(source), mailbox = loop_.mailbox(), self = weak_from_this(), exchange = exchange_] {
        Piece piece;
        try {
          const auto has_more = source->next(piece.bytes);
          piece.is_failed = !has_more;
          piece.is_last = !has_more || !*has_more;
        } catch (const std::exception&) {
          piece.is_failed = true;
        }
        mailbox->put({self, exchange, std::move(piece)});
      });
  if (!is_taken) piece_ = Piece{.bytes = {}, .is_last = false, .is_failed = true};
}

Awaitable<bool> Connection::write_stream(Response response, std::string head) {
  const std::shared_ptr<BodySource> source = std::move(response.source);
  const bool is_chunked = !facts_.is_http_1_0;
  while (true) {
    clear_deadline();
    ask_for_piece(source);
    while (!piece_ && !is_cut_) co_await wait();
    if (!piece_) co_return false;
    Piece piece = *std::move(piece_);
    if (piece.is_failed) co_return false;  // the cut tells the client that the answer is not whole
    if (is_chunked && !piece.bytes.empty()) {
      head += chunk_head(piece.bytes.size());
      piece.bytes += "\r\n";
    }
    if (is_chunked && piece.is_last) piece.bytes += kLastChunk;
    if (!co_await write(head, piece.bytes)) co_return false;
    head.clear();
    if (piece.is_last) co_return true;
  }
}

Awaitable<bool> Connection::write_events(const EventSubscriber& subscriber, std::string head) {
  GaugeShare share(loop_.core().event_streams);
  static_cast<void>(share.take(1, SIZE_MAX));
  if (!co_await write(head, {})) co_return false;
  clear_deadline();
  events_ = std::make_shared<EventQueue>(limits().max_event_buffer_bytes, waker());
  const std::shared_ptr<EventQueue> queue = events_;
  if (loop_.core().is_draining) queue->close();
  subscriber(queue);
  asio::co_spawn(loop_.executor(), watch_peer(shared_from_this(), queue), asio::detached);
  next_heartbeat_ = std::chrono::steady_clock::now() + limits().heartbeat;
  while (!is_cut_) {
    const bool is_open = queue->is_open();
    std::string bytes = queue->take();
    if (std::exchange(is_heartbeat_due_, false) && bytes.empty()) bytes = ": still here\n\n";
    if (!bytes.empty()) {
      const std::string size = facts_.is_http_1_0 ? std::string() : chunk_head(bytes.size());
      if (!facts_.is_http_1_0) bytes += "\r\n";
      if (!co_await write(size, bytes)) break;
      clear_deadline();
      continue;
    }
    if (!is_open) break;
    co_await wait();
  }
  next_heartbeat_ = SteadyTime::max();
  queue->close();
  if (!is_cut_ && !facts_.is_http_1_0) co_await write(kLastChunk, {});
  transport_->close();
  co_return true;
}

// Nothing more is expected from the client; its end is how we learn that it left.
Awaitable<void> Connection::watch_peer(std::shared_ptr<Connection> self, std::shared_ptr<EventQueue> queue) {
  std::array<char, 256> unwanted;
  while (co_await self->transport_->read(unwanted) > 0) {
  }
  queue->close();
}

// Ends our side and reads what is still under way, so that a reset does not overtake the answer.
Awaitable<void> Connection::linger() {
  set_deadline(std::chrono::seconds(2));
  co_await transport_->end_writing();
  std::size_t total = end_ - begin_;
  begin_ = end_ = 0;
  while (total < kLingerBytes && !is_timed_out_) {
    const std::size_t count = co_await transport_->read({buffer_.data(), buffer_.size()});
    if (count == 0) break;
    total += count;
  }
}

void Connection::report(int status) {
  const auto& served = loop_.core().application.served;
  if (!served) return;
  served({.operation = operation_,
          .method = method_,
          .status = status,
          .target = target_,
          .request_id = request_id_,
          .peer_address = peer_address_,
          .sent_bytes = sent_bytes_,
          .duration = std::chrono::steady_clock::now() - started_});
}

}  // namespace mizan::http
