#include "connection.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace mizan::load {
namespace {

using Error = boost::system::error_code;

/// The value of a header in the head of an answer; names without regard to case.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;
       line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
    if (!std::equal(name.begin(), name.end(), rest.begin(), same)) continue;
    std::string_view value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    return value;
  }
  return std::nullopt;
}

std::size_t number(std::string_view text, int base = 10) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

/// Joins the chunks of a chunked body; gives where it ends, or npos.
std::size_t unchunk(std::string_view received, std::size_t at, std::string& body) {
  while (true) {
    const std::size_t line_end = received.find("\r\n", at);
    if (line_end == std::string_view::npos) return line_end;
    const std::size_t size = number(received.substr(at, line_end - at), 16);
    const std::size_t next = line_end + 2 + size + 2;
    if (next > received.size()) return std::string_view::npos;
    if (size == 0) return next;
    body.append(received.substr(line_end + 2, size));
    at = next;
  }
}

}  // namespace

ParsedReply parse_reply(std::string_view received) {
  ParsedReply parsed;
  const std::size_t head_end = received.find("\r\n\r\n");
  if (head_end == std::string_view::npos || received.size() < 12) return parsed;
  const std::string_view head = received.substr(0, head_end + 2);
  parsed.reply.status = static_cast<int>(number(head.substr(9, 3)));
  if (const auto wait = header(head, "Retry-After"))
    parsed.reply.retry_after_seconds = static_cast<int>(number(*wait));
  parsed.keep_alive = header(head, "Connection").value_or("keep-alive") != "close";
  const std::size_t body_at = head_end + 4;
  if (parsed.reply.status == 204 || parsed.reply.status == 304) {
    parsed.length = body_at;
  } else if (header(head, "Transfer-Encoding").value_or("") == "chunked") {
    parsed.length = unchunk(received, body_at, parsed.reply.body);
  } else {
    const std::size_t size = number(header(head, "Content-Length").value_or("0"));
    if (body_at + size > received.size()) return parsed;
    parsed.length = body_at + size;
    parsed.reply.body = received.substr(body_at, size);
  }
  return parsed;
}

Connection::Connection(boost::asio::io_context& loop, boost::asio::ip::tcp::endpoint server)
    : socket_(loop), server_(std::move(server)) {}

void Connection::send(std::string request, Done done) {
  request_ = std::move(request);
  done_ = std::move(done);
  received_.clear();
  timed_out_ = false;
  sent_at_ = std::chrono::steady_clock::now();
  if (socket_.is_open()) {
    write();
  } else {
    connect();
  }
}

void Connection::cut_if_older(std::chrono::steady_clock::time_point limit) {
  if (!done_ || sent_at_ >= limit || !socket_.is_open()) return;
  timed_out_ = true;
  Error ignored;
  socket_.close(ignored);
}

void Connection::connect() {
  ++connect_count_;
  Error error;
  socket_.open(server_.protocol(), error);
  if (error) return fail("no socket");
  socket_.async_connect(server_, [this](const Error& refused) {
    if (refused) return fail("not connected");
    Error ignored;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    write();
  });
}

void Connection::write() {
  boost::asio::async_write(socket_, boost::asio::buffer(request_), [this](const Error& error, std::size_t) {
    if (error) return fail("connection lost");
    read();
  });
}

void Connection::read() {
  const std::size_t have = received_.size();
  received_.resize(have + 4096);
  socket_.async_read_some(boost::asio::buffer(received_.data() + have, 4096),
                          [this, have](const Error& error, std::size_t count) {
                            received_.resize(have + count);
                            if (error) return fail("connection lost");
                            on_read(count);
                          });
}

void Connection::on_read(std::size_t) {
  ParsedReply parsed = parse_reply(received_);
  if (parsed.length == std::string_view::npos) return read();
  if (!parsed.keep_alive) {
    Error ignored;
    socket_.close(ignored);
  }
  finish(std::move(parsed.reply));
}

void Connection::finish(Reply reply) {
  const Done done = std::exchange(done_, nullptr);
  if (done) done(std::move(reply));
}

void Connection::fail(std::string_view reason) {
  Error ignored;
  socket_.close(ignored);
  finish({.body = std::string(timed_out_ ? "timeout" : reason)});
}

}  // namespace mizan::load
