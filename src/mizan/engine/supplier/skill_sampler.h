// Draws of what the truth may be and how able everybody is, given the labels: one Markov chain.
//
// The model: task i has class k with chance pi_k; annotator j of supplier s says l with chance theta_jkl;
// theta_jk ~ Dirichlet(c_s M_sk), M_sk ~ Dirichlet(mostly on the right class), c_s ~ Gamma. All are drawn in
// turn from their exact conditional distributions, so the draws carry every one of these uncertainties: of
// the truth, of each annotator, of the supplier, of the class mix. That labels of a task may err together
// (which this model denies) is measured beside it: `excess_agreement`. Where the annotators of one supplier
// err together more than those of different suppliers do (models of one family), their labels of a task count
// as fewer: `set_supplier_correlation`.
//
// One object = one chain. Not thread-safe; different chains may run on different threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::supplier {

/// The labels in the form in which the chains read them: shared by all of them.
struct SampledLabels {
  std::span<const std::uint32_t> offsets{};  ///< [I+1]
  std::vector<std::uint32_t> codes{};        ///< [labels] annotator * K + label
  std::size_t class_count = 0;
  std::size_t annotator_count = 0;
  std::vector<std::uint32_t> supplier_of{};  ///< [W]
  std::size_t supplier_count = 1;
  std::vector<double> class_votes{};  ///< [K] shares of the labels
  /// The tasks that the chains learn from: all of them, or a random part of very many.
  std::vector<truth::TaskIndex> studied{};

  [[nodiscard]] std::size_t task_count() const { return offsets.size() - 1; }
};
/// All tasks that have labels are studied.
/// @in supplier_of [W], or empty = one supplier; the matrix must outlive the result
[[nodiscard]] SampledLabels sampled_labels(const truth::LabelMatrix& labels,
                                           std::span<const std::uint32_t> supplier_of,
                                           std::size_t supplier_count, ThreadPool& pool);

/// How much more the labels of a task go right or wrong together than independent errors would: mean
/// correlation of two labels' residuals, 0 when the model holds.
struct ExcessAgreement {
  double correlation = 0;
  double standard_error = 0;
  /// [S] the same among the labels of one supplier, less that between labels of different suppliers; 0 where
  /// it cannot be told from 0, or where there is nothing to compare with
  std::vector<double> within_supplier{};
};

/// Makes a random part of the tasks the studied ones, so that their labels are about `label_count`. Harmless
/// where the annotators have hundreds of labels in that part: their own doubt is then little beside that
/// about the model.
void study_a_part(SampledLabels& labels, std::size_t label_count, Rng rng);

class SkillSampler {
 public:
  /// @in start [I,K] where the chain begins; gold [I] or empty: tasks whose answer is known (truth::kNoGold =
  /// not)
  SkillSampler(const SampledLabels& labels, const truth::Table& start, std::span<const std::int32_t> gold,
               Rng rng);

  /// Back to the beginning, with another run of luck.
  void begin(const truth::Table& start);

  /// One draw of everything given everything else.
  /// @cost O(labels·K + W·K²)
  void sweep();

  /// P(class | labels, the drawn abilities) of each task, gold not clamped. The labels of a task count as
  /// m / (1 + (m-1)·correlation) of them: what m labels that err together are worth.
  /// @out [I,K] rows sum to 1
  void fill_posterior(double correlation, truth::Table& posterior) const;
  /// The same for one task.
  void fill_task_posterior(truth::TaskIndex task, double correlation, std::span<double> row) const;

  [[nodiscard]] ExcessAgreement excess_agreement() const;

  /// From now on m labels of supplier s on a task count as m / (1 + (m-1)·correlation[s]).
  void set_supplier_correlation(std::span<const double> correlation);

 private:
  void draw_truth();
  void draw_suppliers();
  void draw_annotators();
  void draw_class_mix();
  void add_labels(std::size_t begin, std::size_t end, std::span<double> row) const;
  [[nodiscard]] double tables_of(double count, double weight);

  const SampledLabels& labels_;
  std::span<const std::int32_t> gold_;
  Rng rng_;
  std::vector<std::uint16_t> answer_;  // [I] the drawn truth
  std::vector<float> counts_;          // [W·K codes][K truth]
  std::vector<double> log_theta_;      // the same shape
  std::vector<double> centre_;         // [S][K truth][K label] M
  std::vector<double> concentration_;  // [S] c
  std::vector<double> log_prior_;      // [K]
  std::vector<double> class_counts_;   // [K]
  std::vector<std::uint8_t> is_used_;  // [W] has labels at all
  std::vector<float> worth_;           // [labels] what each counts for, or empty = 1
};

}  // namespace mizan::supplier
