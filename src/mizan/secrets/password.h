// Passwords: argon2id, and what is too easy to guess. Thread-safe; every call takes 19 MiB and about 25 ms,
// so callers bound how many run at once.
#pragma once

#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::secrets {

/// "$argon2id$v=19$m=19456,t=2,p=1$…": salt and parameters are in the text.
/// @errors overloaded: no memory for it
[[nodiscard]] Result<std::string> hash_password(std::string_view password);

/// Whether `password` is the one that was hashed. A text that is no hash matches nothing and costs nothing.
[[nodiscard]] bool password_matches(std::string_view hash, std::string_view password);

/// A hash that no password has, with the same cost: compared for accounts that do not exist, so that the time
/// of an answer does not tell which do.
[[nodiscard]] std::string_view nobodys_hash();

/// @errors weak_password: shorter than 10 characters, longer than 1024 bytes, of fewer than 5 unlike
/// characters, well
///         known, or the e-mail address or its first part
[[nodiscard]] Result<void> check_password(std::string_view password, std::string_view email);

}  // namespace mizan::secrets
