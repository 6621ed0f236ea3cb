// A file that is made while it is sent: rows are read in stretches, each a short snapshot of its own, and
// written in pieces. Constant memory whatever the number of rows; nothing waits for a slow receiver.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/dataset/write/row_writer.h"

namespace mizan::app {

/// Not thread-safe, but may move between threads. Refers to the Service, which outlives it.
class RowExport {
 public:
  virtual ~RowExport() = default;
  /// Appends the next piece, of some 64 KiB; false = it was the last.
  /// @errors those of the database: what was written so far is no whole file then
  [[nodiscard]] Result<bool> next(std::string& piece);

 protected:
  explicit RowExport(std::unique_ptr<dataset::RowWriter> writer) : writer_(std::move(writer)) {}
  /// Reads and writes the next rows; false = there are none left.
  [[nodiscard]] virtual Result<bool> write_stretch() = 0;
  [[nodiscard]] dataset::RowWriter& writer() { return *writer_; }

 private:
  std::unique_ptr<dataset::RowWriter> writer_;
  bool is_finished_ = false;
};

/// @errors invalid_argument: it is none of jsonl, csv, parquet
[[nodiscard]] Result<dataset::RowFormat> export_format(std::string_view name);

}  // namespace mizan::app
