#include "support/http_client.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace mizan::test {
namespace {

constexpr int kPatienceSeconds = 20;

int connected_socket(std::uint16_t port) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{kPatienceSeconds, 0};
  setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // A failure shows as a connection that has ended.
  static_cast<void>(::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  return made;
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
  return found == headers.end() ? std::string() : found->second;
}

HttpClient::HttpClient(std::uint16_t port) : port_(port), socket_(connected_socket(port)) {}

void HttpClient::reconnect() {
  ::close(socket_);
  socket_ = connected_socket(port_);
  unread_.clear();
  is_head_request_ = false;
}

HttpClient::~HttpClient() {
  ::close(socket_);
}

bool HttpClient::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void HttpClient::send(std::string_view bytes) {
  static_cast<void>(try_send(bytes));
}

HttpAnswer HttpClient::request(std::string_view method, std::string_view target, std::string_view body,
                               const std::vector<std::string>& header_lines) {
  std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const std::string& line : header_lines) bytes += line + "\r\n";
  if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH")
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  bytes += "\r\n";
  is_head_request_ = method == "HEAD";
  send(bytes.append(body));
  return receive();
}

HttpAnswer HttpClient::receive() {
  HttpAnswer answer = receive_head();
  const bool has_body =
      answer.status != 0 && !is_head_request_ && answer.status != 204 && answer.status != 304;
  is_head_request_ = false;
  if (!has_body) return answer;
  if (answer.header("transfer-encoding") == "chunked") {
    while (true) {
      const std::string chunk = receive_chunk();
      answer.is_cut = chunk == "\r";
      if (chunk.empty() || answer.is_cut) return answer;
      answer.body += chunk;
    }
  }
  const std::string length = answer.header("content-length");
  if (length.empty()) {
    while (read_more()) {
    }
    answer.body = std::exchange(unread_, {});
  } else {
    answer.is_cut = !take(std::stoul(length), answer.body);
  }
  return answer;
}

HttpAnswer HttpClient::receive_head() {
  HttpAnswer answer;
  const std::string status_line = take_line();
  if (status_line.size() < 12) return answer;
  answer.status = std::stoi(status_line.substr(9, 3));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) break;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    answer.headers.emplace_back(std::move(name), line.substr(colon + 2));
  }
  return answer;
}

// "\r" alone says that the connection ended inside the body.
std::string HttpClient::receive_chunk() {
  const std::string size_line = take_line();
  if (size_line.empty()) return "\r";
  std::string chunk;
  const std::size_t size = std::stoul(size_line, nullptr, 16);
  if (!take(size, chunk)) return "\r";
  take_line();
  return chunk;
}

bool HttpClient::is_ended() {
  return unread_.empty() && !read_more();
}

bool HttpClient::read_more() {
  std::array<char, 64 * 1024> buffer;
  const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  unread_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool HttpClient::take(std::size_t count, std::string& out) {
  while (unread_.size() < count)
    if (!read_more()) return false;
  out.append(unread_, 0, count);
  unread_.erase(0, count);
  return true;
}

std::string HttpClient::take_line() {
  std::size_t end = unread_.find("\r\n");
  while (end == std::string::npos) {
    if (!read_more()) return {};
    end = unread_.find("\r\n");
  }
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 2);
  return line;
}

}  // namespace mizan::test
