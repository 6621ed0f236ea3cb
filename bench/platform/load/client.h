// A simulated annotator in a closed loop over the real API:
//
//   lease ──201──▶ submit?next=true ──next──▶ submit?next=true ──▶ …
//    ▲  └─204─▶ wait a little             └─no next─▶ lease
//
// An answer that is lost with its connection is sent again, as it was, until the server says what became of
// it: so does every careful client, and so every acknowledgement can be checked afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "connection.h"
#include "tally.h"

namespace mizan::load {

/// What all clients share. Read only while they run.
struct Scenario {
  std::string host{};
  std::string project_id{};
  std::vector<std::string> answers{};  ///< JSON objects; each submit takes one of them
  bool submit_takes_next = true;       ///< false: submit and lease are two requests, measured apart
  int empty_replies_to_finish = 0;     ///< a client that is told 204 so often in a row is finished; 0: never
  double think_seconds = 0;            ///< mean time between a task and its answer, exponential; 0: none
  std::chrono::milliseconds idle_wait{50};
  std::chrono::milliseconds retry_wait{20};
};

/// Belongs to one event loop and outlives its handlers.
class Client {
 public:
  /// `contributor` names the annotator where `api_key` is a supplier's; empty where the key is the
  /// annotator's own.
  Client(boost::asio::io_context& loop, boost::asio::ip::tcp::endpoint server, const Scenario& scenario,
         Tally& tally, std::string api_key, std::string contributor, std::uint64_t seed);

  /// Begins the loop after `delay`.
  void start(std::chrono::microseconds delay);
  /// Begins nothing new; a request on its way is finished.
  void stop() { stopping_ = true; }
  [[nodiscard]] bool finished() const { return finished_; }
  void cut_if_older(std::chrono::steady_clock::time_point limit) { connection_.cut_if_older(limit); }

 private:
  enum class Step : std::uint8_t { lease, submit };
  void after(std::chrono::microseconds delay);
  void go();
  void on_reply(Reply reply);
  void on_lease(const Reply& reply);
  void on_submit(const Reply& reply);
  void repeat(const Reply& reply);
  void to_lease();
  void to_submit(std::string_view assignment_id);
  [[nodiscard]] std::uint64_t random();
  [[nodiscard]] std::chrono::microseconds think_time();
  [[nodiscard]] std::string request() const;

  const Scenario& scenario_;
  Tally& tally_;
  Connection connection_;
  boost::asio::steady_timer timer_;
  std::string api_key_, contributor_, assignment_id_{};
  std::uint64_t random_state_;
  const std::string* answer_ = nullptr;
  Step step_ = Step::lease;
  std::chrono::steady_clock::time_point began_{};
  int empty_replies_ = 0;
  bool stopping_ = false, finished_ = false;
};

}  // namespace mizan::load
