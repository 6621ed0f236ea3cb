// Parquet, and Arrow IPC files and streams: each row group or record batch is one part, read in parallel.
//
// Whatever Arrow throws or returns is turned into an Error here. Batches are validated in full before a cell
// is looked at, since offsets and dictionary numbers come from the file.
#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>

#include "mizan/dataset/arrow_cells.h"
#include "mizan/dataset/assemble.h"
#include "mizan/dataset/label_chunk.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/row_shape.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using std::size_t;
using std::string;
using std::string_view;
using Batches = arrow::RecordBatchVector;

// Where the batches come from. `columns` are numbers in the schema.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  [[nodiscard]] virtual const arrow::Schema& schema() const = 0;
  [[nodiscard]] virtual size_t part_count() const = 0;
  /// Safe to call from several threads for different parts. The batches hold the wanted columns, whose
  /// numbers ascend.
  [[nodiscard]] virtual arrow::Result<Batches> read(size_t part, const std::vector<int>& columns) const = 0;
};

std::shared_ptr<arrow::io::BufferReader> open_bytes(string_view bytes) {
  return std::make_shared<arrow::io::BufferReader>(std::make_shared<arrow::Buffer>(
      reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<std::int64_t>(bytes.size())));
}

class ParquetSource final : public BatchSource {
 public:
  static arrow::Result<std::unique_ptr<BatchSource>> open(string_view bytes) {
    auto source = std::unique_ptr<ParquetSource>(new ParquetSource(bytes));
    ARROW_ASSIGN_OR_RAISE(const auto reader, source->reader());
    source->metadata_ = reader->parquet_reader()->metadata();
    ARROW_RETURN_NOT_OK(reader->GetSchema(&source->schema_));
    for (const auto& field : reader->manifest().schema_fields) source->leaf_.push_back(field.column_index);
    return source;
  }

  [[nodiscard]] const arrow::Schema& schema() const override { return *schema_; }
  [[nodiscard]] size_t part_count() const override {
    return static_cast<size_t>(metadata_->num_row_groups());
  }
  [[nodiscard]] arrow::Result<Batches> read(size_t part, const std::vector<int>& columns) const override {
    std::vector<int> leaves;
    for (const int column : columns) {
      const int leaf = leaf_.at(static_cast<size_t>(column));
      if (leaf < 0)
        return arrow::Status::NotImplemented("column \"", schema_->field(column)->name(), "\" is nested");
      leaves.push_back(leaf);
    }
    ARROW_ASSIGN_OR_RAISE(const auto own_reader, reader());
    ARROW_ASSIGN_OR_RAISE(const auto table, own_reader->ReadRowGroup(static_cast<int>(part), leaves));
    if (table->num_columns() != static_cast<int>(columns.size()))
      return arrow::Status::Invalid("a row group lacks a column");
    return arrow::TableBatchReader(*table).ToRecordBatches();
  }

 private:
  explicit ParquetSource(string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] arrow::Result<std::unique_ptr<parquet::arrow::FileReader>> reader() const {
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(builder.Open(open_bytes(bytes_), parquet::default_reader_properties(), metadata_));
    parquet::ArrowReaderProperties properties(false);
    builder.properties(properties);
    return builder.Build();
  }

  string_view bytes_;
  std::shared_ptr<parquet::FileMetaData> metadata_;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<int> leaf_;  // [top-level columns] number among the leaves, or -1
};

arrow::ipc::IpcReadOptions ipc_options() {
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  options.ensure_alignment = arrow::ipc::Alignment::kDataTypeSpecificAlignment;
  return options;
}

// IPC messages are read once; they share the input's memory unless they are compressed.
class IpcSource final : public BatchSource {
 public:
  static arrow::Result<std::unique_ptr<BatchSource>> open(string_view bytes, Format format) {
    auto source = std::make_unique<IpcSource>();
    const auto input = open_bytes(bytes);
    if (format == Format::arrow_file) {
      ARROW_ASSIGN_OR_RAISE(const auto reader, arrow::ipc::RecordBatchFileReader::Open(input, ipc_options()));
      source->schema_ = reader->schema();
      for (int i = 0; i < reader->num_record_batches(); ++i) {
        ARROW_ASSIGN_OR_RAISE(auto batch, reader->ReadRecordBatch(i));
        source->batches_.push_back(std::move(batch));
      }
    } else {
      ARROW_ASSIGN_OR_RAISE(const auto reader,
                            arrow::ipc::RecordBatchStreamReader::Open(input, ipc_options()));
      source->schema_ = reader->schema();
      ARROW_ASSIGN_OR_RAISE(source->batches_, reader->ToRecordBatches());
    }
    return source;
  }

  [[nodiscard]] const arrow::Schema& schema() const override { return *schema_; }
  [[nodiscard]] size_t part_count() const override { return batches_.size(); }
  [[nodiscard]] arrow::Result<Batches> read(size_t part, const std::vector<int>& columns) const override {
    ARROW_ASSIGN_OR_RAISE(auto batch, batches_[part]->SelectColumns(columns));
    return Batches{std::move(batch)};
  }

 private:
  std::shared_ptr<arrow::Schema> schema_;
  Batches batches_;
};

class ColumnarReader {
 public:
  explicit ColumnarReader(const ReadJob& job) : job_(job) {}

  Result<ReadOutcome> run() {
    MIZAN_CHECK_OK(open());
    MIZAN_TRY(plan_, plan_columns(names_, job_.options.roles, job_.input.name()));
    shape_ = shape_of(plan_, names_);
    const std::vector<bool> is_wanted = wanted_columns(plan_, names_);
    for (size_t i = 0; i < names_.size(); ++i)
      if (is_wanted[i]) wanted_.push_back(static_cast<int>(i));
    MIZAN_CHECK_OK(read_parts());
    const AssembleOptions options{
        .name = job_.input.name(),
        .place_word = "row",
        .currency = job_.options.currency.empty() ? plan_.currency : job_.options.currency,
        .is_strict = job_.options.strict};
    MIZAN_TRY(ReadOutcome outcome, assemble(job_.pool, shape_, std::move(parts_), options));
    outcome.columns = describe_columns(names_, plan_);
    return outcome;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> damaged(string_view reason) const {
    return fail(ErrorCode::malformed_parquet,
                string("the file is damaged or cut short: ").append(reason.substr(0, 300)), job_.input.name(),
                "copy or write the file again");
  }

  Result<void> open() {
    const string_view bytes = job_.input.bytes();
    auto source =
        job_.format == Format::parquet ? ParquetSource::open(bytes) : IpcSource::open(bytes, job_.format);
    if (!source.ok()) return damaged(source.status().message());
    source_ = *std::move(source);
    for (const auto& field : source_->schema().fields()) names_.push_back(field->name());
    return {};
  }

  Result<void> read_parts() {
    parts_.resize(source_->part_count());
    std::vector<std::optional<Error>> errors(parts_.size());
    Meter meter(job_.progress, "reading labels", parts_.size());
    job_.pool.run(parts_.size(), [&](size_t part) {
      if (meter.is_cancelled()) return;
      parts_[part] = std::make_unique<LabelChunk>(shape_);
      if (auto done = read_part(part); !done) errors[part] = std::move(done).error();
      parts_[part]->seal();
      meter.add(1);
    });
    if (meter.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    for (auto& error : errors)
      if (error) return fail(*std::move(error));
    return {};
  }

  Result<void> read_part(size_t part) {
    try {
      auto batches = source_->read(part, wanted_);
      if (!batches.ok()) return damaged(batches.status().message());
      for (const auto& batch : *batches) {
        if (const auto status = batch->ValidateFull(); !status.ok()) return damaged(status.message());
        MIZAN_CHECK_OK(take(*batch, *parts_[part]));
      }
    } catch (const std::exception& error) {
      return damaged(error.what());
    }
    return {};
  }

  Result<void> take(const arrow::RecordBatch& batch, LabelChunk& chunk) const {
    std::vector<ArrowCells> columns;
    for (size_t i = 0; i < wanted_.size(); ++i) {
      MIZAN_TRY(auto cells, ArrowCells::of(batch.column(static_cast<int>(i)),
                                           names_[static_cast<size_t>(wanted_[i])], job_.input.name()));
      columns.push_back(std::move(cells));
    }
    std::vector<string_view> cells(names_.size());
    std::vector<string> buffers(wanted_.size());
    RowOfCells row_of(plan_);
    for (std::int64_t row = 0; row < batch.num_rows(); ++row) {
      for (size_t i = 0; i < wanted_.size(); ++i)
        cells[static_cast<size_t>(wanted_[i])] = columns[i].text(row, buffers[i]);
      chunk.add_row(row_of.row(cells, ++chunk.place_count), intern::Bytes::fleeting);
    }
    return {};
  }

  const ReadJob& job_;
  std::unique_ptr<BatchSource> source_;
  std::vector<string> names_;
  std::vector<int> wanted_;  // numbers of the columns that have a role, ascending
  ColumnPlan plan_;
  TableShape shape_;
  std::vector<std::unique_ptr<LabelChunk>> parts_;
};

}  // namespace

Result<ReadOutcome> read_columnar(const ReadJob& job) {
  try {
    return ColumnarReader(job).run();
  } catch (const std::exception& error) {
    return fail(ErrorCode::malformed_parquet, string("the file is damaged: ") + error.what(),
                job.input.name(), "copy or write the file again");
  }
}

}  // namespace mizan::dataset
