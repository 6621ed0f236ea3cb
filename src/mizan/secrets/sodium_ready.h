// libsodium wants to be started once before any call. Internal to secrets.
#pragma once

namespace mizan::secrets {

/// Starts libsodium on the first call; stops the program if there is no source of randomness. Thread-safe.
void sodium_ready();

}  // namespace mizan::secrets
