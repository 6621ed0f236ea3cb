// The innermost loops of EM for confusion matrices, one build of them for each instruction set.
//
// A kernel takes a stretch of tasks and does the E step and the M step together: posteriors live only in a
// scratch of 256 tasks. It works in float and adds to float counters; the caller (em_pass.cc) keeps stretches
// short enough for float sums and moves them into double. The files em_kernels_<set>.cc hold the same code
// (em_kernels_impl.h) built with different flags; nothing in them may use the standard library, because an
// inline function built for a newer machine must not be the copy that the linker keeps for all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mizan {
enum class CpuLevel : std::uint8_t;
}

namespace mizan::truth {

/// Kernels work through chunks of this many tasks; a stretch begins at a multiple of it.
inline constexpr std::size_t kEmChunk = 256;

/// A task whose answer is known.
struct GoldTask {
  std::uint32_t task;
  std::uint32_t answer;
};

/// What the rows of a stretch mean.
enum class EmInput : std::uint8_t {
  model,  ///< log-parameters; posteriors by Bayes' rule
  votes,  ///< 1 for the class the label names, else 0, and a prior of 0; posteriors are vote shares
};

/// What a kernel reads and what it adds to. Rows are as em_row_width says, counters as em_count_width.
struct EmStretch {
  const void* codes;             ///< packed labels, 16 or 32 bits each
  const std::uint32_t* offsets;  ///< where the labels of each task begin; every task has at least one
  const std::uint8_t* order;     ///< within each chunk, the tasks by number of labels; null = as they are
  std::size_t begin;             ///< first task, a multiple of kEmChunk
  std::size_t end;
  const GoldTask* gold;  ///< the gold tasks of [begin,end), ascending
  std::size_t gold_count;
  EmInput input;
  std::size_t classes;
  const float* prior;   ///< [row width] log class prior, or its log-odds
  const float* rows;    ///< [codes, row width] log P(label | class) up to a shift per row, or its log-odds
  float* counts;        ///< [codes, count width] expected counts are added here
  float* scratch;       ///< [em_scratch_size(classes)]
  double* class_sums;   ///< [classes] expected tasks of each class are added here
  double log_norm = 0;  ///< sum over tasks of the log of what the posterior was divided by
};

using EmKernel = void (*)(EmStretch&);

/// The kernels of one instruction set.
struct EmKernels {
  const char* name;
  EmKernel narrow[17];  ///< 16-bit codes: [2] to [16] by number of classes, [0] for any other
  EmKernel wide[17];    ///< the same for 32-bit codes
  void (*flush)(float* from, double* to, std::size_t count);  ///< adds to double and zeroes
};

/// How many floats the counters of a code take: one a class, padded where there are many.
[[nodiscard]] constexpr std::size_t em_count_width(std::size_t classes) {
  return classes <= 16 ? classes : (classes + 7) / 8 * 8;
}
/// How many floats the parameters of a code take: as many, but two classes need only the log-odds of class 1.
[[nodiscard]] constexpr std::size_t em_row_width(std::size_t classes) {
  return classes == 2 ? 1 : em_count_width(classes);
}

/// Posteriors of a chunk, and what the widest vector may read behind them.
[[nodiscard]] constexpr std::size_t em_scratch_size(std::size_t classes) {
  return kEmChunk * em_count_width(classes) + 32;
}

// Null where the build has no such instruction set.
[[nodiscard]] const EmKernels* em_kernels_plain();
[[nodiscard]] const EmKernels* em_kernels_avx2();
[[nodiscard]] const EmKernels* em_kernels_avx512();
[[nodiscard]] const EmKernels* em_kernels_neon();

/// The kernels for a level that this machine can run (base/cpu.h); plain ones where none were built for it.
[[nodiscard]] const EmKernels& em_kernels(CpuLevel level);

}  // namespace mizan::truth
