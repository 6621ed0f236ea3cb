#include "mizan/engine/simulation/presets.h"

#include <string>

namespace mizan::simulation {
namespace {

SimulationOptions three_suppliers() {
  SimulationOptions options;
  options.task_count = 1000;
  options.class_count = 3;
  options.class_prior = {0.5, 0.3, 0.2};
  options.difficulty_spread = 0.7;
  options.trap_share = 0.08;
  options.gold_share = 0.1;
  options.suppliers = {
      {.name = "crowd",
       .kind = SupplierKind::crowd,
       .annotator_count = 60,
       .labels_per_task = 4,
       .skill_mean = 0.72,
       .skill_spread = 0.09,
       .class_spread = 0.3,
       .random_share = 0.08,
       .constant_share = 0.03,
       .position_share = 0.03,
       .copier_share = 0.05,
       .drift = -0.3,
       .price_per_label = 0.06,
       .seconds_median = 14},
      {.name = "experts",
       .kind = SupplierKind::expert,
       .annotator_count = 6,
       .labels_per_task = 1,
       .task_share = 0.5,
       .skill_mean = 0.94,
       .skill_spread = 0.02,
       .class_spread = 0.2,
       .trap_pull = 0.1,
       .price_per_label = 1.8,
       .seconds_median = 55},
      {.name = "llm_judges",
       .kind = SupplierKind::model,
       .annotator_count = 3,
       .labels_per_task = 2,
       .skill_mean = 0.82,
       .skill_spread = 0.03,
       .class_spread = 0.4,
       .activity_spread = 0,
       .error_shape = ErrorShape::one_rival,
       .trap_pull = 0.7,
       .shared_error = 0.6,
       .price_per_label = 0.01,
       .seconds_median = 2},
  };
  return options;
}

SimulationOptions clean_crowd() {
  SimulationOptions options;
  options.suppliers = {{.name = "crowd", .annotator_count = 30, .labels_per_task = 5}};
  return options;
}

SimulationOptions hostile_crowd() {
  SimulationOptions options;
  options.difficulty_spread = 0.5;
  options.trap_share = 0.05;
  options.suppliers = {{.name = "crowd",
                        .annotator_count = 60,
                        .labels_per_task = 7,
                        .random_share = 0.17,
                        .constant_share = 0.08,
                        .position_share = 0.08,
                        .copier_share = 0.1,
                        .drift = -0.8,
                        .price_per_label = 0.05}};
  return options;
}

}  // namespace

std::vector<std::string_view> preset_names() {
  return {"three_suppliers", "clean_crowd", "hostile_crowd"};
}

Result<SimulationOptions> preset(std::string_view name) {
  if (name == "three_suppliers") return three_suppliers();
  if (name == "clean_crowd") return clean_crowd();
  if (name == "hostile_crowd") return hostile_crowd();
  std::string known;
  for (const std::string_view one : preset_names()) known += (known.empty() ? "" : ", ") + std::string(one);
  return fail(ErrorCode::not_found, "no preset named '" + std::string(name) + "'", {},
              "presets there are: " + known);
}

}  // namespace mizan::simulation
