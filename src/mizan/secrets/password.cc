#include "mizan/secrets/password.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

#include <sodium.h>

#include "mizan/secrets/sodium_ready.h"

namespace mizan::secrets {
namespace {

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
constexpr std::size_t kMemoryBytes = std::size_t{19} * 1024 * 1024;
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kShortest = 10;
constexpr std::size_t kLongestBytes = 1024;
constexpr std::size_t kFewestUnlike = 5;

// The well-known ones of ten and more characters that lists of stolen passwords begin with.
constexpr std::array<std::string_view, 24> kWellKnown{
    "1234567890",    "12345678910", "0123456789",   "qwertyuiop",    "1q2w3e4r5t",   "q1w2e3r4t5",
    "password12",    "password123", "password1234", "password12345", "passw0rd123",  "p@ssw0rd123",
    "letmein123",    "welcome123",  "iloveyou123",  "qwerty12345",   "qwerty123456", "abc1234567",
    "administrator", "changeme123", "sunshine123",  "princess123",   "football123",  "mizanmizan"};

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

/// Characters, not bytes: whoever writes Arabic is not asked for less.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

tl::unexpected<Error> weak(std::string message) {
  return fail(ErrorCode::weak_password, std::move(message), "password",
              "four or five unrelated words make a good password");
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  sodium_ready();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(ErrorCode::overloaded, "there is not enough memory to check a password", {},
                "try again in a moment");
  return std::string(hash.data());
}

bool password_matches(std::string_view hash, std::string_view password) {
  sodium_ready();
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

std::string_view nobodys_hash() {
  return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

Result<void> check_password(std::string_view password, std::string_view email) {
  if (password.size() > kLongestBytes) return weak("the password is longer than 1024 bytes");
  if (count_characters(password) < kShortest) return weak("the password is shorter than 10 characters");
  const std::string small = lower(password);
  if (std::set<char>(small.begin(), small.end()).size() < kFewestUnlike)
    return weak("the password repeats a few characters");
  if (std::find(kWellKnown.begin(), kWellKnown.end(), small) != kWellKnown.end())
    return weak("the password is one of the first that anybody tries");
  const std::string address = lower(email);
  if (!address.empty() && (small == address || small == address.substr(0, address.find('@'))))
    return weak("the password is the e-mail address");
  return {};
}

}  // namespace mizan::secrets
