#include "mizan/http/server/request_target.h"

#include <algorithm>
#include <cstdint>

namespace mizan::http {
namespace {

constexpr bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr bool is_unreserved(char c) {
  return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
// RFC 3986's pchar, and '%' whose escape is checked by decoding.
constexpr bool is_path_character(char c) {
  return is_unreserved(c) || std::string_view("!$&'()*+,;=:@%").find(c) != std::string_view::npos;
}
// More than RFC 3986 wants: browsers send [ ] | and quotes bare.
constexpr bool is_query_character(char c) {
  return c > ' ' && c < 0x7f && c != '#';
}

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

tl::unexpected<Error> malformed(std::string message) {
  return fail(ErrorCode::malformed_request, std::move(message), "request line");
}

Result<std::string> path_segment(std::string_view raw) {
  if (!std::all_of(raw.begin(), raw.end(), is_path_character))
    return malformed("the path holds a character that must be escaped");
  auto text = percent_decoded(raw);
  if (!text) return malformed("the path holds a broken % escape");
  if (!is_utf8(*text)) return malformed("the path is not UTF-8");
  if (has_control(*text)) return malformed("the path holds a control character");
  if (text->find('/') != std::string::npos) return malformed("the path holds an escaped slash");
  if (*text == "." || *text == "..") return malformed("the path holds a segment '" + *text + "'");
  return *std::move(text);
}

Result<std::vector<std::string>> path_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (path == "/") return segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    MIZAN_TRY(std::string segment, path_segment(path.substr(0, end)));
    segments.push_back(std::move(segment));
    path.remove_prefix(end);
  }
  return segments;
}

Result<std::vector<QueryParameter>> query_parameters(std::string_view query) {
  if (!std::all_of(query.begin(), query.end(), is_query_character))
    return malformed("the query holds a character that must be escaped");
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return malformed("the query holds a broken % escape");
    if (!is_utf8(*name) || !is_utf8(*value)) return malformed("the query is not UTF-8");
    if (has_control(*name) || value->find('\0') != std::string::npos)
      return malformed("the query holds a control character");
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

// "http://host/path" → "/path".
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t path = rest.find_first_of("/?");
    if (path == std::string_view::npos) return "/";
    return rest.substr(path);
  }
  return target;
}

// How long the UTF-8 character at `at` is; 0 when it is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) -> std::uint32_t {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const auto is_tail = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return is_tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!is_tail(1) || !is_tail(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
    if (first == 0xED && byte(1) >= 0xA0) return 0;  // a surrogate
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!is_tail(1) || !is_tail(2) || !is_tail(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;   // overlong
    if (first == 0xF4 && byte(1) >= 0x90) return 0;  // beyond U+10FFFF
    return 4;
  }
  return 0;
}

}  // namespace

Result<RequestTarget> parse_request_target(std::string_view target) {
  RequestTarget parts;
  if (target == "*") return parts;
  target = without_authority(target);
  const std::size_t question = std::min(target.find('?'), target.size());
  std::string_view path = target.substr(0, question);
  if (path.empty() && question < target.size()) path = "/";
  if (!path.starts_with('/')) return malformed("the target must begin with a slash");
  MIZAN_TRY(parts.segments, path_segments(path));
  MIZAN_TRY(parts.query, query_parameters(target.substr(std::min(question + 1, target.size()))));
  return parts;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return decoded;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4U];
    encoded += kHex[byte & 15U];
  }
  return encoded;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace mizan::http
