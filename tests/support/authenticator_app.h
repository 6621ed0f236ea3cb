// What somebody's phone does: makes the code of now from a seed that was typed in.
#pragma once

#include <string>
#include <string_view>

namespace mizan::test {

/// The six digits of this moment. @in seed  base 32, as enrolment shows it
[[nodiscard]] std::string code_of_now(std::string_view seed);

}  // namespace mizan::test
