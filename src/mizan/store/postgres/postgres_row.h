// A row of a PostgreSQL result, in text form.
#pragma once

#include <deque>

#include "mizan/store/sql/row.h"

struct pg_result;

namespace mizan::store {

class PostgresRow final : public Row {
 public:
  PostgresRow(const pg_result* result, int row) : result_(result), row_(row) {}

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] double real(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] BlobView blob(int column) const override;

 private:
  const pg_result* result_;
  int row_;
  // Blobs that were asked for, decoded; a deque, so that views of them stay good.
  mutable std::deque<Blob> blobs_;
};

}  // namespace mizan::store
