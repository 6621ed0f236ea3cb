// Which instruction set the fast loops may use on this machine: asked of the processor once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mizan {

enum class CpuLevel : std::uint8_t {
  plain,   ///< what the compiler assumes of every machine of the family
  neon,    ///< 64-bit ARM
  avx2,    ///< x86 with AVX2 and FMA
  avx512,  ///< x86 with AVX-512 F, BW, DQ and VL
};

/// The spelling used in MIZAN_CPU and in reports.
[[nodiscard]] std::string_view cpu_level_name(CpuLevel level);

/// Every level this machine can run, the slowest first; never empty. Thread-safe.
[[nodiscard]] std::vector<CpuLevel> available_cpu_levels();

/// The best level, or the one that the environment variable MIZAN_CPU names if the machine can run it (else
/// the variable is not heeded: a number must never depend on whether a fast path exists). Asked once, then
/// remembered; thread-safe.
[[nodiscard]] CpuLevel cpu_level();

/// The rule behind cpu_level(), for tests.
[[nodiscard]] CpuLevel choose_cpu_level(const std::vector<CpuLevel>& available, std::string_view wanted);

}  // namespace mizan
