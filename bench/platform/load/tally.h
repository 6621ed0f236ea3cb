// What simulated clients saw: latencies, statuses, acknowledged annotations.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace mizan::load {

/// One event loop's figures. Not thread-safe; merge() after the loops have stopped.
class Tally {
 public:
  /// Acknowledgements are also written to `ack_log`, one line each, when it is not null.
  explicit Tally(std::FILE* ack_log) : ack_log_(ack_log) {}

  /// Latencies and answers count from now on; acknowledgements always did.
  void start_counting() { counting_ = true; }
  void stop_counting() { counting_ = false; }
  void took(std::string_view step, std::uint32_t latency_us);
  void answered(std::string_view step, int status, std::string_view code);
  /// Nothing came back.
  void broke(std::string_view reason);
  void retried() { ++retries_; }
  /// A 503 did not say when to come again.
  void missed_retry_after() { ++missed_retry_afters_; }
  /// An answer was sent for the first time: the server may or may not have taken it.
  void sent(std::string_view assignment, std::string_view contributor);
  /// The server acknowledged it.
  void acknowledged(std::string_view assignment, std::string_view annotation);
  /// The answer's text contradicts what was asked.
  void wrong_answer() { ++wrong_answers_; }

  void merge(Tally&& other);
  /// Everything as JSON; `seconds` is how long was counted. Sorts what it holds.
  [[nodiscard]] boost::json::object to_json(double seconds);

 private:
  std::FILE* ack_log_;
  bool counting_ = false;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> latencies_us_{};
  std::map<std::string, std::uint64_t, std::less<>> answers_{}, breaks_{};
  std::vector<std::string> annotations_{};
  std::uint64_t retries_ = 0, wrong_answers_ = 0, counted_acks_ = 0, missed_retry_afters_ = 0;
};

}  // namespace mizan::load
