// A receiver of webhooks for tests: takes requests on 127.0.0.1, answers as it is told, and keeps what came.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mizan::test {

struct ReceivedRequest {
  std::string head;  ///< request line and headers, as sent
  std::string body;

  /// The value of a header, by its name as it is sent; empty = it is not there.
  [[nodiscard]] std::string header(const std::string& name) const;
};

/// One request a connection.
class WebhookReceiver {
 public:
  static constexpr int kHangUp = 0;    ///< instead of a status: the connection is closed without an answer
  static constexpr int kSilence = -1;  ///< instead of a status: no answer, the connection stays open

  /// What to answer to the request of that number, 0 first.
  using Answer = std::function<int(std::size_t number, const ReceivedRequest& request)>;

  explicit WebhookReceiver(Answer answer);
  ~WebhookReceiver();
  WebhookReceiver(const WebhookReceiver&) = delete;
  WebhookReceiver& operator=(const WebhookReceiver&) = delete;

  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::vector<ReceivedRequest> requests() const;

 private:
  void loop();
  void serve(int connection);

  Answer answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<ReceivedRequest> requests_;
  std::vector<int> silent_;
  std::thread thread_;
};

}  // namespace mizan::test
