// Makes a folder of labelled data whose truth is known: `mizan simulate`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/write/table.h"

namespace mizan::app {

struct SimulateRequest {
  std::string preset = "three_suppliers";
  std::optional<std::uint64_t> task_count;
  std::optional<std::uint64_t> class_count;
  std::optional<double> gold_share;
  std::optional<double> trap_share;
  std::optional<double> difficulty_spread;
  /// Each "name=crowd,annotators=40,skill=0.7,price=0.05,…" (keys: simulate_keys()); a supplier of the preset
  /// is changed, another name is added; "-name" takes one away.
  std::vector<std::string> suppliers;
  std::uint64_t seed = 1;
  std::string folder;
  dataset::TableFormat format = dataset::TableFormat::csv;
};

struct SimulatedSupplier {
  std::string name;
  std::uint64_t annotator_count = 0;
  std::uint64_t label_count = 0;
  double accuracy = 0;  ///< share of its labels that are right
};

struct SimulateOutcome {
  std::uint64_t task_count = 0;
  std::uint64_t label_count = 0;
  std::uint64_t gold_count = 0;
  std::vector<SimulatedSupplier> suppliers;
  std::vector<std::string> files;  ///< names in the folder
};

/// Names of presets, for help texts.
[[nodiscard]] std::vector<std::string> simulation_presets();
/// "annotators", "skill" …, each with one line of explanation.
struct SimulateKey {
  std::string name;
  std::string meaning;
};
[[nodiscard]] std::vector<SimulateKey> simulate_keys();

/// Writes labels, gold, truth and annotators (with what is true of each), all or nothing.
/// @errors not_found (preset), invalid_argument (a supplier's key or value), file_unwritable
[[nodiscard]] Result<SimulateOutcome> simulate(const SimulateRequest& request, ThreadPool& pool);

}  // namespace mizan::app
