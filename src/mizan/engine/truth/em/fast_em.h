// The fused EM pass over packed codes: cuts the labels into blocks, runs the kernels of one instruction set
// over them, and adds the blocks' sums in order. Internal to engine/truth; methods use em_pass.h.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "mizan/base/cpu.h"
#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/em/em_kernels.h"

namespace mizan::truth {

/// The labels are borrowed and must outlive it. One call at a time.
/// Memory beside the labels: up to 1 byte a task (4 more where some tasks have no labels), and per block the
/// sums in double.
class FastEm {
 public:
  FastEm(const Evidence& evidence, CpuLevel level, Run run);

  [[nodiscard]] ExpectedCounts counts_of_votes(Run run);
  /// As EmPass::step; nothing where the model gives some label probability 0, which float cannot follow.
  [[nodiscard]] std::optional<double> step(const LogConfusion& model, ExpectedCounts& counts, Run run);

 private:
  struct Block {
    std::size_t begin = 0;  // tasks
    std::size_t end = 0;
    std::size_t first_gold = 0;
    std::size_t last_gold = 0;
    std::vector<double> counts;  // [codes, count width]
    std::vector<double> classes;
    double log_norm = 0;
  };
  struct Scratch {
    std::vector<float> counts;
    std::vector<float> posteriors;
  };

  void list_tasks(const Evidence& evidence);
  void cut_blocks();
  void order_tasks(Run run);
  void count_codes(Run run);
  [[nodiscard]] std::size_t code_count() const;

  [[nodiscard]] bool fill_rows(const LogConfusion& model);
  void fill_vote_rows();
  void run_block(Block& block, EmInput input);
  [[nodiscard]] std::size_t end_of_stretch(std::size_t begin, std::size_t end) const;
  [[nodiscard]] ExpectedCounts sum_blocks(Run run);

  const LabelMatrix& labels_;
  const EmKernels& kernels_;
  std::size_t row_width_;
  std::size_t count_width_;
  std::vector<std::uint32_t> compact_offsets_;  // only where some tasks have no labels
  const std::uint32_t* offsets_ = nullptr;      // of the tasks that have labels
  std::size_t task_count_ = 0;                  // that have labels
  std::vector<std::uint8_t> order_;
  std::vector<GoldTask> gold_;
  std::vector<double> gold_without_labels_;  // [K] tasks
  std::vector<double> label_counts_;         // [codes]
  double shift_ = 0;                         // what the log-likelihood lacks because rows are shifted
  std::vector<Block> blocks_;
  std::size_t stretch_labels_ = 0;
  std::vector<float> prior_;
  std::vector<float> rows_;
  std::mutex scratch_mutex_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

}  // namespace mizan::truth
