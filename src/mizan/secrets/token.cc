#include "mizan/secrets/token.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "mizan/secrets/sodium_ready.h"

namespace mizan::secrets {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenCharacters = 43;
constexpr std::size_t kRecoveryGroups = 4;
constexpr std::string_view kKeyPrefix = "mz_";
constexpr std::string_view kLetters =
    "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's 32: none looks like another

}  // namespace

std::vector<std::uint8_t> random_bytes(std::size_t count) {
  sodium_ready();
  std::vector<std::uint8_t> bytes(count);
  randombytes_buf(bytes.data(), count);
  return bytes;
}

std::string make_token() {
  const std::vector<std::uint8_t> bytes = random_bytes(kTokenBytes);
  std::array<char, kTokenCharacters + 1> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return {text.data(), kTokenCharacters};
}

bool looks_like_token(std::string_view text) {
  return text.size() == kTokenCharacters;
}

std::string make_api_key() {
  return std::string(kKeyPrefix) + make_token();
}

std::string_view shown_prefix(std::string_view api_key) {
  return api_key.substr(0, kKeyPrefix.size() + 8);
}

bool looks_like_api_key(std::string_view text) {
  return text.starts_with(kKeyPrefix) && text.size() == kKeyPrefix.size() + kTokenCharacters;
}

std::string make_recovery_code() {
  std::string code;
  const std::vector<std::uint8_t> bytes = random_bytes(kRecoveryGroups * 4);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 4 == 0) code.push_back('-');
    code.push_back(kLetters[bytes[i] & 31]);
  }
  return code;
}

Sha256 recovery_hash(std::string_view code) {
  std::string plain;
  for (const char c : code)
    if (c != '-' && c != ' ') plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  return sha256(plain);
}

}  // namespace mizan::secrets
