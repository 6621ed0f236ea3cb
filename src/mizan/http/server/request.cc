#include "mizan/http/server/request.h"

#include <algorithm>
#include <array>

namespace mizan::http {
namespace {

constexpr std::array<std::string_view, kMethodCount> kMethodNames{"GET",   "HEAD",   "POST",    "PUT",
                                                                  "PATCH", "DELETE", "OPTIONS", "OTHER"};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view method_name(Method method) {
  return kMethodNames[static_cast<std::size_t>(method)];
}

Method method_of_name(std::string_view name) {
  const auto found = std::find(kMethodNames.begin(), kMethodNames.end(), name);
  return found == kMethodNames.end() ? Method::other : static_cast<Method>(found - kMethodNames.begin());
}

std::optional<std::string_view> find_header(std::span<const Header> headers, std::string_view name) {
  for (const Header& header : headers)
    if (same_name(header.name, name)) return header.value;
  return std::nullopt;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::string Request::path() const {
  std::string text;
  for (const std::string& segment : segments) {
    text += '/';
    text += segment;
  }
  return text.empty() ? "/" : text;
}

}  // namespace mizan::http
