#include "mizan/app/events/webhook_signature.h"

#include <charconv>
#include <cstdlib>

#include "mizan/secrets/digest.h"
#include "mizan/secrets/token.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::string mac_of(std::string_view secret, std::string_view seconds_text, std::string_view body) {
  std::string message(seconds_text);
  message += '.';
  message += body;
  return secrets::to_hex(secrets::hmac_sha256(secret, message));
}

// The next "name=value" of a list with commas; takes it off the list.
std::pair<std::string_view, std::string_view> next_part(std::string_view& list) {
  const std::string_view part = list.substr(0, list.find(','));
  list.remove_prefix(std::min(part.size() + 1, list.size()));
  const auto equals = part.find('=');
  if (equals == std::string_view::npos) return {part, {}};
  return {part.substr(0, equals), part.substr(equals + 1)};
}

}  // namespace

std::string webhook_signature(std::span<const std::string> secrets, std::string_view body, Instant now) {
  const std::string seconds_text = std::to_string(now.us / kSecond);
  std::string signature = "t=" + seconds_text;
  for (const std::string& secret : secrets) signature += ",v1=" + mac_of(secret, seconds_text, body);
  return signature;
}

bool is_signed(std::string_view signature, std::string_view secret, std::string_view body, Instant now,
               Duration tolerance) {
  std::string_view seconds_text;
  bool matches = false;
  while (!signature.empty()) {
    const auto [name, value] = next_part(signature);
    if (name == "t") seconds_text = value;
    if (name == "v1") matches |= secrets::same_bytes(value, mac_of(secret, seconds_text, body));
  }
  std::int64_t at = 0;
  std::from_chars(seconds_text.data(), seconds_text.data() + seconds_text.size(), at);
  return matches && std::abs(now.us - at * kSecond) <= tolerance.us;
}

std::string make_webhook_secret() {
  return "whsec_" + secrets::make_token();
}

}  // namespace mizan::app
