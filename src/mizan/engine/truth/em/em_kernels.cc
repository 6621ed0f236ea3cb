#include "mizan/engine/truth/em/em_kernels.h"

#include "mizan/base/cpu.h"

namespace mizan::truth {

const EmKernels& em_kernels(CpuLevel level) {
  const EmKernels* kernels = nullptr;
  switch (level) {
    case CpuLevel::avx512:
      kernels = em_kernels_avx512();
      break;
    case CpuLevel::avx2:
      kernels = em_kernels_avx2();
      break;
    case CpuLevel::neon:
      kernels = em_kernels_neon();
      break;
    case CpuLevel::plain:
      break;
  }
  return kernels != nullptr ? *kernels : *em_kernels_plain();
}

}  // namespace mizan::truth
