// PostgreSQL's SQLSTATEs as errors of Mizan.
#pragma once

#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::store {

/// @in sqlstate  five characters; empty = the connection itself failed
[[nodiscard]] Error postgres_error(std::string_view sqlstate, std::string message, std::string_view doing);

/// Whether the server has ended the connection, or is no longer the one that takes writes.
[[nodiscard]] bool breaks_connection(std::string_view sqlstate);

}  // namespace mizan::store
