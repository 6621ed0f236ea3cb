// Parameters in the form that libpq takes.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/store/sql/value.h"

namespace mizan::store {

/// Numbers and blobs travel in binary, with their types; texts as texts, whose type the server infers from
/// where they stand.
class PostgresParams {
 public:
  /// @errors invalid_argument: a text with a NUL character, which PostgreSQL cannot hold
  [[nodiscard]] Result<void> encode(Params params);

  [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
  [[nodiscard]] const char* const* values() const { return values_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  void add(const char* value, std::size_t length, bool binary);
  [[nodiscard]] const char* add_number(std::uint64_t bits);

  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 8>> numbers_;
  std::vector<std::string> texts_;
};

/// The type to prepare a statement with; 0 = inferred.
[[nodiscard]] unsigned type_oid(Value::Kind kind);

}  // namespace mizan::store
