#include "worlds.h"

namespace mizan::bench {
namespace {

using simulation::ErrorShape;
using simulation::SimulationOptions;
using simulation::SupplierOptions;

SimulationOptions two_suppliers(std::size_t classes, double labels_per_task) {
  SimulationOptions options;
  options.task_count = 500;
  options.class_count = classes;
  options.suppliers = {{.name = "a",
                        .annotator_count = 25,
                        .labels_per_task = labels_per_task / 2,
                        .skill_mean = 0.72,
                        .skill_spread = 0.1,
                        .class_spread = 0.3},
                       {.name = "b",
                        .annotator_count = 15,
                        .labels_per_task = labels_per_task / 2,
                        .skill_mean = 0.82,
                        .skill_spread = 0.07,
                        .class_spread = 0.3}};
  return options;
}

template <class Change>
World changed(std::string name, SimulationOptions options, Change change) {
  change(options);
  return {std::move(name), std::move(options)};
}

}  // namespace

std::vector<World> worlds() {
  std::vector<World> out;
  for (const std::size_t classes : {2U, 3U, 5U})
    for (const double labels : {1.5, 3.0, 6.0, 20.0})
      out.push_back({std::to_string(classes) + " classes, " +
                         (labels == 1.5 ? "1.5" : std::to_string(static_cast<int>(labels))) +
                         " labels per task",
                     two_suppliers(classes, labels)});
  out.push_back(changed("skills near chance (.55-.6), 2 classes, 6 labels", two_suppliers(2, 6), [](auto& o) {
    o.suppliers[0].skill_mean = 0.56;
    o.suppliers[1].skill_mean = 0.62;
  }));
  out.push_back(changed("skills high (.93-.95), 3 classes, 3 labels", two_suppliers(3, 3), [](auto& o) {
    for (auto& s : o.suppliers) s.skill_spread = 0.03;
    o.suppliers[0].skill_mean = 0.93;
    o.suppliers[1].skill_mean = 0.95;
  }));
  out.push_back(changed("three annotators a supplier, 3 classes, 4 labels", two_suppliers(3, 4), [](auto& o) {
    for (auto& s : o.suppliers) s.annotator_count = 3;
  }));
  out.push_back(changed("200 annotators a supplier, 3 classes, 6 labels", two_suppliers(3, 6), [](auto& o) {
    for (auto& s : o.suppliers) s.annotator_count = 200;
  }));
  out.push_back(changed("skewed classes (.9/.1), 5 labels", two_suppliers(2, 5), [](auto& o) {
    o.class_prior = {0.9, 0.1};
  }));
  out.push_back(changed("skewed classes (.7/.2/.1), 3 labels", two_suppliers(3, 3), [](auto& o) {
    o.class_prior = {0.7, 0.2, 0.1};
  }));
  out.push_back(changed("a third of supplier a spam, 3 classes, 6 labels", two_suppliers(3, 6), [](auto& o) {
    o.suppliers[0].random_share = 0.2;
    o.suppliers[0].constant_share = 0.08;
    o.suppliers[0].position_share = 0.04;
  }));
  out.push_back(changed("errors to a rival class, 4 classes, 5 labels", two_suppliers(4, 5), [](auto& o) {
    for (auto& s : o.suppliers) s.error_shape = ErrorShape::one_rival;
  }));
  out.push_back(changed("difficulty spread 1, 3 classes, 6 labels", two_suppliers(3, 6),
                        [](auto& o) { o.difficulty_spread = 1; }));
  out.push_back(
      changed("difficulty spread 1 and 5 % traps, 3 classes, 6 labels", two_suppliers(3, 6), [](auto& o) {
        o.difficulty_spread = 1;
        o.trap_share = 0.05;
      }));
  out.push_back(
      changed("12 % traps, 3 classes, 6 labels", two_suppliers(3, 6), [](auto& o) { o.trap_share = 0.12; }));
  out.push_back(changed("12 % traps, 2 classes, 20 labels", two_suppliers(2, 20),
                        [](auto& o) { o.trap_share = 0.12; }));
  out.push_back(changed("judges that err together, 3 classes", two_suppliers(3, 6), [](auto& o) {
    o.suppliers[1] = {.name = "b",
                      .kind = simulation::SupplierKind::model,
                      .annotator_count = 3,
                      .labels_per_task = 2,
                      .skill_mean = 0.82,
                      .skill_spread = 0.03,
                      .activity_spread = 0,
                      .shared_error = 0.6};
  }));
  const std::size_t without_gold = out.size();
  for (const std::size_t pick : {1U, 5U, 10U, 19U, 21U, 22U, 24U}) {
    if (pick >= without_gold) continue;
    for (const double gold : {0.04, 0.2})
      out.push_back(changed(out[pick].name + ", gold " + (gold < 0.1 ? "4 %" : "20 %"), out[pick].options,
                            [&](auto& o) { o.gold_share = gold; }));
  }
  return out;
}

}  // namespace mizan::bench
