// Every truth method by name: what `mizan audit --method NAME` and the benches list and run.
#pragma once

#include <span>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct MethodInfo {
  std::string_view name;         ///< stable: appears in reports and flags
  std::string_view description;  ///< one line
};

/// All methods, the default first, then from simple to rich.
[[nodiscard]] std::span<const MethodInfo> methods();

/// Runs a method with its default options.
/// @errors not_found: no such method (the hint names them); else what the method refuses
/// @cost   the method's own
[[nodiscard]] Result<Belief> run_method(std::string_view name, const Evidence& evidence, Run run);

}  // namespace mizan::truth
