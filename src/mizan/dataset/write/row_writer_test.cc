#include "mizan/dataset/write/row_writer.h"

#include <array>
#include <limits>

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <gtest/gtest.h>
#include <parquet/arrow/reader.h>

namespace mizan::dataset {
namespace {

const std::vector<RowColumnSpec> kColumns{{"name"},
                                          {"count", CellKind::whole},
                                          {"share", CellKind::real},
                                          {"is_new", CellKind::truth},
                                          {"answers", CellKind::json}};
using Cells = std::array<RowCell, 5>;

const Cells kFull{RowCell{std::string_view("a \"b\", c")}, RowCell{std::int64_t{-7}}, RowCell{0.1},
                  RowCell{true}, RowCell{std::string_view(R"({"safe":"yes"})")}};
const Cells kEmpty{};

std::string written(RowFormat format, std::initializer_list<Cells> rows) {
  auto writer = open_row_writer(format, kColumns);
  EXPECT_TRUE(writer);
  std::string bytes;
  for (const Cells& row : rows) {
    EXPECT_TRUE((*writer)->write(row));
    bytes += (*writer)->take();
  }
  EXPECT_TRUE((*writer)->finish());
  return bytes + (*writer)->take();
}

std::shared_ptr<arrow::Table> read_parquet(const std::string& bytes) {
  auto input = std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(bytes));
  auto reader = parquet::arrow::OpenFile(input, arrow::default_memory_pool()).ValueOrDie();
  return reader->ReadTable().ValueOrDie();
}

TEST(RowWriter, json_lines_hold_values_and_null_for_nothing) {
  EXPECT_EQ(written(RowFormat::jsonl, {kFull, kEmpty}),
            R"({"name":"a \"b\", c","count":-7,"share":0.1,"is_new":true,"answers":{"safe":"yes"}})"
            "\n"
            R"({"name":null,"count":null,"share":null,"is_new":null,"answers":null})"
            "\n");
}

TEST(RowWriter, csv_has_a_header_and_quotes_what_needs_it) {
  EXPECT_EQ(written(RowFormat::csv, {kFull, kEmpty}),
            "name,count,share,is_new,answers\n"
            "\"a \"\"b\"\", c\",-7,0.1,true,\"{\"\"safe\"\":\"\"yes\"\"}\"\n,,,,\n");
  EXPECT_EQ(written(RowFormat::csv, {}), "name,count,share,is_new,answers\n");
}

TEST(RowWriter, numbers_that_are_not_finite_are_nothing) {
  Cells row = kFull;
  row[2] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(written(RowFormat::jsonl, {row}).find("\"share\":null"), std::string::npos);
  row[2] = std::numeric_limits<double>::infinity();
  EXPECT_NE(written(RowFormat::csv, {row}).find("-7,,true"), std::string::npos);
}

TEST(RowWriter, parquet_reads_back_with_types_and_nulls) {
  const auto table = read_parquet(written(RowFormat::parquet, {kFull, kEmpty}));
  ASSERT_EQ(table->num_rows(), 2);
  EXPECT_TRUE(table->schema()->field(1)->type()->Equals(arrow::int64()));
  EXPECT_TRUE(table->schema()->field(2)->type()->Equals(arrow::float64()));
  EXPECT_TRUE(table->schema()->field(3)->type()->Equals(arrow::boolean()));
  for (int i = 0; i < table->num_columns(); ++i) EXPECT_EQ(table->column(i)->null_count(), 1) << i;
  EXPECT_EQ(table->column(0)->GetScalar(0).ValueOrDie()->ToString(), "a \"b\", c");
  EXPECT_EQ(table->column(4)->GetScalar(0).ValueOrDie()->ToString(), R"({"safe":"yes"})");
}

TEST(RowWriter, parquet_goes_out_group_by_group) {
  constexpr int kRows = 70'000;
  auto writer = open_row_writer(RowFormat::parquet, kColumns);
  ASSERT_TRUE(writer);
  std::string bytes;
  std::size_t before_the_end = 0;
  for (int i = 0; i < kRows; ++i) {
    Cells row = kFull;
    row[1] = std::int64_t{i};
    ASSERT_TRUE((*writer)->write(row));
    bytes += (*writer)->take();
  }
  before_the_end = bytes.size();
  ASSERT_TRUE((*writer)->finish());
  bytes += (*writer)->take();
  EXPECT_GT(before_the_end, bytes.size() / 2) << "the first group does not wait for the last";
  const auto table = read_parquet(bytes);
  ASSERT_EQ(table->num_rows(), kRows);
  EXPECT_EQ(table->column(1)->GetScalar(kRows - 1).ValueOrDie()->ToString(), "69999");
}

TEST(RowWriter, formats_are_named) {
  for (const RowFormat format : {RowFormat::jsonl, RowFormat::csv, RowFormat::parquet})
    EXPECT_EQ(row_format_of(row_format_name(format)), format);
  EXPECT_EQ(row_format_of("xlsx"), std::nullopt);
}

}  // namespace
}  // namespace mizan::dataset
