// The edge of the HTTP server: bytes of one connection, whole and cut in two, through the parser of requests.
// What is accepted holds its promises: one reading whatever the pieces, a path without "..", text that is
// UTF-8, a body no longer than announced, headers and cookies that can be asked for.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/assert.h"
#include "mizan/http/cookies.h"
#include "mizan/http/server/request_parser.h"
#include "mizan/http/server/request_target.h"

namespace {

using namespace mizan;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kHeadLimit = 4096;

void check_error(const Error& error) {
  MIZAN_ASSERT(error.code == ErrorCode::malformed_request || error.code == ErrorCode::headers_too_large);
  MIZAN_ASSERT(!error.message.empty());
}

void check_request(const http::Request& request, const http::MessageFacts& facts) {
  for (const std::string& segment : request.segments) {
    MIZAN_ASSERT(segment != "." && segment != ".." && http::is_utf8(segment));
    MIZAN_ASSERT(segment.find('/') == std::string::npos && segment.find('\0') == std::string::npos);
    MIZAN_ASSERT(http::percent_decoded(http::percent_encoded(segment)) == segment);
  }
  for (const auto& [name, value] : request.query)
    MIZAN_ASSERT(http::is_utf8(name) && http::is_utf8(value) && request.query_value(name).has_value());
  std::size_t hosts = 0;
  for (const http::Header& header : request.headers) {
    MIZAN_ASSERT(!header.name.empty() && request.header(header.name).has_value());
    MIZAN_ASSERT(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    std::string name = header.name;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name == "host") ++hosts;
  }
  MIZAN_ASSERT(hosts == 1 || (hosts == 0 && facts.is_http_1_0));
  if (const auto cookie = http::find_cookie(request, "mizan_session"))
    MIZAN_ASSERT(cookie->find_first_of(";, ") == std::string_view::npos);
}

/// What a connection saw: its requests and bodies, and how it ended.
struct Seen {
  std::vector<std::string> messages;
  bool is_refused = false;
};

/// Reads as a connection does, given the bytes in pieces that end at `cuts`.
class Connection {
 public:
  Seen read(std::string_view bytes, std::size_t cut) {
    std::string waiting;
    for (const std::string_view piece : {bytes.substr(0, cut), bytes.substr(cut)}) {
      waiting.append(piece);
      while (!seen_.is_refused && step(waiting)) {
      }
    }
    return seen_;
  }

 private:
  // True when it came further.
  bool step(std::string& waiting) {
    if (waiting.empty()) return false;
    return parser_.has_head() ? body_step(waiting) : head_step(waiting);
  }

  bool head_step(std::string& waiting) {
    const auto progress = parser_.feed_head(waiting);
    if (!progress) return refuse(progress.error());
    MIZAN_ASSERT(progress->consumed <= waiting.size());
    waiting.erase(0, progress->consumed);
    if (!parser_.has_head()) return false;
    const auto request = parser_.request();
    if (!request) return refuse(request.error());
    check_request(*request, parser_.facts());
    expected_ = parser_.facts().content_length;
    message_ = std::string(http::method_name(request->method)) + " " + request->target + "\n";
    for (const http::Header& header : request->headers) message_ += header.name + ": " + header.value + "\n";
    body_size_ = 0;
    return finish_if_done() || true;
  }

  bool body_step(std::string& waiting) {
    std::array<char, 64> part;
    const auto progress = parser_.feed_body(waiting, part);
    if (!progress) return refuse(progress.error());
    MIZAN_ASSERT(progress->consumed <= waiting.size() && progress->produced <= part.size());
    message_.append(part.data(), progress->produced);
    body_size_ += progress->produced;
    MIZAN_ASSERT(!expected_ || body_size_ <= *expected_);
    waiting.erase(0, progress->consumed);
    return finish_if_done() || progress->consumed > 0 || progress->produced > 0;
  }

  bool finish_if_done() {
    if (!parser_.is_done()) return false;
    MIZAN_ASSERT(!expected_ || body_size_ == *expected_);
    seen_.messages.push_back(std::move(message_));
    message_.clear();
    parser_.reset();
    return true;
  }

  bool refuse(const Error& error) {
    check_error(error);
    seen_.is_refused = true;
    return false;
  }

  http::RequestParser parser_{kHeadLimit};
  Seen seen_;
  std::string message_;
  std::optional<std::uint64_t> expected_;
  std::uint64_t body_size_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t cut = (data[0] * 256U + data[1]) % (size - 1);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Seen whole = Connection().read(bytes, bytes.size());
  const Seen pieces = Connection().read(bytes, std::min(cut, bytes.size()));
  // A head that is not whole yet may be refused sooner or later; what is taken is the same.
  MIZAN_ASSERT(whole.messages == pieces.messages);
  static_cast<void>(http::parse_request_target(bytes));
  return 0;
}
