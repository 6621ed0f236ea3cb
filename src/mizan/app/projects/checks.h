// What every verb of this folder checks of the texts that it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::app {

/// A name that people give: 1 to 200 bytes, one line, no space around it.
/// @errors invalid_argument at `where`
[[nodiscard]] Result<void> check_name(std::string_view name, std::string_view where);

/// A longer text: at most `limit_bytes`, no NUL.
/// @errors invalid_argument at `where`
[[nodiscard]] Result<void> check_text(std::string_view text, std::string_view where, std::size_t limit_bytes);

/// Names without order: checked, sorted, each once, at most 100.
/// @errors invalid_argument at `where`
[[nodiscard]] Result<std::vector<std::string>> name_set(std::vector<std::string> names,
                                                        std::string_view where);

/// "there is no <kind> <id>": also for what the caller may not see, so that nobody learns what exists.
[[nodiscard]] tl::unexpected<Error> no_such(std::string_view kind, std::string_view id);
/// The row was changed since the caller read it.
[[nodiscard]] tl::unexpected<Error> changed_meanwhile(std::string_view kind, std::int64_t version);
/// Another one has the name.
[[nodiscard]] tl::unexpected<Error> name_taken(std::string_view kind, std::string_view name,
                                               std::string_view id);

}  // namespace mizan::app
