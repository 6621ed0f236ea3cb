// JSON: one object a line, an array of flat objects, or whatever the bytes are taken for. The first byte says
// which, and whether reading is strict; the rest is the file.
#include <cstddef>
#include <cstdint>

#include "fuzz_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using mizan::dataset::Format;
  if (size == 0) return 0;
  mizan::dataset::ReadOptions options;
  if ((data[0] & 3) == 0) options.format = Format::jsonl;
  if ((data[0] & 3) == 1) options.format = Format::json;
  options.strict = (data[0] & 4) != 0;
  mizan::fuzz::read_whole_and_in_pieces({reinterpret_cast<const char*>(data) + 1, size - 1}, options);
  return 0;
}
