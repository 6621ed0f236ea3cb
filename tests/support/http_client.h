// A client for tests of HTTP: sends any bytes, reads answers, and says when the other side has ended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mizan::test {

struct HttpAnswer {
  int status = 0;                                              ///< 0: the connection ended first
  std::vector<std::pair<std::string, std::string>> headers{};  ///< names in lower case
  std::string body{};
  bool is_cut = false;  ///< the connection ended inside the body

  [[nodiscard]] std::string header(std::string_view name) const;
};

/// One connection to 127.0.0.1. Not thread-safe, but one thread may send while another receives.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Begins again with a new connection.
  void reconnect();
  void send(std::string_view bytes);
  /// False when the other side has ended.
  bool try_send(std::string_view bytes);
  HttpAnswer request(std::string_view method, std::string_view target, std::string_view body = {},
                     const std::vector<std::string>& header_lines = {});
  HttpAnswer receive();
  HttpAnswer receive_head();
  /// One chunk of a chunked body; empty = the last.
  std::string receive_chunk();
  /// Waits for the end of the connection; false when bytes come instead.
  bool is_ended();

 private:
  bool read_more();
  bool take(std::size_t count, std::string& out);
  std::string take_line();

  std::uint16_t port_;
  int socket_;
  std::string unread_;
  bool is_head_request_ = false;
};

}  // namespace mizan::test
