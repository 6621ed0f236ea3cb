#include "mizan/http/server/request_parser.h"

#include <algorithm>
#include <limits>
#include <string>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>

#include "mizan/http/server/request_target.h"

namespace mizan::http {
namespace beast = boost::beast;
namespace {

using Parser = beast::http::request_parser<beast::http::buffer_body>;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

bool same(std::string_view a, std::string_view b) {
  return beast::iequals(beast::string_view(a.data(), a.size()), beast::string_view(b.data(), b.size()));
}

Error error_of(const beast::error_code& error) {
  if (error == beast::http::error::header_limit)
    return {ErrorCode::headers_too_large, "the request line and headers are longer than allowed", "headers"};
  return {ErrorCode::malformed_request, "the bytes are no HTTP/1.1 request: " + error.message()};
}

// Whether a list such as "gzip;q=0.5, br" names the coding without q=0.
bool lists_coding(std::string_view list, std::string_view coding) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view entry = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (entry.starts_with(' ') || entry.starts_with('\t')) entry.remove_prefix(1);
    const std::size_t semicolon = std::min(entry.find(';'), entry.size());
    std::string_view name = entry.substr(0, semicolon);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (!same(name, coding)) continue;
    std::string weight(entry.substr(semicolon));
    std::erase(weight, ' ');
    return weight != ";q=0" && !weight.starts_with(";q=0.0")
               ? true
               : weight.find_first_of("123456789") != std::string::npos;
  }
  return false;
}

tl::unexpected<Error> malformed(std::string message, std::string where) {
  return fail(ErrorCode::malformed_request, std::move(message), std::move(where));
}

}  // namespace

struct RequestParser::State {
  explicit State(std::size_t max_head_bytes_) : max_head_bytes(max_head_bytes_) { reset(); }

  void reset() {
    has_begun = false;
    insufficient_bytes = 0;
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(max_head_bytes, 1U << 30U)));
    parser->body_limit(boost::none);  // bounded by the connection, which knows the route
    parser->eager(false);
  }

  // All values of a header.
  [[nodiscard]] std::size_t count(beast::http::field name) const { return parser->get().count(name); }
  [[nodiscard]] std::string_view value(beast::http::field name) const {
    const auto found = parser->get().find(name);
    return found == parser->get().end() ? std::string_view() : view(found->value());
  }

  const std::size_t max_head_bytes;
  std::optional<Parser> parser;
  // Whether the framing of the body cannot go on with so many bytes. Beast's parser must not be asked again
  // before there are more, and once it has seen a last chunk not before there are five: it aborts the
  // program. No body ends in fewer ("0\r\n\r\n"), so waiting for five holds nothing up.
  [[nodiscard]] bool lacks_more_than(std::size_t size) const {
    constexpr std::size_t kShortestEnd = 5;
    return insufficient_bytes > 0 && (size <= insufficient_bytes || size < kShortestEnd);
  }

  std::size_t insufficient_bytes = 0;  ///< of framing, that were not enough
  bool has_begun = false;              ///< the parser has taken a part of the head
};

RequestParser::RequestParser(std::size_t max_head_bytes) : state_(std::make_unique<State>(max_head_bytes)) {}
RequestParser::~RequestParser() = default;

void RequestParser::reset() {
  state_->reset();
}

Result<RequestParser::Progress> RequestParser::feed_head(std::string_view bytes) {
  std::size_t consumed = 0;
  if (!state_->has_begun) {
    // A robust server skips line ends before a request line (RFC 9112, 2.2).
    while (bytes.substr(consumed, 2) == "\r\n") consumed += 2;
    bytes.remove_prefix(consumed);
    if (bytes.empty() || bytes == "\r") return Progress{consumed};
  }
  beast::error_code error;
  while (!bytes.empty() && !has_head()) {
    const std::size_t used = state_->parser->put({bytes.data(), bytes.size()}, error);
    state_->has_begun |= used > 0;
    consumed += used;
    bytes.remove_prefix(used);
    if (error == beast::http::error::need_more) break;
    if (error) return fail(error_of(error));
  }
  return Progress{consumed};
}

bool RequestParser::has_head() const {
  return state_->parser->is_header_done();
}

Result<Request> RequestParser::request() const {
  const auto& message = state_->parser->get();
  const std::size_t hosts = state_->count(beast::http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() >= 11))
    return malformed("an HTTP/1.1 request has exactly one Host", "Host");
  if (state_->count(beast::http::field::transfer_encoding) > 0) {
    if (message.version() < 11) return malformed("HTTP/1.0 has no Transfer-Encoding", "Transfer-Encoding");
    if (!same(state_->value(beast::http::field::transfer_encoding), "chunked"))
      return malformed("the only Transfer-Encoding understood is chunked", "Transfer-Encoding");
  }
  const std::string_view expected = state_->value(beast::http::field::expect);
  if (!expected.empty() && !same(expected, "100-continue"))
    return malformed("the only Expect understood is 100-continue", "Expect");
  Request request;
  request.method = method_of_name(view(message.method_string()));
  request.target = view(message.target());
  MIZAN_TRY(RequestTarget target, parse_request_target(request.target));
  request.segments = std::move(target.segments);
  request.query = std::move(target.query);
  for (const auto& field : message)
    request.headers.push_back({std::string(view(field.name_string())), std::string(view(field.value()))});
  return request;
}

MessageFacts RequestParser::facts() const {
  const Parser& parser = *state_->parser;
  MessageFacts facts;
  facts.keeps_alive = parser.keep_alive();
  facts.is_http_1_0 = parser.get().version() < 11;
  facts.expects_continue =
      !facts.is_http_1_0 && same(state_->value(beast::http::field::expect), "100-continue");
  facts.has_body = !parser.is_done();
  const std::string_view coding = state_->value(beast::http::field::content_encoding);
  facts.is_gzip = same(coding, "gzip") || same(coding, "x-gzip");
  facts.accepts_gzip = lists_coding(state_->value(beast::http::field::accept_encoding), "gzip");
  if (const auto length = parser.content_length()) facts.content_length = *length;
  return facts;
}

Result<RequestParser::Progress> RequestParser::feed_body(std::string_view bytes, std::span<char> body) {
  Progress progress{0, 0};
  if (state_->lacks_more_than(bytes.size())) return progress;
  while (!is_done() && !bytes.empty()) {
    auto& out = state_->parser->get().body();
    out.data = body.data();
    out.size = body.size();
    out.more = true;
    beast::error_code error;
    const std::size_t used = state_->parser->put({bytes.data(), bytes.size()}, error);
    const std::size_t produced = body.size() - out.size;
    progress.consumed += used;
    progress.produced += produced;
    bytes.remove_prefix(used);
    body = body.subspan(produced);
    state_->insufficient_bytes = error == beast::http::error::need_more && used == 0 ? bytes.size() : 0;
    if (error == beast::http::error::need_more || error == beast::http::error::need_buffer) break;
    if (error) return fail(error_of(error));
    if (body.empty()) break;
  }
  return progress;
}

bool RequestParser::is_done() const {
  return state_->parser->is_done();
}

}  // namespace mizan::http
