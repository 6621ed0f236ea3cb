#include "mizan/secrets/sodium_ready.h"

#include <sodium.h>

#include "mizan/base/assert.h"

namespace mizan::secrets {

void sodium_ready() {
  static const int started = sodium_init();  // 0 = started, 1 = was started before
  MIZAN_ASSERT(started >= 0);                // else there is no source of randomness
}

}  // namespace mizan::secrets
