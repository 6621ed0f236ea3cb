// A file that is written piece by piece and is there only when it is whole; packed with gzip if its name says
// so.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// Not thread-safe. Until finish() the bytes stand in "<path>.part", which is removed if finish() never
/// comes.
class FileOutput {
 public:
  struct Options {
    bool replaces = false;  ///< a file that is there
  };
  /// "-" = standard output, never packed. A name that ends in .gz is packed.
  /// @errors file_unwritable: also when the file is there and may not be replaced
  [[nodiscard]] static Result<FileOutput> create(const std::string& path, const Options& options);
  FileOutput(FileOutput&& other) noexcept;
  FileOutput& operator=(FileOutput&& other) = delete;
  ~FileOutput();

  [[nodiscard]] Result<void> append(std::string_view bytes);
  [[nodiscard]] Result<void> finish();

 private:
  struct State;
  explicit FileOutput(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mizan::dataset
