#include "mizan/http/log.h"

#include <array>
#include <chrono>

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/periodic_worker.h>
#include <spdlog/sinks/base_sink.h>

#include "mizan/base/clock.h"
#include "mizan/base/json_writer.h"

namespace mizan::http {
namespace {

constexpr std::size_t kWaitingLines = 8192;
constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr std::array<std::string_view, 4> kLevelNames{"debug", "info", "warning", "error"};

// Standard error, written in large pieces. Only the log's own thread comes here.
class BufferedSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    buffer_.append(message.payload.data(), message.payload.size());
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes || message.level >= spdlog::level::warn) flush_();
  }
  void flush_() override {
    std::fwrite(buffer_.data(), 1, buffer_.size(), stderr);
    std::fflush(stderr);
    buffer_.clear();
  }

 private:
  std::string buffer_;
};

spdlog::level::level_enum level_of(LogLevel level) {
  return level >= LogLevel::warning ? spdlog::level::warn : spdlog::level::info;
}

std::string json_line(LogLevel level, std::string_view event, const LogFields& fields) {
  JsonWriter writer;
  writer.begin_object();
  writer.member("time", std::string_view(to_text(SystemClock().now())));
  writer.member("level", kLevelNames[static_cast<std::size_t>(level)]);
  writer.member("event", event);
  for (const auto& [name, value] : fields)
    std::visit([&, &key = name](const auto& known) { writer.member(key, known); }, value);
  writer.end_object();
  return writer.take();
}

std::string text_line(LogLevel level, std::string_view event, const LogFields& fields) {
  std::string line = to_text(SystemClock().now());
  line.append(" ").append(kLevelNames[static_cast<std::size_t>(level)]).append(" ").append(event);
  for (const auto& [name, value] : fields) {
    line.append(" ").append(name).append("=");
    if (const auto* number = std::get_if<std::int64_t>(&value))
      line += std::to_string(*number);
    else
      append_json_string(line, std::get<std::string_view>(value));
  }
  return line;
}

}  // namespace

struct Log::State {
  std::shared_ptr<spdlog::details::thread_pool> pool =
      std::make_shared<spdlog::details::thread_pool>(kWaitingLines, 1);
  std::shared_ptr<spdlog::async_logger> logger = std::make_shared<spdlog::async_logger>(
      "mizan", std::make_shared<BufferedSink>(), pool, spdlog::async_overflow_policy::overrun_oldest);
  spdlog::details::periodic_worker flusher{[this] { logger->flush(); }, std::chrono::seconds(1)};
};

Log::Log(LogFormat format, LogLevel least)
    : format_(format), least_(least), state_(std::make_unique<State>()) {}
Log::~Log() {
  flush();
}

void Log::write(LogLevel level, std::string_view event, const LogFields& fields) {
  if (!takes(level)) return;
  const std::string line =
      format_ == LogFormat::json ? json_line(level, event, fields) : text_line(level, event, fields);
  state_->logger->log(level_of(level), spdlog::string_view_t(line));
}

void Log::error(std::string_view event, const Error& error, std::string_view request_id) {
  LogFields fields{{"code", error_name(error.code)}, {"message", error.message}};
  if (!error.where.empty()) fields.emplace_back("where", error.where);
  if (!request_id.empty()) fields.emplace_back("request_id", request_id);
  write(LogLevel::error, event, fields);
}

void Log::flush() {
  state_->logger->flush();
}

}  // namespace mizan::http
