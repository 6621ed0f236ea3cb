// The simulated worlds in which coverage is measured.
#pragma once

#include <string>
#include <vector>

#include "mizan/engine/simulation/simulate_labels.h"

namespace mizan::bench {

struct World {
  std::string name;
  simulation::SimulationOptions options{};
};

/// From easy (independent errors, many labels) to hard (traps, spammers, one and a half labels a task).
[[nodiscard]] std::vector<World> worlds();

}  // namespace mizan::bench
