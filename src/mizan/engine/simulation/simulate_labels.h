// Makes labelled data whose truth is known: for demonstrations, for measuring how well the engine works, and
// for checking that its intervals hold what they claim to hold.
//
// The model. A task has a right answer (drawn from the class prior), a difficulty (a shift of everybody's
// log-odds of being right) and may be a *trap*: one wrong answer that looks right to many. An annotator has a
// chance of being right for each class, around the mean of the supplier. Who errs picks a wrong class by the
// supplier's error shape. On top of that come spammers, people who copy, drift, and models of one family that
// err together. Pure: the same options give the same table on every machine and at any time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/label_table.h"

namespace mizan::simulation {

enum class SupplierKind : std::uint8_t { crowd, expert, model };

/// How an annotator answers.
enum class Behaviour : std::uint8_t {
  honest,
  random,          ///< any class with equal chance, whatever the task
  constant,        ///< always the same class
  position_bound,  ///< goes round the classes in order, whatever the task
};

/// Which wrong class an error picks.
enum class ErrorShape : std::uint8_t {
  uniform,     ///< every wrong class alike
  neighbours,  ///< mostly the class beside (ordered classes)
  one_rival,   ///< mostly the next class round the circle: each class has one it is taken for
};

/// A source of labels. Shares are of its annotators, in [0,1]; those of the three kinds of spammers and of
/// copiers add up to at most 1.
struct SupplierOptions {
  std::string name{};
  SupplierKind kind = SupplierKind::crowd;
  std::size_t annotator_count = 20;
  double labels_per_task = 3;    ///< mean over the tasks it is sent; a fraction is drawn task by task
  double task_share = 1;         ///< share of all tasks it is sent
  double skill_mean = 0.75;      ///< chance of being right on a task of middling difficulty
  double skill_spread = 0.08;    ///< standard deviation between annotators (a Beta distribution)
  double class_spread = 0;       ///< standard deviation between the classes of one annotator, in log-odds
  double activity_spread = 0.8;  ///< how unevenly the work is shared: sigma of a log-normal weight
  ErrorShape error_shape = ErrorShape::uniform;
  double trap_pull = 0.6;  ///< chance that its annotators fall for a trap
  double random_share = 0;
  double constant_share = 0;
  double position_share = 0;
  double copier_share = 0;
  double copy_probability = 0.85;  ///< that a copier copies where its source labelled the same task
  double drift = 0;                ///< change of the log-odds of being right from the first to the last task
  double shared_error = 0;  ///< chance that a label's luck is drawn once for the whole supplier (one family)
  double price_per_label = 0;  ///< units of currency
  double seconds_median = 20;  ///< log-normal by annotator, task and label
};

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::size_t task_count = 1000;
  std::size_t class_count = 3;
  std::vector<double> class_prior{};  ///< [class_count]; empty = equal
  double difficulty_spread = 0;       ///< standard deviation of the tasks' shift in log-odds
  double trap_share = 0;              ///< share of tasks that are traps
  double gold_share = 0;              ///< share of tasks whose answer the table gives as gold
  std::vector<SupplierOptions> suppliers{};
  std::string currency = "USD";
  std::int64_t start_us = 1'767'225'600'000'000;  ///< 2026-01-01T00:00:00Z
  std::int64_t duration_us = 14LL * 24 * 3600 * 1'000'000;
};

/// What is true of an annotator.
struct AnnotatorTruth {
  Behaviour behaviour = Behaviour::honest;
  std::optional<std::uint32_t> copies{};  ///< whose labels it copies (index in the table's annotators)
  /// The chance that a label on a further task of this project is right, at half time; a copier's is its own.
  double accuracy = 0;
  std::size_t label_count = 0;
  std::size_t correct_count = 0;  ///< what the truth column says
};

struct SupplierTruth {
  double accuracy = 0;  ///< mean of its annotators' accuracies, each weighted by its labels
  std::size_t label_count = 0;
  std::size_t correct_count = 0;
};

struct Simulation {
  domain::LabelTable table;              ///< rows in the order of their time stamps
  std::vector<domain::ClassCode> truth;  ///< [tasks]
  std::vector<bool> is_trap;             ///< [tasks]
  std::vector<AnnotatorTruth> annotators;
  std::vector<SupplierTruth> suppliers;
};

/// @errors invalid_argument: no task, no supplier, fewer than two classes or a prior that does not fit them,
/// a share outside [0,1], more labels per task than annotators
/// @cost   O(labels · classes)
[[nodiscard]] Result<Simulation> simulate_labels(const SimulationOptions& options);

}  // namespace mizan::simulation
