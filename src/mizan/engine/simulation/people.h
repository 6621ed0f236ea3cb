// The people of a simulation: who they are and how one of them answers one task. Used by simulate_labels.cc
// alone.
#pragma once

#include <cstdint>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/engine/simulation/simulate_labels.h"

namespace mizan::simulation {

struct Task {
  std::uint32_t answer = 0;
  std::uint32_t trap_answer = 0;  ///< the wrong answer that looks right, when it is a trap
  bool is_trap = false;
  double difficulty = 0;  ///< shift of everybody's log-odds of being right
  double slowness = 0;    ///< shift of the logarithm of the time it takes
};

struct Person {
  std::uint32_t supplier = 0;
  Behaviour behaviour = Behaviour::honest;
  std::int64_t copies = -1;           ///< index of a person, or -1
  std::vector<double> skill_logit{};  ///< [class] log-odds of being right
  std::uint32_t favourite = 0;        ///< the class that a constant spammer gives
  double activity = 1;                ///< how often it is asked, against the others of its supplier
  double slowness = 0;
  std::uint32_t answered = 0;  ///< how many labels it has made so far
};

/// The luck of one label: uniform numbers that decide a trap, an error, and which error.
struct Luck {
  double trap;
  double error;
  double kind;
};
[[nodiscard]] Luck draw_luck(Rng& rng);

[[nodiscard]] std::vector<Person> draw_people(const SimulationOptions& options,
                                              const std::vector<double>& class_prior, Rng rng);

/// What a person says about a task; `progress` in [0,1] is how far the project is (for drift).
[[nodiscard]] std::uint32_t answer_of(Person& person, const SupplierOptions& supplier, const Task& task,
                                      double progress, const Luck& luck, std::size_t class_count);

/// The chance that a person is right on a further task of the project, at half time.
[[nodiscard]] double accuracy_of(const Person& person, const SimulationOptions& options,
                                 const std::vector<double>& class_prior);

}  // namespace mizan::simulation
