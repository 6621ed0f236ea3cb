#include "mizan/dataset/csv/scanner.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mizan::csv {
namespace {

// Looking further back at every quote of a long field would be quadratic.
constexpr std::size_t kMaxBlanksBeforeQuote = 8;

bool is_all_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

#if defined(__SSE2__)
std::uint64_t special_mask(const char* bytes, char a, char b, char c) {
  const __m128i is_a = _mm_set1_epi8(a);
  const __m128i is_b = _mm_set1_epi8(b);
  const __m128i is_c = _mm_set1_epi8(c);
  std::uint64_t mask = 0;
  for (int part = 0; part < 4; ++part) {
    const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + part);
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(some, is_a), _mm_cmpeq_epi8(some, is_b)),
                                       _mm_cmpeq_epi8(some, is_c));
    mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << (16 * part);
  }
  return mask;
}
#else
std::uint64_t special_mask(const char* bytes, char a, char b, char c) {
  std::uint64_t mask = 0;
  for (int i = 0; i < 64; ++i)
    mask |= static_cast<std::uint64_t>(bytes[i] == a || bytes[i] == b || bytes[i] == c) << i;
  return mask;
}
#endif

std::string_view unescape(std::string_view text, std::string& buffer) {
  buffer.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    buffer += text[i];
    if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
  }
  return buffer;
}

void Scanner::end_field(Cursor& at, std::size_t position) {
  if (at.state == State::closed) {
    if (!is_all_blank(at.text.substr(at.content_end + 1, position - at.content_end - 1)))
      at.malformed = "there is text behind a closing quote";
    fields_.push_back({at.text.substr(at.field_begin, at.content_end - at.field_begin), at.has_escape});
  } else {
    fields_.push_back({at.text.substr(at.field_begin, position - at.field_begin), false});
  }
  at.field_begin = position + 1;
  at.state = State::unquoted;
  at.has_escape = false;
}

void Scanner::meet_quote(Cursor& at, std::size_t position) {
  if (position == at.skip) return;
  if (at.state == State::quoted) {
    if (position + 1 < at.text.size() && at.text[position + 1] == '"') {
      at.skip = position + 1;
      at.has_escape = true;
    } else {
      at.content_end = position;
      at.state = State::closed;
    }
  } else if (at.state == State::unquoted && position - at.field_begin <= kMaxBlanksBeforeQuote &&
             is_all_blank(at.text.substr(at.field_begin, position - at.field_begin))) {
    at.field_begin = position + 1;
    at.quote_line = at.line;
    at.state = State::quoted;
  }
}

bool Scanner::meet_newline(Cursor& at, std::size_t position) {
  ++at.line;
  if (at.state == State::quoted) return false;
  const bool cuts_return =
      dialect_.newline == '\n' && position > at.field_begin && at.text[position - 1] == '\r';
  end_field(at, position);
  // A closed field ends at its quote, whatever blanks follow it.
  Field& last = fields_.back();
  if (cuts_return && last.text.data() + last.text.size() == at.text.data() + position)
    last.text.remove_suffix(1);
  return true;
}

ScanResult Scanner::broken(const Cursor& at, ScanEnd status) {
  return {at.text.size(), at.line - 1, status, at.quote_line};
}

}  // namespace mizan::csv
