#include "mizan/http/server/gzip.h"

#include <array>

#include <zlib.h>

#include "mizan/base/assert.h"

namespace mizan::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // 32 KiB, gzip framing
constexpr int kMemoryLevel = 8;
constexpr int kLevel = 3;  // most of the gain for a third of the time of the default

Bytef* bytes_of(char* text) {
  return reinterpret_cast<Bytef*>(text);
}
// zlib takes its input as non-const and never writes to it.
Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}  // namespace

struct Gunzip::State {
  z_stream stream{};
  bool is_whole = false;  // a member has ended and no further one has begun
};

Gunzip::Gunzip() : state_(std::make_unique<State>()) {
  MIZAN_ASSERT(inflateInit2(&state_->stream, kGzipWindow) == Z_OK);
}
Gunzip::~Gunzip() {
  inflateEnd(&state_->stream);
}

Result<Gunzip::Step> Gunzip::step(std::string_view input, std::span<char> output) {
  z_stream& stream = state_->stream;
  if (input.empty() && state_->is_whole) return Step{0, 0};
  if (state_->is_whole) {
    inflateReset(&stream);
    state_->is_whole = false;
  }
  stream.next_in = bytes_of(input);
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = bytes_of(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  const int outcome = inflate(&stream, Z_NO_FLUSH);
  if (outcome == Z_STREAM_END) state_->is_whole = true;
  if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
    return fail(ErrorCode::malformed_compression, "the body is not the gzip that Content-Encoding says",
                "body");
  return Step{input.size() - stream.avail_in, output.size() - stream.avail_out};
}

bool Gunzip::is_whole() const {
  return state_->is_whole;
}

struct Gzip::State {
  z_stream stream{};

  void run(std::string_view text, int flush, std::string& out) {
    std::array<char, 16 * 1024> piece;
    stream.next_in = bytes_of(text);
    stream.avail_in = static_cast<uInt>(text.size());
    do {
      stream.next_out = bytes_of(piece.data());
      stream.avail_out = static_cast<uInt>(piece.size());
      deflate(&stream, flush);
      out.append(piece.data(), piece.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
};

Gzip::Gzip() : state_(std::make_unique<State>()) {
  MIZAN_ASSERT(deflateInit2(&state_->stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                            Z_DEFAULT_STRATEGY) == Z_OK);
}
Gzip::~Gzip() {
  deflateEnd(&state_->stream);
}

void Gzip::add(std::string_view text, std::string& out) {
  state_->run(text, Z_NO_FLUSH, out);
}
void Gzip::finish(std::string& out) {
  state_->run({}, Z_FINISH, out);
}

std::string gzipped(std::string_view text) {
  std::string out;
  Gzip gzip;
  gzip.add(text, out);
  gzip.finish(out);
  return out;
}

Result<std::string> gunzipped(std::string_view bytes, std::size_t limit_bytes) {
  Gunzip gunzip;
  std::string text;
  std::array<char, 64 * 1024> piece;
  while (true) {
    MIZAN_TRY(const Gunzip::Step step, gunzip.step(bytes, piece));
    bytes.remove_prefix(step.consumed);
    text.append(piece.data(), step.produced);
    if (text.size() > limit_bytes)
      return fail(ErrorCode::body_too_large,
                  "the body unpacks to more than " + std::to_string(limit_bytes) + " bytes", "body");
    if (step.consumed == 0 && step.produced == 0) break;
  }
  if (!gunzip.is_whole())
    return fail(ErrorCode::malformed_compression, "the compressed body is cut short", "body");
  return text;
}

}  // namespace mizan::http
