// Ready-made simulations by name: the demonstration's pilot and small worlds for tests and measurements.
#pragma once

#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/simulation/simulate_labels.h"

namespace mizan::simulation {

/// `three_suppliers`: a pilot in which a cheap crowd (with spammers and copied work), dear experts and LLM
/// judges of one family label the same tasks, some of which are traps.
/// `clean_crowd`: one crowd, independent errors, nothing else.
/// `hostile_crowd`: a third of the crowd are spammers of every kind, some copy, skill drifts down.
[[nodiscard]] std::vector<std::string_view> preset_names();

/// @errors not_found: no preset of this name; the hint lists those there are
[[nodiscard]] Result<SimulationOptions> preset(std::string_view name);

}  // namespace mizan::simulation
