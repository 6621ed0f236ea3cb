// How an error is shown to the person at the terminal.
#pragma once

#include "mizan/base/error.h"

namespace mizan::cli {

/// Writes the error to standard error (as one JSON object when `as_json`) and returns the exit code that fits
/// it.
int report_error(const Error& error, bool as_json);

}  // namespace mizan::cli
