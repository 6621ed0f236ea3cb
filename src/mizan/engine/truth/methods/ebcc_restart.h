// One variational run of EBCC from one random start: the inside of ebcc.h. Internal to engine/truth.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/methods/ebcc.h"

namespace mizan::truth::ebcc_internal {

// What all restarts share.
struct Problem {
  const Evidence& evidence;
  const EbccOptions& options;
  const LabelsByAnnotator by_annotator;
  Table votes;                      // [I,K]
  std::vector<double> class_count;  // [K] prior pseudo-counts

  [[nodiscard]] std::size_t classes() const { return votes.columns; }
  [[nodiscard]] std::size_t cells() const { return votes.columns * options.subtypes; }
  [[nodiscard]] double confusion_count(std::size_t answer, std::size_t label) const {
    return answer == label ? options.diagonal : options.off_diagonal;
  }
};

/// Votes, their sums and the labels by annotator.
[[nodiscard]] Problem prepare(const Evidence& evidence, const EbccOptions& options, Run run);

// One restart. A cell is a subtype of a class that is alive; cells of a class stand side by side.
class Restart {
 public:
  Restart(const Problem& problem, Rng rng);

  Result<void> settle(Run run);
  [[nodiscard]] Belief belief() const;

 private:
  // Of a class: the Dirichlet posterior of its subtypes, the dead ones at their prior.
  struct Subtypes {
    std::vector<double> count;
    std::vector<double> prior;
    double sum;
  };

  void sum_cells(Run run);
  void bury_the_dead();
  void fit_cells();
  void fit_annotators(Run run);
  void fit_annotator(std::size_t annotator);
  void fill_tasks(Run run);
  double fill_task(TaskIndex task, std::span<double> row) const;
  [[nodiscard]] double free_energy(Run run) const;
  [[nodiscard]] double annotator_divergence(std::size_t annotator) const;
  void add_confusion(std::size_t annotator, std::size_t answer, std::span<double> row) const;
  [[nodiscard]] Subtypes subtypes_of(std::size_t answer) const;
  [[nodiscard]] std::size_t task_blocks() const;
  [[nodiscard]] std::size_t cells() const { return share_.columns; }
  [[nodiscard]] double subtype_prior() const {
    return problem_.options.subtype_count / static_cast<double>(problem_.options.subtypes);
  }

  const Problem& problem_;
  std::vector<std::size_t> begin_;      // [K+1] the cells of each class
  std::vector<std::size_t> answer_of_;  // [cells] the class of each cell
  Table share_;                         // [I,cells] P(cell) of a task
  Table answer_;                        // [I,K] the same summed over a class's cells
  std::vector<double> cell_count_;      // [cells] expected number of tasks
  std::vector<double> class_total_;     // [K] posterior pseudo-counts
  std::vector<double> log_cell_;        // [cells] E log P(cell)
  Table counts_;                        // [W*K labels, cells] expected counts
  Table log_rows_;                      // [W*K labels, cells] E log P(label | cell)
  std::vector<double> trace_;
  double log_likelihood_ = 0;
  double largest_change_ = 0;
  int steps_ = 0;
  bool converged_ = false;
};

}  // namespace mizan::truth::ebcc_internal
