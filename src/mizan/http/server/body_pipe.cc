#include "mizan/http/server/body_pipe.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "mizan/http/server/gzip.h"

namespace mizan::http {

BodyPipe::BodyPipe(std::size_t capacity_bytes, std::function<void()> on_room)
    : capacity_bytes_(capacity_bytes), on_room_(std::move(on_room)) {}

bool BodyPipe::has_room() {
  const std::lock_guard lock(mutex_);
  wants_room_ = bytes_.size() - taken_ >= capacity_bytes_;
  return !wants_room_;
}

void BodyPipe::write(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    bytes_.erase(0, std::exchange(taken_, 0));
    bytes_.append(bytes);
  }
  has_bytes_.notify_one();
}

void BodyPipe::finish() {
  {
    const std::lock_guard lock(mutex_);
    is_finished_ = true;
  }
  has_bytes_.notify_one();
}

void BodyPipe::fail_with(Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_finished_) error_ = std::move(error);
  }
  has_bytes_.notify_one();
}

Result<std::size_t> BodyPipe::read(std::span<char> buffer) {
  std::size_t count = 0;
  bool is_room_new = false;
  {
    std::unique_lock lock(mutex_);
    has_bytes_.wait(lock, [&] { return taken_ < bytes_.size() || is_finished_ || error_; });
    if (error_) return fail(*error_);
    count = std::min(buffer.size(), bytes_.size() - taken_);
    std::memcpy(buffer.data(), bytes_.data() + taken_, count);
    taken_ += count;
    is_room_new = wants_room_ && bytes_.size() - taken_ < capacity_bytes_;
    if (is_room_new) wants_room_ = false;
  }
  if (is_room_new) on_room_();
  return count;
}

struct DecodingReader::GzipState {
  Gunzip gunzip;
  std::array<char, 32 * 1024> packed;
  std::string_view rest;  // of packed
  bool is_input_done = false;
};

DecodingReader::DecodingReader(std::shared_ptr<BodyReader> inner, bool is_gzip, std::size_t limit_bytes)
    : inner_(std::move(inner)),
      gzip_(is_gzip ? std::make_unique<GzipState>() : nullptr),
      limit_bytes_(limit_bytes) {}
DecodingReader::~DecodingReader() = default;

Result<std::size_t> DecodingReader::read(std::span<char> buffer) {
  MIZAN_TRY(const std::size_t count, gzip_ ? read_gzip(buffer) : inner_->read(buffer));
  read_bytes_ += count;
  if (read_bytes_ > limit_bytes_)
    return fail(ErrorCode::body_too_large,
                "the body is longer than " + std::to_string(limit_bytes_) + " bytes", "body");
  return count;
}

Result<std::size_t> DecodingReader::read_gzip(std::span<char> buffer) {
  while (true) {
    if (gzip_->rest.empty() && !gzip_->is_input_done) {
      MIZAN_TRY(const std::size_t count, inner_->read(gzip_->packed));
      gzip_->rest = std::string_view(gzip_->packed.data(), count);
      gzip_->is_input_done = count == 0;
    }
    MIZAN_TRY(const Gunzip::Step step, gzip_->gunzip.step(gzip_->rest, buffer));
    gzip_->rest.remove_prefix(step.consumed);
    if (step.produced > 0) return step.produced;
    if (!gzip_->is_input_done || step.consumed > 0) continue;
    if (!gzip_->gunzip.is_whole())
      return fail(ErrorCode::malformed_compression, "the compressed body is cut short", "body");
    return 0;
  }
}

}  // namespace mizan::http
