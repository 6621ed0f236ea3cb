#include "mizan/http/cookies.h"

#include <algorithm>

namespace mizan::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// RFC 6265's cookie-octet: no controls, spaces, quotes, commas, semicolons, backslashes.
bool is_cookie_octet(char c) {
  return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

std::optional<std::string_view> find_pair(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
    std::string_view value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (std::all_of(value.begin(), value.end(), is_cookie_octet)) return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> find_cookie(const Request& request, std::string_view name) {
  for (const Header& header : request.headers) {
    if (!find_header({&header, 1}, "cookie")) continue;
    if (const auto value = find_pair(header.value, name)) return value;
  }
  return std::nullopt;
}

std::string set_cookie(const NewCookie& cookie) {
  std::string text =
      std::string(cookie.name) + "=" + std::string(cookie.value) +
      "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(cookie.max_age.us / 1'000'000);
  if (cookie.is_secure) text += "; Secure";
  return text;
}

}  // namespace mizan::http
