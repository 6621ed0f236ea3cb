#include "mizan/dataset/text_input.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace mizan::dataset {
namespace {

using std::size_t;
using std::string_view;

constexpr size_t kCheckedBytes = 1 << 20;
constexpr size_t kAsciiBlock = 64;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// A place not inside a character, at or behind `from`; a run of more than three continuation bytes is no
// UTF-8 anyway.
size_t character_at(string_view text, size_t from) {
  for (int i = 0; i < 3 && from < text.size() && is_continuation(text[from]); ++i) ++from;
  return std::min(from, text.size());
}

// How many bytes a character that begins with `lead` has, and the lowest code point it may stand for; 0 bytes
// when no character begins so.
struct Shape {
  std::size_t bytes;
  std::uint32_t lowest;
};
Shape shape_of(unsigned char lead) {
  if (lead < 0x80) return {1, 0};
  if (lead >= 0xC2 && lead < 0xE0) return {2, 0x80};
  if (lead >= 0xE0 && lead < 0xF0) return {3, 0x800};
  if (lead >= 0xF0 && lead < 0xF5) return {4, 0x10000};
  return {0, 0};
}

// The length of the character at the front, or 0: too short, too long a form, a surrogate, beyond U+10FFFF.
size_t character_bytes(string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const Shape shape = shape_of(lead);
  if (shape.bytes <= 1) return shape.bytes;
  if (text.size() < shape.bytes) return 0;
  std::uint32_t code = lead & (0x7FU >> shape.bytes);
  for (size_t i = 1; i < shape.bytes; ++i) {
    if (!is_continuation(text[i])) return 0;
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool is_surrogate = code >= 0xD800 && code < 0xE000;
  return code < shape.lowest || code > 0x10FFFF || is_surrogate ? 0 : shape.bytes;
}

bool is_ascii_block(const char* bytes) {
  std::uint64_t all = 0;
  for (size_t i = 0; i < kAsciiBlock; i += sizeof all) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + i, sizeof word);
    all |= word;
  }
  return (all & 0x8080808080808080ULL) == 0;
}

tl::unexpected<Error> not_utf8(const Input& input, const std::string& message, const std::string& encoding,
                               std::uint64_t line) {
  const std::string place = line > 0 ? std::string(":").append(std::to_string(line)) : "";
  return fail(ErrorCode::not_utf8, message, input.name() + place,
              "convert it, for example: iconv -f " + encoding + " -t UTF-8 < in > out");
}

}  // namespace

size_t valid_utf8_prefix(string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= kAsciiBlock && is_ascii_block(text.data() + at)) {
      at += kAsciiBlock;
      continue;
    }
    const size_t stop = std::min(text.size(), at + kAsciiBlock);
    while (at < stop) {
      const size_t bytes = character_bytes(text.substr(at));
      if (bytes == 0) return at;
      at += bytes;
    }
  }
  return at;
}

Result<string_view> text_of(const Input& input, ThreadPool& pool) {
  string_view text = input.bytes();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return not_utf8(input, "the text is UTF-16, not UTF-8", "UTF-16", 0);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find_first_not_of(" \t\r\n") == string_view::npos)
    return fail(ErrorCode::empty_input, "there is no data: the input is empty or blank", input.name(),
                "a file of labels has a line of column names and one line for each label");
  if (text.size() >= 4 && (text[1] == '\0' || text[0] == '\0') && (text[3] == '\0' || text[2] == '\0'))
    return not_utf8(input, "the text looks like UTF-16 without a byte order mark", "UTF-16LE", 0);
  const size_t blocks = text.size() / kCheckedBytes + 1;
  std::vector<size_t> bad_at(blocks, text.size());
  parallel_blocks(pool, text.size(), blocks, [&](size_t block, size_t begin, size_t end) {
    begin = character_at(text, begin);
    end = std::max(begin, character_at(text, end));
    const size_t good = valid_utf8_prefix(text.substr(begin, end - begin));
    if (begin + good < end) bad_at[block] = begin + good;
  });
  const size_t first_bad = std::ranges::min(bad_at);
  if (first_bad == text.size()) return text;
  const auto line = 1 + std::ranges::count(text.substr(0, first_bad), '\n');
  return not_utf8(input, "the text is not valid UTF-8", "WINDOWS-1252", static_cast<std::uint64_t>(line));
}

Meter::Meter(const Progress& progress, string_view stage, std::uint64_t total)
    : progress_(progress), stage_(stage), total_(total), is_cancelled_(progress.is_cancelled()) {}

void Meter::add(std::uint64_t done) {
  const std::scoped_lock lock(mutex_);
  done_ += done;
  progress_.report(stage_, done_, total_);
  if (progress_.is_cancelled()) is_cancelled_ = true;
}

}  // namespace mizan::dataset
