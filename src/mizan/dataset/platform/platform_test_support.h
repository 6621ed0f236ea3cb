// What the tests of the platform readers share.
#pragma once

#include <string>
#include <vector>

#include "mizan/dataset/readers.h"

namespace mizan::dataset {

using Reader = Result<ReadOutcome> (*)(const ReadJob&);

inline Result<ReadOutcome> read_with(Reader reader, const std::string& bytes, ReadOptions options = {}) {
  ThreadPool pool(2);
  const Progress progress;
  const Input input = Input::of_bytes(bytes, "export");
  return reader(ReadJob{input, options, Format::csv, pool, progress});
}

inline Result<ReadOutcome> read_file(Reader reader, const std::string& path, ReadOptions options = {}) {
  ThreadPool pool(2);
  const Progress progress;
  auto input = open_input(path, progress);
  if (!input) return fail(std::move(input).error());
  return reader(ReadJob{*input, options, Format::csv, pool, progress});
}

/// "code=count" of every oddity.
inline std::vector<std::string> oddities_of(const ReadOutcome& outcome) {
  std::vector<std::string> codes;
  for (const Oddity& oddity : outcome.oddities)
    codes.push_back(oddity.code + "=" + std::to_string(oddity.count));
  return codes;
}

}  // namespace mizan::dataset
