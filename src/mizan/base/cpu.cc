#include "mizan/base/cpu.h"

#include <cstdlib>

namespace mizan {

std::string_view cpu_level_name(CpuLevel level) {
  switch (level) {
    case CpuLevel::plain:
      return "plain";
    case CpuLevel::neon:
      return "neon";
    case CpuLevel::avx2:
      return "avx2";
    case CpuLevel::avx512:
      return "avx512";
  }
  return "plain";
}

std::vector<CpuLevel> available_cpu_levels() {
  std::vector<CpuLevel> levels{CpuLevel::plain};
#if defined(__aarch64__)
  levels.push_back(CpuLevel::neon);
#elif defined(__x86_64__)
  // The compiler's run-time asks cpuid and whether the operating system saves the wide registers.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) levels.push_back(CpuLevel::avx2);
  if (levels.back() == CpuLevel::avx2 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    levels.push_back(CpuLevel::avx512);
#endif
  return levels;
}

CpuLevel choose_cpu_level(const std::vector<CpuLevel>& available, std::string_view wanted) {
  for (const CpuLevel level : available)
    if (cpu_level_name(level) == wanted) return level;
  return available.back();
}

CpuLevel cpu_level() {
  static const CpuLevel kLevel = [] {
    const char* wanted = std::getenv("MIZAN_CPU");  // NOLINT(concurrency-mt-unsafe): read once, never set
    return choose_cpu_level(available_cpu_levels(), wanted == nullptr ? "" : wanted);
  }();
  return kLevel;
}

}  // namespace mizan
