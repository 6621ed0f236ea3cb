// The server's log: one line an event on standard error, as JSON for programs or as text for people. Nothing
// secret goes in: no bodies, no queries, no header but the request id.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mizan/base/error.h"

namespace mizan::http {

enum class LogLevel : std::uint8_t { debug, info, warning, error };
enum class LogFormat : std::uint8_t { json, text };

using LogValue = std::variant<std::string_view, std::int64_t>;
using LogFields = std::vector<std::pair<std::string_view, LogValue>>;

/// Thread-safe. Writing happens on a thread of its own; when it cannot keep up, the oldest waiting lines go,
/// so that a slow terminal never slows a request down.
class Log {
 public:
  Log(LogFormat format, LogLevel least);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  [[nodiscard]] bool takes(LogLevel level) const { return level >= least_; }
  /// @in event  what happened, in snake_case: "request", "server_started"
  void write(LogLevel level, std::string_view event, const LogFields& fields = {});
  void error(std::string_view event, const Error& error, std::string_view request_id = {});
  void flush();

 private:
  struct State;
  const LogFormat format_;
  const LogLevel least_;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::http
