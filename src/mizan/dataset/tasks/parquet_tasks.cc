// Tasks from Parquet: the bytes go to a temporary file without a name, since its index stands at the end;
// then a record batch is a block.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <fcntl.h>
#include <parquet/arrow/reader.h>
#include <unistd.h>

#include "mizan/dataset/arrow_cells.h"
#include "mizan/dataset/tasks/row_json.h"
#include "mizan/dataset/tasks/text_tasks.h"
#include "mizan/dataset/write/file_sink.h"

namespace mizan::dataset {
namespace {

constexpr std::int64_t kRowsPerBlock = 4096;

tl::unexpected<Error> damaged(const std::string& reason) {
  return fail(ErrorCode::malformed_parquet, "the Parquet file is damaged: " + reason, "input",
              "copy or write the file again");
}

struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

std::string spool_folder() {
  const char* folder = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets it while we run
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

/// @out the descriptor of a file that is gone when it is closed
Result<int> spool(const ReadBytes& read) {
  std::string name = spool_folder() + "/mizan-import-XXXXXX";
  Descriptor file{::mkostemp(name.data(), O_CLOEXEC)};
  if (file.number < 0) return fail(unwritable(name, errno));
  ::unlink(name.c_str());
  std::vector<char> buffer(1 << 20);
  while (true) {
    MIZAN_TRY(const std::size_t count, read(buffer));
    if (count == 0) return std::exchange(file.number, -1);
    for (std::size_t done = 0; done < count;) {
      const auto written = ::write(file.number, buffer.data() + done, count - done);
      if (written < 0 && errno != EINTR) return fail(unwritable(name, errno));
      done += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
  }
}

bool needs_no_quotes(const arrow::DataType& type) {
  return arrow::is_integer(type.id()) || arrow::is_floating(type.id()) || type.id() == arrow::Type::BOOL;
}

class ParquetBlock final : public TaskBlock {
 public:
  ParquetBlock(std::shared_ptr<arrow::RecordBatch> batch, std::uint64_t first_row,
               std::shared_ptr<const std::vector<RowColumn>> columns)
      : batch_(std::move(batch)), first_row_(first_row), columns_(std::move(columns)) {}

  void read_rows(const RowVisitor& visit) const override {
    std::vector<ArrowCells> cells;
    for (int i = 0; i < batch_->num_columns(); ++i) {
      auto column = ArrowCells::of(batch_->column(i), batch_->column_name(i), "input");
      if (!column) return visit(first_row_, fail(column.error()));
      cells.push_back(*std::move(column));
    }
    RowJson json(*columns_);
    std::string buffer;
    for (std::int64_t row = 0; row < batch_->num_rows(); ++row) {
      json.begin();
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& array = *batch_->column(static_cast<int>(i));
        if (array.IsNull(row)) continue;
        const std::string_view text = cells[i].text(row, buffer);
        // A number that is not finite has no text.
        json.add(i, text, needs_no_quotes(*array.type()) && !text.empty());
      }
      visit(first_row_ + static_cast<std::uint64_t>(row), json.end());
    }
  }

 private:
  std::shared_ptr<arrow::RecordBatch> batch_;
  std::uint64_t first_row_;
  std::shared_ptr<const std::vector<RowColumn>> columns_;
};

class ParquetSource final : public TaskSource {
 public:
  static Result<std::unique_ptr<TaskSource>> open(int descriptor, const TaskSourceOptions& options) {
    auto source = std::unique_ptr<ParquetSource>(new ParquetSource);
    const auto status = source->start(descriptor);
    if (!status.ok()) return damaged(status.message());
    std::vector<std::string> names;
    for (const auto& field : source->batches_->schema()->fields()) names.push_back(field->name());
    MIZAN_TRY(auto columns, plan_row_columns(options, names));
    source->columns_ = std::make_shared<const std::vector<RowColumn>>(std::move(columns));
    return std::unique_ptr<TaskSource>(std::move(source));
  }

  Result<std::unique_ptr<TaskBlock>> next() override {
    std::shared_ptr<arrow::RecordBatch> batch;
    const auto status = batches_->ReadNext(&batch);
    if (!status.ok()) return damaged(status.message());
    if (batch == nullptr) return std::unique_ptr<TaskBlock>();
    if (const auto valid = batch->ValidateFull(); !valid.ok()) return damaged(valid.message());
    const std::uint64_t first = std::exchange(row_, row_ + static_cast<std::uint64_t>(batch->num_rows()));
    return std::unique_ptr<TaskBlock>(new ParquetBlock(std::move(batch), first, columns_));
  }

 private:
  ParquetSource() = default;

  arrow::Status start(int descriptor) {
    ARROW_ASSIGN_OR_RAISE(const auto file, arrow::io::ReadableFile::Open(descriptor));
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(builder.Open(file));
    parquet::ArrowReaderProperties properties(false);
    properties.set_batch_size(kRowsPerBlock);
    builder.properties(properties);
    ARROW_ASSIGN_OR_RAISE(reader_, builder.Build());
    ARROW_ASSIGN_OR_RAISE(batches_, reader_->GetRecordBatchReader());
    return arrow::Status::OK();
  }

  std::unique_ptr<parquet::arrow::FileReader> reader_{};
  std::unique_ptr<arrow::RecordBatchReader> batches_{};
  std::shared_ptr<const std::vector<RowColumn>> columns_{};
  std::uint64_t row_ = 1;
};

}  // namespace

Result<std::unique_ptr<TaskSource>> open_parquet_tasks(const ReadBytes& read,
                                                       const TaskSourceOptions& options) {
  MIZAN_TRY(const int descriptor, spool(read));
  try {
    return ParquetSource::open(descriptor, options);
  } catch (const std::exception& error) {
    return damaged(error.what());
  }
}

}  // namespace mizan::dataset
