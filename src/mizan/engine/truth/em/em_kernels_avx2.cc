// The EM kernels for x86 with AVX2 and FMA; CMake builds this file alone with those flags.
#include "mizan/engine/truth/em/em_kernels.h"

#if defined(__AVX2__) && defined(__FMA__)
#include "mizan/engine/truth/em/em_kernels_impl.h"

namespace mizan::truth {

const EmKernels* em_kernels_avx2() {
  static constexpr EmKernels kKernels = make_kernels<8>("avx2");
  return &kKernels;
}

}  // namespace mizan::truth
#else
namespace mizan::truth {
const EmKernels* em_kernels_avx2() {
  return nullptr;
}
}  // namespace mizan::truth
#endif
