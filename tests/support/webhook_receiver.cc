#include "support/webhook_receiver.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mizan::test {
namespace {

constexpr int kStepMs = 20;

std::size_t length_of(const std::string& head) {
  const ReceivedRequest request{.head = head, .body = {}};
  const std::string text = request.header("Content-Length");
  return text.empty() ? 0 : std::stoul(text);
}

// The head with its empty line, and the whole body; empty when the other side went away.
ReceivedRequest read_request(int connection) {
  std::string bytes;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto end = bytes.find("\r\n\r\n");
    if (end != std::string::npos) {
      const std::string head = bytes.substr(0, end + 2);
      if (bytes.size() >= end + 4 + length_of(head)) return {head, bytes.substr(end + 4)};
    }
    const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
    if (count <= 0) return {};
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

std::string ReceivedRequest::header(const std::string& name) const {
  const auto start = head.find("\r\n" + name + ": ");
  if (start == std::string::npos) return {};
  const auto value = start + name.size() + 4;
  return head.substr(value, head.find("\r\n", value) - value);
}

WebhookReceiver::WebhookReceiver(Answer answer) : answer_(std::move(answer)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  listen(listener_, 64);
  socklen_t size = sizeof address;
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { loop(); });
}

WebhookReceiver::~WebhookReceiver() {
  stopping_ = true;
  thread_.join();
  for (const int connection : silent_) close(connection);
  close(listener_);
}

std::string WebhookReceiver::url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/mizan";
}

std::vector<ReceivedRequest> WebhookReceiver::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

void WebhookReceiver::loop() {
  while (!stopping_) {
    pollfd ready{.fd = listener_, .events = POLLIN, .revents = 0};
    if (poll(&ready, 1, kStepMs) <= 0) continue;
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection >= 0) serve(connection);
  }
}

void WebhookReceiver::serve(int connection) {
  ReceivedRequest request = read_request(connection);
  if (request.head.empty()) {
    close(connection);
    return;
  }
  std::size_t number = 0;
  {
    const std::scoped_lock lock(mutex_);
    number = requests_.size();
    requests_.push_back(request);
  }
  const int status = answer_(number, request);
  if (status == kSilence) {
    silent_.push_back(connection);
    return;
  }
  if (status != kHangUp) {
    const std::string answer = "HTTP/1.1 " + std::to_string(status) +
                               " Answer\r\nContent-Length: 0\r\nConnection: close\r\n"
                               "Location: http://127.0.0.1:1/elsewhere\r\n\r\n";
    send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
  }
  close(connection);
}

}  // namespace mizan::test
