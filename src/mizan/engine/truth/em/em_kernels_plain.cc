// The EM kernels for every machine of the family: what the compiler assumes without being told.
#include "mizan/engine/truth/em/em_kernels.h"
#include "mizan/engine/truth/em/em_kernels_impl.h"

namespace mizan::truth {

const EmKernels* em_kernels_plain() {
  static constexpr EmKernels kKernels = make_kernels<4>("plain");
  return &kKernels;
}

}  // namespace mizan::truth
