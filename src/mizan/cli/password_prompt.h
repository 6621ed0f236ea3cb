// Asking for a password: at a terminal twice and without showing it, from a pipe one line.
#pragma once

#include <string>

#include "mizan/base/result.h"

namespace mizan::cli {

/// @errors invalid_argument: the two differ, or there is none
[[nodiscard]] Result<std::string> ask_password();

}  // namespace mizan::cli
