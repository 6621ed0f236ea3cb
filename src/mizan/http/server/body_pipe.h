// The way of a streamed body from an event loop to the pool thread that reads it: a bounded buffer between
// one that must not wait and one that may.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

/// Thread-safe: one writer, one reader.
class BodyPipe final : public BodyReader {
 public:
  /// @in on_room  called, on the reader's thread, when there is room again after has_room() said no
  BodyPipe(std::size_t capacity_bytes, std::function<void()> on_room);

  [[nodiscard]] bool has_room();
  void write(std::string_view bytes);
  /// The body is whole.
  void finish();
  /// The body will never be whole; the reader hears why.
  void fail_with(Error error);

  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;

 private:
  const std::size_t capacity_bytes_;
  const std::function<void()> on_room_;
  std::mutex mutex_;
  std::condition_variable has_bytes_;
  std::string bytes_;
  std::size_t taken_ = 0;  // of bytes_
  bool is_finished_ = false;
  bool wants_room_ = false;
  std::optional<Error> error_;
};

/// A body as it came, its gzip undone, at most `limit_bytes` long.
class DecodingReader final : public BodyReader {
 public:
  DecodingReader(std::shared_ptr<BodyReader> inner, bool is_gzip, std::size_t limit_bytes);
  ~DecodingReader() override;
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;

 private:
  [[nodiscard]] Result<std::size_t> read_gzip(std::span<char> buffer);

  struct GzipState;
  std::shared_ptr<BodyReader> inner_;
  std::unique_ptr<GzipState> gzip_;  // null when the body is plain
  std::size_t limit_bytes_;
  std::size_t read_bytes_ = 0;
};

}  // namespace mizan::http
