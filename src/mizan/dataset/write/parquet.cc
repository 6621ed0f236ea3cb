#include <algorithm>
#include <cmath>
#include <memory>

#include <arrow/api.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/compression.h>
#include <parquet/arrow/writer.h>
#include <parquet/exception.h>

#include "mizan/dataset/write/table.h"

namespace mizan::dataset {
namespace {

constexpr std::size_t kBatchRows = std::size_t{1} << 16;
constexpr std::int64_t kGroupRows = std::int64_t{1} << 20;
/// A dictionary that is larger than this share of the rows would be written for nothing.
constexpr std::size_t kRowsPerWord = 2;

/// Lets Arrow write into a FileSink; the first error of the sink is kept for the caller.
class SinkStream final : public arrow::io::OutputStream {
 public:
  explicit SinkStream(FileSink& sink) : sink_(sink) { set_mode(arrow::io::FileMode::WRITE); }
  arrow::Status Write(const void* data, std::int64_t bytes) override {
    auto done = sink_.append({static_cast<const char*>(data), static_cast<std::size_t>(bytes)});
    if (done) return arrow::Status::OK();
    if (!error_) error_ = std::make_unique<Error>(std::move(done).error());
    return arrow::Status::IOError(error_->message);
  }
  arrow::Status Close() override {
    closed_ = true;
    return arrow::Status::OK();
  }
  arrow::Result<std::int64_t> Tell() const override { return static_cast<std::int64_t>(sink_.position()); }
  bool closed() const override { return closed_; }
  [[nodiscard]] const Error* error() const { return error_.get(); }

 private:
  FileSink& sink_;
  bool closed_ = false;
  std::unique_ptr<Error> error_{};
};

bool as_dictionary(const CodeCells& cells) {
  return cells.words->size() * kRowsPerWord <= cells.codes.size();
}

struct TypeOf {
  std::shared_ptr<arrow::DataType> operator()(const CodeCells& cells) const {
    return as_dictionary(cells) ? arrow::dictionary(arrow::int32(), arrow::utf8()) : arrow::utf8();
  }
  std::shared_ptr<arrow::DataType> operator()(const TextCells&) const { return arrow::utf8(); }
  std::shared_ptr<arrow::DataType> operator()(const CountCells&) const { return arrow::int64(); }
  std::shared_ptr<arrow::DataType> operator()(const NumberCells&) const { return arrow::float64(); }
};

using ArrayResult = arrow::Result<std::shared_ptr<arrow::Array>>;

ArrayResult words_array(const domain::Dictionary& words) {
  arrow::StringBuilder builder;
  for (std::size_t i = 0; i < words.size(); ++i) ARROW_RETURN_NOT_OK(builder.Append(words[i]));
  return builder.Finish();
}

/// Rows [begin, end) of one column as an Arrow array.
struct ArrayOf {
  std::size_t begin;
  std::size_t end;
  std::shared_ptr<arrow::Array> words;  // of a dictionary column

  ArrayResult operator()(const CodeCells& cells) const {
    if (!words) return plain(cells);
    arrow::Int32Builder builder;
    for (const std::uint32_t code : cells.codes.subspan(begin, end - begin))
      ARROW_RETURN_NOT_OK(code == kNoCode ? builder.AppendNull()
                                          : builder.Append(static_cast<std::int32_t>(code)));
    ARROW_ASSIGN_OR_RAISE(auto codes, builder.Finish());
    return arrow::DictionaryArray::FromArrays(arrow::dictionary(arrow::int32(), arrow::utf8()), codes, words);
  }
  ArrayResult operator()(const TextCells& cells) const {
    arrow::StringBuilder builder;
    for (const std::string& text : cells.texts.subspan(begin, end - begin))
      ARROW_RETURN_NOT_OK(builder.Append(text));
    return builder.Finish();
  }
  ArrayResult operator()(const CountCells& cells) const {
    arrow::Int64Builder builder;
    for (const std::int64_t count : cells.counts.subspan(begin, end - begin))
      ARROW_RETURN_NOT_OK(count == kNoCount ? builder.AppendNull() : builder.Append(count));
    return builder.Finish();
  }
  ArrayResult operator()(const NumberCells& cells) const {
    arrow::DoubleBuilder builder;
    for (std::size_t row = begin; row < end; ++row) {
      const double number = cells.first[row * cells.stride];
      ARROW_RETURN_NOT_OK(std::isnan(number) ? builder.AppendNull() : builder.Append(number));
    }
    return builder.Finish();
  }
  ArrayResult plain(const CodeCells& cells) const {
    arrow::StringBuilder builder;
    for (const std::uint32_t code : cells.codes.subspan(begin, end - begin))
      ARROW_RETURN_NOT_OK(code == kNoCode ? builder.AppendNull() : builder.Append((*cells.words)[code]));
    return builder.Finish();
  }
};

std::shared_ptr<parquet::WriterProperties> file_properties() {
  const bool has_zstd = arrow::util::Codec::IsAvailable(arrow::Compression::ZSTD);
  return parquet::WriterProperties::Builder()
      .compression(has_zstd ? arrow::Compression::ZSTD : arrow::Compression::UNCOMPRESSED)
      ->max_row_group_length(kGroupRows)
      ->created_by("mizan")
      ->build();
}

arrow::Status write_batches(parquet::arrow::FileWriter& writer, const OutputTable& table,
                            const std::shared_ptr<arrow::Schema>& schema) {
  std::vector<std::shared_ptr<arrow::Array>> words(table.columns.size());
  for (std::size_t c = 0; c < words.size(); ++c) {
    const auto* cells = std::get_if<CodeCells>(&table.columns[c].cells);
    if (cells == nullptr || !as_dictionary(*cells)) continue;
    ARROW_ASSIGN_OR_RAISE(words[c], words_array(*cells->words));
  }
  const std::size_t rows = table.row_count();
  for (std::size_t begin = 0; begin < rows; begin += kBatchRows) {
    const std::size_t end = std::min(rows, begin + kBatchRows);
    std::vector<std::shared_ptr<arrow::Array>> arrays;
    for (std::size_t c = 0; c < words.size(); ++c) {
      ARROW_ASSIGN_OR_RAISE(auto array, std::visit(ArrayOf{begin, end, words[c]}, table.columns[c].cells));
      arrays.push_back(std::move(array));
    }
    const auto count = static_cast<std::int64_t>(end - begin);
    ARROW_RETURN_NOT_OK(writer.WriteRecordBatch(*arrow::RecordBatch::Make(schema, count, std::move(arrays))));
  }
  return arrow::Status::OK();
}

arrow::Status write_parquet(const std::shared_ptr<SinkStream>& stream, const OutputTable& table) {
  arrow::FieldVector fields;
  for (const OutputColumn& column : table.columns)
    fields.push_back(arrow::field(column.name, std::visit(TypeOf{}, column.cells)));
  const auto schema = arrow::schema(std::move(fields));
  const auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  ARROW_ASSIGN_OR_RAISE(auto writer,
                        parquet::arrow::FileWriter::Open(*schema, arrow::default_memory_pool(), stream,
                                                         file_properties(), arrow_properties));
  ARROW_RETURN_NOT_OK(write_batches(*writer, table, schema));
  return writer->Close();
}

}  // namespace

Result<void> append_parquet(FileSink& sink, const OutputTable& table) {
  const auto stream = std::make_shared<SinkStream>(sink);
  const arrow::Status status = write_parquet(stream, table);
  if (stream->error() != nullptr) return fail(*stream->error());
  if (!status.ok())
    return fail(ErrorCode::internal, "Arrow could not write a Parquet table: " + status.ToString(), {},
                "write CSV instead (--format csv), and report this");
  return {};
}

}  // namespace mizan::dataset
