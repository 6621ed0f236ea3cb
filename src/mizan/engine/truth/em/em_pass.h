// One EM step for any model of confusion matrices: the fast way to the sums that an M step needs.
//
// `EmPass` is made once for the labels and used for every step. Small problems get the textbook pass in
// double (confusion_model.h). For large ones the E and the M step are fused over 256 tasks at a time in float
// (em_kernels.h): posteriors are never stored, sums are kept in double. A model whose parameters are tied
// (one coin, class coin, a prior) uses the same sums and ties them in its own M step.
//
// What the fused pass gives up: posteriors of one step differ from the textbook's by 1e-7, and EM may magnify
// that. Where it is chosen by itself (is_fused_pass_chosen), posteriors agree within 1e-6 after 20 steps.
// Forced on sparse labels (one or two for each cell of a confusion matrix), single tasks were seen to differ
// by 2e-5 on the way. It never depends on the number of threads; the textbook pass is the same to the last
// bit on every instruction set, the fused one agrees between them as it does with the textbook. Not
// thread-safe: one step at a time.
#pragma once

#include <memory>
#include <optional>

#include "mizan/base/cpu.h"
#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {

/// Below this many labels the textbook pass is quick enough.
inline constexpr std::size_t kFusedFromLabels = std::size_t{1} << 18;
/// With fewer labels for each cell of the confusion matrices, rounding could be magnified beyond 1e-6.
inline constexpr std::size_t kFusedLabelsPerCell = 32;

/// Whether EmPass takes the fused pass when nothing else is asked for. Depends on the labels alone.
[[nodiscard]] bool is_fused_pass_chosen(const LabelMatrix& labels);

enum class EmPrecision : std::uint8_t {
  automatic,  ///< as is_fused_pass_chosen says
  exact,      ///< the textbook pass, in double
  fast,       ///< the fused pass, in float with sums in double
};

struct EmPassOptions {
  EmPrecision precision = EmPrecision::automatic;
  std::optional<CpuLevel> cpu{};  ///< whose kernels; none = cpu_level()
};

class FastEm;

class EmPass {
 public:
  /// @cost O(tasks) time; a byte a task and, while it lives, the sums of each block
  EmPass(const Evidence& evidence, Run run, const EmPassOptions& options = {});
  ~EmPass();
  EmPass(const EmPass&) = delete;
  EmPass& operator=(const EmPass&) = delete;

  /// M alone: expected counts when every posterior is the vote shares (gold clamped): the usual first step.
  [[nodiscard]] ExpectedCounts counts_of_votes(Run run);

  /// E and M: fills `counts` with the expected counts under the posteriors of `model`.
  /// @return the log-likelihood of labels and gold in nats, as fill_posteriors gives it
  /// @cost   O(labels * K)
  double step(const LogConfusion& model, ExpectedCounts& counts, Run run);

  /// M alone: expected counts under given posteriors, or under the vote shares where `start` is null.
  [[nodiscard]] ExpectedCounts counts_of(const Table* start, Run run);

  /// E alone, in double: the posteriors of `model`, to finish with. The last step must have been with the
  /// same model, or none. The pass may not be used again.
  [[nodiscard]] Table take_posteriors(const LogConfusion& model, Run run);

  [[nodiscard]] bool is_fast() const;

 private:
  Evidence evidence_;
  Table posterior_;                // the textbook pass keeps all posteriors between its two halves
  bool holds_posteriors_ = false;  // of the last step
  std::unique_ptr<FastEm> fast_;   // null: the textbook pass
};

}  // namespace mizan::truth
