// From the spelling of an error's code back to the code: for answers of another Mizan.
#pragma once

#include <string_view>

#include "mizan/base/error.h"

namespace mizan {

/// `internal` when no code is spelled so.
[[nodiscard]] inline ErrorCode error_code_of(std::string_view name) {
#define MIZAN_ERROR_CODE(code, meaning) \
  if (name == #code) return ErrorCode::code;
  MIZAN_ERROR_CODES(MIZAN_ERROR_CODE)
#undef MIZAN_ERROR_CODE
  return ErrorCode::internal;
}

}  // namespace mizan
