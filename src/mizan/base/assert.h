// Checks of invariants that stay on in every build: a broken one is a mistake in Mizan, never in the input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace mizan {

[[noreturn]] inline void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, expression);
  std::abort();
}

}  // namespace mizan

#define MIZAN_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::mizan::assertion_failed(#expression, __FILE__, __LINE__))
