// Delimited text: CSV, TSV, Mechanical Turk's results, Toloka's assignments. The first byte says which, and
// whether reading is strict; the rest is the file.
#include <cstddef>
#include <cstdint>

#include "fuzz_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using mizan::dataset::Format;
  if (size == 0) return 0;
  constexpr Format kFormats[] = {Format::csv, Format::tsv, Format::mturk, Format::toloka};
  mizan::dataset::ReadOptions options;
  options.format = kFormats[data[0] & 3];
  options.strict = (data[0] & 4) != 0;
  options.has_header = (data[0] & 8) == 0;
  mizan::fuzz::read_whole_and_in_pieces({reinterpret_cast<const char*>(data) + 1, size - 1}, options);
  return 0;
}
