// The live model of one question: IBCC in its map form (methods/ibcc.h), kept up to date label by label by
// Neal & Hinton's incremental EM, and brought to what the batch fit says by sweeps.
//
// Kept: the labels, the posterior of every task, and the counts that the posteriors add up to. Invariant: the
// counts are exactly that sum, in whole numbers (expected_counts.h), after any sequence of changes. A change
// at a task takes the task's share out of the counts, computes its posterior from what is left and puts the
// new share in: so taking a label back restores every count bit for bit, and nothing drifts.
//
// Not thread-safe: one owner. Deterministic, whatever the number of threads a sweep runs on.
// Source: Neal & Hinton 1998, "A view of the EM algorithm that justifies incremental, sparse, and other
// variants".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/truth/methods/confusion_hierarchy.h"
#include "mizan/engine/truth/online/expected_counts.h"
#include "mizan/engine/truth/online/label_pool.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

struct OnlineOptions {
  HierarchyOptions hierarchy{};
  int prior_rounds = 2;  ///< as in IbccOptions
  std::size_t prior_min_labels = 3;
};

/// Where settling begins.
enum class SweepStart : std::uint8_t {
  here,   ///< what is believed now: soon done, may stay in another local optimum than the batch fit
  votes,  ///< vote shares and flat priors, as the batch fit: the result depends on the labels alone
};

struct SettleOptions {
  SweepStart start = SweepStart::votes;
  double tolerance = 1e-3;  ///< settled when no probability of any task moves more than this; not below 1e-9
  int max_sweeps = 500;     ///< of each round of the priors
};

struct Settled {
  int sweeps = 0;
  double largest_change = 0;  ///< of the last sweep
  bool converged = false;
};

/// What the model says, complete: posteriors of tasks follow from it and their labels (task_posterior.h).
struct OnlineSkills {
  std::size_t class_count = 0;
  std::vector<double> class_pseudo_count;  ///< [K]
  ConfusionHierarchy hierarchy;            ///< what is believed of annotators without labels
  std::vector<double> pseudo_count;        ///< [W,K,K] row = right answer, column = label
  std::vector<std::uint32_t> label_count;  ///< [W]
};

class OnlineModel {
 public:
  /// @in class_count >= 1
  explicit OnlineModel(std::size_t class_count, const OnlineOptions& options = {});

  // -- who and what there is; indices are handed out in order
  std::uint32_t add_supplier();
  /// @in supplier  kNoSupplier, or one that was added
  AnnotatorIndex add_annotator(std::uint32_t supplier = kNoSupplier);
  TaskIndex add_task();
  /// Further classes behind those there are.  @cost O(tasks * K + annotators * K^2)
  void add_classes(std::size_t count);

  [[nodiscard]] std::size_t class_count() const { return classes_; }
  [[nodiscard]] std::size_t task_count() const { return labels_.task_count(); }
  [[nodiscard]] std::size_t annotator_count() const { return supplier_of_.size(); }
  [[nodiscard]] std::size_t supplier_count() const { return hierarchy_.suppliers.size(); }
  [[nodiscard]] std::size_t label_count() const { return labels_.label_count(); }
  [[nodiscard]] std::size_t label_count_of_task(TaskIndex task) const {
    return labels_.label_count_of_task(task);
  }

  // -- what arrives
  /// A label, or the annotator's new label in place of the earlier one.
  /// @errors invalid_argument: an index that was not handed out
  /// @cost   O(labels of the task * K), a few times
  Result<void> add_label(const LabelRow& label);
  /// @errors invalid_argument; not_found: this annotator has no label on the task
  Result<void> remove_label(TaskIndex task, AnnotatorIndex annotator);
  /// @in answer  a class, or kNoGold to forget it
  Result<void> set_gold(TaskIndex task, std::int32_t answer);
  /// Believes the task anew from its labels and what is known of everybody now.
  void refresh(TaskIndex task);

  // -- sweeps
  /// One full E step from the counts as they are, then the counts of the new posteriors.
  /// @out    the largest change of a probability
  /// @cost   O(labels * K + annotators * K^2)
  Result<double> sweep(Run run);
  /// Sweeps until nothing moves, fits the priors, sweeps again …: from votes, what `fit_ibcc` does.
  /// @errors cancelled
  Result<Settled> sweep_until_settled(const SettleOptions& options, Run run);
  /// Adds up all counts from the posteriors again; false when one was not what it should be (a mistake in
  /// this class).
  bool rebuild();

  // -- what is believed
  /// Equal shares of the classes' counts for a task without labels and gold.
  [[nodiscard]] std::vector<double> posterior(TaskIndex task) const;
  /// What would be believed of a task had neither its labels nor its gold taught anybody anything: for honest
  /// tests and calibration.
  [[nodiscard]] std::vector<double> held_out_posterior(TaskIndex task) const;
  [[nodiscard]] std::int32_t gold_of(TaskIndex task) const { return gold_[task]; }
  [[nodiscard]] const ConfusionHierarchy& hierarchy() const { return hierarchy_; }
  [[nodiscard]] OnlineSkills skills() const;
  /// Bytes held, about.
  [[nodiscard]] std::size_t memory_bytes() const;

  template <class Visit>
  void visit_task(TaskIndex task, Visit&& visit) const {
    labels_.visit_task(task, visit);
  }

 private:
  struct Sums {
    std::vector<UnitCount> rows;        // [W*K, K] labels: row = annotator * K + label, column = right answer
    std::vector<UnitCount> row_sums;    // [W, K] labels of an annotator by right answer
    std::vector<UnitCount> class_sums;  // [K] tasks that take part
    std::vector<UnitCount> class_votes;  // [K] their vote shares: the empirical class prior
    bool operator==(const Sums&) const = default;
  };

  [[nodiscard]] bool takes_part(TaskIndex task) const;
  [[nodiscard]] std::span<UnitShare> row_of(TaskIndex task);
  [[nodiscard]] std::span<const UnitShare> row_of(TaskIndex task) const;
  void count_votes(TaskIndex task, Sums& sums, UnitCount sign) const;
  void count_shares(TaskIndex task, Sums& sums, UnitCount sign) const;
  void count_task(TaskIndex task, Sums& sums, UnitCount sign) const;
  [[nodiscard]] Sums empty_sums() const;
  [[nodiscard]] std::vector<double> class_logs() const;
  [[nodiscard]] static double class_prior_count(UnitCount votes);
  void add_label_logs(TaskIndex task, std::span<const UnitShare> own, std::span<double> row) const;
  /// E step of one task, gold not clamped.
  [[nodiscard]] std::vector<double> believe(TaskIndex task) const;
  [[nodiscard]] std::vector<double> believe_clamped(TaskIndex task) const;
  void settle_task(TaskIndex task);
  void move_task(TaskIndex task, std::span<const double> to);
  void start_from_votes();
  [[nodiscard]] Table log_rows(Run run) const;
  [[nodiscard]] Table teaching_counts() const;
  Result<void> settle(const SettleOptions& options, Settled& settled, Run run);
  void learn_priors();
  [[nodiscard]] Result<void> check(TaskIndex task, AnnotatorIndex annotator) const;

  OnlineOptions options_;
  std::size_t classes_;
  LabelPool labels_;
  std::vector<UnitShare> posterior_;  // [I,K]; zeros where the task takes no part
  std::vector<std::int32_t> gold_;    // [I]
  std::vector<std::uint32_t> supplier_of_;
  ConfusionHierarchy hierarchy_;
  Sums sums_;
};

}  // namespace mizan::truth
