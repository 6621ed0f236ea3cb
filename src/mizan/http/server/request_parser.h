// Bytes → requests: the grammar of HTTP/1.1 and the checks that keep two programs from reading one message in
// two ways. Knows no sockets, so that a fuzzer can drive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

/// What the head says about the message beside the request itself.
struct MessageFacts {
  bool keeps_alive = false;
  bool is_http_1_0 = false;
  bool expects_continue = false;
  bool has_body = false;
  bool is_gzip = false;                           ///< Content-Encoding: gzip
  bool accepts_gzip = false;                      ///< of the answer
  std::optional<std::uint64_t> content_length{};  ///< absent when chunked
};

/// Parses one message after another from one connection. Not thread-safe.
class RequestParser {
 public:
  explicit RequestParser(std::size_t max_head_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Begins the next message.
  void reset();

  struct Progress {
    std::size_t consumed;      ///< bytes of the input that are done with
    std::size_t produced = 0;  ///< bytes of the body that were written out
  };
  /// Parses the head, line by line: what is not consumed is to be passed again with what follows it.
  /// @errors malformed_request, headers_too_large
  [[nodiscard]] Result<Progress> feed_head(std::string_view bytes);
  [[nodiscard]] bool has_head() const;

  /// The request of a parsed head, without body, ids and addresses.
  /// @errors malformed_request: target, Host or Transfer-Encoding that cannot be understood in one way only
  [[nodiscard]] Result<Request> request() const;
  [[nodiscard]] MessageFacts facts() const;

  /// Undoes the framing of the body from `bytes` into `body`.
  /// @errors malformed_request
  [[nodiscard]] Result<Progress> feed_body(std::string_view bytes, std::span<char> body);
  /// Whether head and body are whole.
  [[nodiscard]] bool is_done() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
