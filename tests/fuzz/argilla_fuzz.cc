// Argilla's records, with and without suggestions (the first byte says which).
#include <cstddef>
#include <cstdint>

#include "fuzz_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  mizan::dataset::ReadOptions options;
  options.format = mizan::dataset::Format::argilla;
  options.with_predictions = (data[0] & 1) != 0;
  options.strict = (data[0] & 4) != 0;
  (void)mizan::fuzz::read({reinterpret_cast<const char*>(data) + 1, size - 1}, options);
  return 0;
}
