// The EM kernels for 64-bit ARM, where NEON is always there.
#include "mizan/engine/truth/em/em_kernels.h"

#if defined(__aarch64__)
#include "mizan/engine/truth/em/em_kernels_impl.h"

namespace mizan::truth {

const EmKernels* em_kernels_neon() {
  static constexpr EmKernels kKernels = make_kernels<4>("neon");
  return &kKernels;
}

}  // namespace mizan::truth
#else
namespace mizan::truth {
const EmKernels* em_kernels_neon() {
  return nullptr;
}
}  // namespace mizan::truth
#endif
