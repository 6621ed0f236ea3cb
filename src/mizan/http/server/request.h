// A parsed HTTP request as handlers see it. Nothing here knows the library that parsed it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::http {

/// `other` is any method that no route has: TRACE, CONNECT, or one that nobody knows.
enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };
inline constexpr std::size_t kMethodCount = 8;

/// "GET" … "OPTIONS", "OTHER".
[[nodiscard]] std::string_view method_name(Method method);
/// The method of that exact spelling; `other` when it is none of ours.
[[nodiscard]] Method method_of_name(std::string_view name);
/// True for GET, HEAD and OPTIONS: they change nothing.
[[nodiscard]] constexpr bool is_safe(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

struct Header {
  std::string name;
  std::string value;
};

/// The value of the first header of that name, whatever its case.
[[nodiscard]] std::optional<std::string_view> find_header(std::span<const Header> headers,
                                                          std::string_view name);

/// A request body that is pulled while it arrives, in constant memory: the socket is read only as fast as
/// this is. Content codings are already undone.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  /// Fills `buffer` with the next bytes; 0 = the body is whole. Blocks; call it on a pool thread only.
  /// @errors body_too_large, malformed_compression, request_timeout (client too slow), cancelled (client went
  /// away)
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// A decoded name=value of the query.
using QueryParameter = std::pair<std::string, std::string>;

struct Request {
  Method method = Method::get;
  std::string target;                         ///< as it was sent, for logs without its query
  std::vector<std::string> segments;          ///< of the path, percent-decoded; never "." or ".."
  std::vector<QueryParameter> query;          ///< percent-decoded, in the order sent
  std::vector<Header> headers;                ///< in the order sent; use header()
  std::string body;                           ///< whole and decoded, unless the route streams it
  std::shared_ptr<BodyReader> body_reader{};  ///< set when the route streams its body
  std::string peer_address;                   ///< of the socket: "203.0.113.7"
  std::string request_id;                     ///< X-Request-Id of the client if it is sane, else made here
  bool is_secure = false;                     ///< came over TLS

  /// First header of that name, whatever its case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
    return find_header(headers, name);
  }
  /// First query parameter of that name.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
  /// "/api/v1/projects", decoded segments joined.
  [[nodiscard]] std::string path() const;
};

}  // namespace mizan::http
