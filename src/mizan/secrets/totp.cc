#include "mizan/secrets/totp.h"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "mizan/base/assert.h"
#include "mizan/secrets/digest.h"

namespace mizan::secrets {
namespace {

constexpr std::int64_t kStepMicros = 30'000'000;
constexpr std::int64_t kStepsAside = 1;

std::array<std::uint8_t, 20> hmac_sha1(std::span<const std::uint8_t> key,
                                       std::span<const std::uint8_t> message) {
  std::array<std::uint8_t, 20> code{};
  unsigned int length = 0;
  const unsigned char* done = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                                   message.size(), code.data(), &length);
  MIZAN_ASSERT(done != nullptr && length == code.size());
  return code;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded.push_back(c);
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace

std::int64_t totp_step(Instant at) {
  return at.us / kStepMicros;
}

std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step, int digits) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
  const auto mac = hmac_sha1(secret, counter);
  // RFC 4226 §5.3: the last four bits choose where 31 bits are read.
  const std::size_t offset = mac.back() & 15U;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[offset + i];
  number &= 0x7fffffffU;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (std::size_t i = code.size(); i-- > 0; number /= 10) code[i] = static_cast<char>('0' + number % 10);
  return code;
}

std::optional<std::int64_t> match_totp(std::span<const std::uint8_t> secret, std::string_view code,
                                       Instant now, std::int64_t last_step) {
  std::optional<std::int64_t> found;
  for (std::int64_t aside = -kStepsAside; aside <= kStepsAside; ++aside) {
    const std::int64_t step = totp_step(now) + aside;
    if (same_bytes(totp_code(secret, step), code) && step > last_step) found = step;
  }
  return found;
}

std::string base32(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8 | byte) & 0xffffU;
    for (bits += 8; bits >= 5; bits -= 5) text.push_back(kLetters[held >> (bits - 5) & 31U]);
  }
  if (bits > 0) text.push_back(kLetters[held << (5 - bits) & 31U]);
  return text;
}

std::string otpauth_uri(std::span<const std::uint8_t> secret, std::string_view account) {
  return "otpauth://totp/Mizan:" + percent_encoded(account) + "?secret=" + base32(secret) + "&issuer=Mizan";
}

}  // namespace mizan::secrets
