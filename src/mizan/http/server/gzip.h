// gzip of whole bodies and of streams, in constant memory, with a bound on what a small input may grow to.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::http {

/// Undoes gzip (several members in a row are one text). Not thread-safe.
class Gunzip {
 public:
  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  struct Step {
    std::size_t consumed;  ///< bytes of the input that were used
    std::size_t produced;  ///< bytes written to the output
  };
  /// Inflates from `input` into `output` until either is used up.
  /// @errors malformed_compression
  [[nodiscard]] Result<Step> step(std::string_view input, std::span<char> output);
  /// Whether the input so far ends at the end of a member.
  [[nodiscard]] bool is_whole() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Makes one gzip member, piece by piece. Not thread-safe.
class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  /// Appends what the compressor gives out for `text` (often nothing yet).
  void add(std::string_view text, std::string& out);
  /// Appends the rest; the member is whole then.
  void finish(std::string& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string gzipped(std::string_view text);
/// @errors malformed_compression; body_too_large: the text is longer than `limit_bytes`
[[nodiscard]] Result<std::string> gunzipped(std::string_view bytes, std::size_t limit_bytes);

}  // namespace mizan::http
