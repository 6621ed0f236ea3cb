// Parquet row by row: cells gather in Arrow builders, and every full group goes out as bytes.
#include <cmath>
#include <memory>

#include <arrow/api.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/compression.h>
#include <parquet/arrow/writer.h>

#include "mizan/base/assert.h"
#include "mizan/dataset/write/row_writer.h"

namespace mizan::dataset {
namespace {

constexpr std::int64_t kGroupRows = 1 << 16;

/// Appends what Arrow writes to a string that somebody takes away now and then.
class PieceStream final : public arrow::io::OutputStream {
 public:
  explicit PieceStream(std::string& out) : out_(out) { set_mode(arrow::io::FileMode::WRITE); }
  arrow::Status Write(const void* data, std::int64_t bytes) override {
    out_.append(static_cast<const char*>(data), static_cast<std::size_t>(bytes));
    position_ += bytes;
    return arrow::Status::OK();
  }
  arrow::Status Close() override {
    closed_ = true;
    return arrow::Status::OK();
  }
  arrow::Result<std::int64_t> Tell() const override { return position_; }
  bool closed() const override { return closed_; }

 private:
  std::string& out_;
  std::int64_t position_ = 0;
  bool closed_ = false;
};

std::shared_ptr<arrow::DataType> type_of(CellKind kind) {
  if (kind == CellKind::whole) return arrow::int64();
  if (kind == CellKind::truth) return arrow::boolean();
  return kind == CellKind::real ? arrow::float64() : arrow::utf8();
}

Result<void> checked(const arrow::Status& status) {
  if (status.ok()) return {};
  return fail(ErrorCode::internal, "Arrow could not write a Parquet table: " + status.ToString(), {},
              "write CSV or JSON lines instead, and report this");
}

class ParquetRows final : public RowWriter {
 public:
  arrow::Status open(const std::vector<RowColumnSpec>& columns) {
    arrow::FieldVector fields;
    for (const RowColumnSpec& column : columns) {
      fields.push_back(arrow::field(column.name, type_of(column.kind)));
      builders_.emplace_back();
      ARROW_RETURN_NOT_OK(
          arrow::MakeBuilder(arrow::default_memory_pool(), fields.back()->type(), &builders_.back()));
    }
    schema_ = arrow::schema(std::move(fields));
    const bool has_zstd = arrow::util::Codec::IsAvailable(arrow::Compression::ZSTD);
    const auto properties =
        parquet::WriterProperties::Builder()
            .compression(has_zstd ? arrow::Compression::ZSTD : arrow::Compression::UNCOMPRESSED)
            ->max_row_group_length(kGroupRows)
            ->created_by("mizan")
            ->build();
    ARROW_ASSIGN_OR_RAISE(writer_,
                          parquet::arrow::FileWriter::Open(*schema_, arrow::default_memory_pool(),
                                                           std::make_shared<PieceStream>(out_), properties));
    return arrow::Status::OK();
  }

  Result<void> write(std::span<const RowCell> cells) override {
    MIZAN_ASSERT(cells.size() == builders_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) MIZAN_CHECK_OK(checked(append(*builders_[i], cells[i])));
    return ++row_count_ == kGroupRows ? checked(write_group()) : Result<void>{};
  }

  Result<void> finish() override {
    if (row_count_ > 0) MIZAN_CHECK_OK(checked(write_group()));
    return checked(writer_->Close());
  }

 private:
  static arrow::Status append(arrow::ArrayBuilder& builder, const RowCell& cell) {
    if (const auto* text = std::get_if<std::string_view>(&cell))
      return static_cast<arrow::StringBuilder&>(builder).Append(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
      return static_cast<arrow::Int64Builder&>(builder).Append(*whole);
    if (const auto* truth = std::get_if<bool>(&cell))
      return static_cast<arrow::BooleanBuilder&>(builder).Append(*truth);
    const auto* real = std::get_if<double>(&cell);
    if (real == nullptr || std::isnan(*real)) return builder.AppendNull();
    return static_cast<arrow::DoubleBuilder&>(builder).Append(*real);
  }

  arrow::Status write_group() {
    arrow::ArrayVector arrays;
    for (auto& builder : builders_) {
      arrays.emplace_back();
      ARROW_RETURN_NOT_OK(builder->Finish(&arrays.back()));
    }
    const auto table = arrow::Table::Make(schema_, arrays, row_count_);
    ARROW_RETURN_NOT_OK(writer_->WriteTable(*table, row_count_));
    row_count_ = 0;
    return arrow::Status::OK();
  }

  std::shared_ptr<arrow::Schema> schema_{};
  std::vector<std::unique_ptr<arrow::ArrayBuilder>> builders_{};
  std::unique_ptr<parquet::arrow::FileWriter> writer_{};
  std::int64_t row_count_ = 0;
};

}  // namespace

Result<std::unique_ptr<RowWriter>> open_parquet_rows(const std::vector<RowColumnSpec>& columns) {
  auto rows = std::make_unique<ParquetRows>();
  MIZAN_CHECK_OK(checked(rows->open(columns)));
  return std::unique_ptr<RowWriter>(std::move(rows));
}

}  // namespace mizan::dataset
