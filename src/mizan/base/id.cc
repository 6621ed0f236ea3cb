#include "mizan/base/id.h"

namespace mizan {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 13;  // 13 * 5 bits hold the 63 bits of a positive number

}  // namespace

std::string id_text(std::string_view prefix, std::int64_t value) {
  std::string text(prefix);
  text += '_';
  const auto bits = static_cast<std::uint64_t>(value);
  for (std::size_t i = kLength; i-- > 0;) text += kDigits[(bits >> (5 * i)) & 31];
  return text;
}

Result<std::int64_t> parse_id_text(std::string_view prefix, std::string_view kind, std::string_view text) {
  const auto refuse = [&] {
    return fail(ErrorCode::malformed_id,
                "\"" + std::string(text.substr(0, 64)) + "\" is not the id of a " + std::string(kind), {},
                "ids look like " + id_text(prefix, 1) + "; copy them as the server gave them");
  };
  if (text.size() != prefix.size() + 1 + kLength || !text.starts_with(prefix) || text[prefix.size()] != '_')
    return refuse();
  std::uint64_t bits = 0;
  for (char c : text.substr(prefix.size() + 1)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos || bits >> 59 != 0) return refuse();
    bits = bits << 5 | digit;
  }
  if (bits == 0 || bits >> 63 != 0) return refuse();
  return static_cast<std::int64_t>(bits);
}

}  // namespace mizan
