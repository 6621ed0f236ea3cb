// The EM kernels for x86 with AVX-512 (F, BW, DQ, VL); CMake builds this file alone with those flags.
#include "mizan/engine/truth/em/em_kernels.h"

#if defined(__AVX512F__)
#include "mizan/engine/truth/em/em_kernels_impl.h"

namespace mizan::truth {

const EmKernels* em_kernels_avx512() {
  static constexpr EmKernels kKernels = make_kernels<16>("avx512");
  return &kKernels;
}

}  // namespace mizan::truth
#else
namespace mizan::truth {
const EmKernels* em_kernels_avx512() {
  return nullptr;
}
}  // namespace mizan::truth
#endif
