// What a task says, as one text and one hash: the same content has the same hash however it was written
// (order of members, spaces, 1.0 for 1). Pure.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

#include "mizan/store/sql/value.h"

namespace mizan::app {

/// Appends JSON with sorted members and numbers in their shortest form.
void append_canonical_json(std::string& out, const boost::json::value& value);

/// The first 16 bytes of SHA-256.
[[nodiscard]] store::Blob content_hash(std::string_view canonical);

}  // namespace mizan::app
