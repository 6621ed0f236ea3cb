// The target of a request line, "/api/v1/projects/prj_1?limit=10", taken apart strictly: what two programs on
// the way could read differently is refused, never repaired.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

struct RequestTarget {
  std::vector<std::string> segments;  ///< "/" has none; "/a/" has "a" and ""
  std::vector<QueryParameter> query;
};

/// Origin form, absolute form (http://host/path, whose host is ignored) or "*".
/// @errors malformed_request: a character that does not belong there, a broken % escape, text that is not
/// UTF-8,
///         a control character, a segment "." or ".." or with an escaped slash
[[nodiscard]] Result<RequestTarget> parse_request_target(std::string_view target);

/// Undoes %XX, and '+' for a space where `plus_is_space`. Nothing when an escape is broken.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
/// Escapes all but letters, digits and "-._~", for a value put into a path or query.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (no surrogates, nothing overlong).
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace mizan::http
