#include "support/authenticator_app.h"

#include <cstdint>
#include <vector>

#include "mizan/base/assert.h"
#include "mizan/base/clock.h"
#include "mizan/secrets/totp.h"

namespace mizan::test {

std::string code_of_now(std::string_view seed) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::vector<std::uint8_t> bytes;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char digit : seed) {
    const std::size_t value = kDigits.find(digit);
    MIZAN_ASSERT(value != std::string_view::npos);
    buffer = (buffer << 5U) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(buffer >> static_cast<unsigned>(bits)));
  }
  return secrets::totp_code(bytes, secrets::totp_step(SystemClock().now()));
}

}  // namespace mizan::test
