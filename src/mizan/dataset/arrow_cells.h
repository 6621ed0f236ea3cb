// A column of an Arrow array as the texts of its cells. No Arrow type is seen outside the two files that read
// columnar formats.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <arrow/type_fwd.h>

#include "mizan/base/result.h"

namespace mizan::dataset {

/// Not thread-safe. Cells that are null have an empty text.
class ArrowCells {
 public:
  /// @errors unsupported_format: a type that has no text of its own (lists, structs, maps …)
  static Result<ArrowCells> of(std::shared_ptr<arrow::Array> array, const std::string& column,
                               const std::string& where);

  /// The text of a cell: in the array's own memory, or in `buffer`. Whole numbers have no decimal point;
  /// times are ISO 8601 in UTC. `row` is within the array.
  [[nodiscard]] std::string_view text(std::int64_t row, std::string& buffer) const;

 private:
  using Read = std::string_view (*)(const arrow::Array&, std::int64_t, std::string&);
  ArrowCells(std::shared_ptr<arrow::Array> array, Read read) : array_(std::move(array)), read_(read) {}

  std::shared_ptr<arrow::Array> array_;
  Read read_;
};

}  // namespace mizan::dataset
