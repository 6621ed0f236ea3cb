// Which HTTP status an error has. The problem details themselves are problem() of handler.h.
#pragma once

#include "mizan/base/error.h"

namespace mizan::http {

[[nodiscard]] int status_of(ErrorCode code);

}  // namespace mizan::http
