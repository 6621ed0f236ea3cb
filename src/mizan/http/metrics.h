// What the server counts about itself, and its text for Prometheus.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mizan/http/server/server.h"

namespace mizan::http {

/// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void count_request(const Served& served);
  void count_chore_error(std::string_view chore);
  /// A figure asked for when the text is made.
  void add_gauge(std::string_view name, std::string_view help, std::function<double()> figure);
  /// As a gauge, for a figure that only grows.
  void add_counter(std::string_view name, std::string_view help, std::function<double()> figure);

  /// Prometheus' text exposition format.
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
