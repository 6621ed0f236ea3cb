#include "mizan/dataset/csv/scanner.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mizan::csv {
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

ScanResult Scanner::broken(const Cursor& at, ScanEnd status) {
  return {at.text.size(), at.line - 1, status, at.quote_line};
}

}  // namespace mizan::csv
