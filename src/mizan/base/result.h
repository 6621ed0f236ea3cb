// Result<T>: a value or an Error. Expected failures travel in it; broken invariants stop the program
// (assert.h).
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "mizan/base/error.h"

namespace mizan {

template <class T>
using Result = tl::expected<T, Error>;

/// A failed Result: `return fail(ErrorCode::not_found, "no such task", "tasks.csv:3");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {},
                                                std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where), std::move(hint)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace mizan

#define MIZAN_CONCAT_INNER(a, b) a##b
#define MIZAN_CONCAT(a, b) MIZAN_CONCAT_INNER(a, b)

// The names of temporaries are counted, not made of the line: an expression may hold a lambda that uses these
// macros.

/// MIZAN_TRY(auto x, expr): binds the value of a Result to x, or returns its error from this function.
#define MIZAN_TRY(declaration, expression) \
  MIZAN_TRY_IMPL(MIZAN_CONCAT(mizan_try_, __COUNTER__), declaration, expression)
#define MIZAN_TRY_IMPL(temporary, declaration, expression)                               \
  auto&& temporary = (expression);                                                       \
  if (!temporary) return ::tl::unexpected<::mizan::Error>(std::move(temporary).error()); \
  declaration = *std::move(temporary)

/// MIZAN_CHECK_OK(expr): for Result<void>; returns its error from this function.
#define MIZAN_CHECK_OK(expression) MIZAN_CHECK_OK_IMPL(MIZAN_CONCAT(mizan_check_, __COUNTER__), expression)
#define MIZAN_CHECK_OK_IMPL(temporary, expression)                                         \
  do {                                                                                     \
    auto&& temporary = (expression);                                                       \
    if (!temporary) return ::tl::unexpected<::mizan::Error>(std::move(temporary).error()); \
  } while (false)
