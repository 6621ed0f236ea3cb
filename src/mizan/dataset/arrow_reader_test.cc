#include <memory>

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/writer.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <parquet/arrow/writer.h>

#include "support/read_labels_support.h"

namespace mizan::dataset {
namespace {

using test::oddity_text;
using test::read_text;
using test::rows_of;
using test::show;
using testing::ElementsAre;
using testing::HasSubstr;

void must(const arrow::Status& status) {
  if (!status.ok()) status.Abort();
}

template <class Builder, class Value>
std::shared_ptr<arrow::Array> array_of(const std::vector<std::optional<Value>>& values,
                                       Builder builder = Builder()) {
  for (const auto& value : values) must(value ? builder.Append(*value) : builder.AppendNull());
  return builder.Finish().ValueOrDie();
}

std::shared_ptr<arrow::Array> text_array(const std::vector<std::optional<std::string>>& values) {
  return array_of<arrow::StringBuilder>(values);
}

std::shared_ptr<arrow::Table> table_of(
    const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>& columns) {
  arrow::FieldVector fields;
  arrow::ArrayVector arrays;
  for (const auto& [name, array] : columns) {
    fields.push_back(arrow::field(name, array->type()));
    arrays.push_back(array);
  }
  return arrow::Table::Make(arrow::schema(fields), arrays);
}

std::string parquet_of(const arrow::Table& table, std::int64_t rows_per_group = 3) {
  const auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  must(parquet::arrow::WriteTable(table, arrow::default_memory_pool(), sink, rows_per_group));
  return sink->Finish().ValueOrDie()->ToString();
}

enum class Ipc { file, stream };
std::string ipc_of(const arrow::Table& table, Ipc kind) {
  const auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  const auto writer = (kind == Ipc::file ? arrow::ipc::MakeFileWriter(sink, table.schema())
                                         : arrow::ipc::MakeStreamWriter(sink, table.schema()))
                          .ValueOrDie();
  must(writer->WriteTable(table, 2));
  must(writer->Close());
  return sink->Finish().ValueOrDie()->ToString();
}

// The same seven rows as text and as Arrow columns of many types.
const char* const kCsv =
    "task,annotator,label,supplier,price,seconds,submitted_at,gold\n"
    "10,ann,x,s1,0.05,1.5,2026-01-31T12:00:00Z,x\n"
    "11,bob,y,s2,0.10,,2026-01-31T12:00:01.5Z,\n"
    "10,bob,y,s2,,3,,x\n"
    "12,0123456789abcdefgh,x,s1,1,4,1969-12-31T23:59:59Z,\n"
    "13,ann,,s1,1,4,2026-02-01T00:00:00Z,\n"
    "12,ann,y,s1,2,5,2026-02-01T00:00:00Z,y\n"
    "-5,ann,y,s1,2,5,2026-02-01T00:00:00Z,y\n";

std::shared_ptr<arrow::Table> arrow_rows() {
  using Text = std::optional<std::string>;
  constexpr std::int64_t kNoon = 1'769'860'800'000'000;
  constexpr std::int64_t kMidnight = 1'769'904'000'000'000;
  const auto times = array_of<arrow::TimestampBuilder, std::int64_t>(
      {kNoon, kNoon + 1'500'000, std::nullopt, -1'000'000, kMidnight, kMidnight, kMidnight},
      arrow::TimestampBuilder(arrow::timestamp(arrow::TimeUnit::MICRO), arrow::default_memory_pool()));
  arrow::StringDictionary32Builder labels;
  for (const char* label : {"x", "y", "y", "x", "", "y", "y"})
    must(*label != '\0' ? labels.Append(label) : labels.AppendNull());
  return table_of(
      {{"task", array_of<arrow::Int64Builder, std::int64_t>({10, 11, 10, 12, 13, 12, -5})},
       {"annotator", text_array({"ann", "bob", "bob", "0123456789abcdefgh", "ann", "ann", "ann"})},
       {"label", labels.Finish().ValueOrDie()},
       {"supplier",
        array_of<arrow::LargeStringBuilder, std::string>({"s1", "s2", "s2", "s1", "s1", "s1", "s1"})},
       {"price", array_of<arrow::DoubleBuilder, double>({0.05, 0.1, std::nullopt, 1, 1, 2, 2})},
       {"seconds", array_of<arrow::FloatBuilder, float>({1.5F, std::nullopt, 3, 4, 4, 5, 5})},
       {"submitted_at", times},
       {"gold", text_array({"x", Text(), "x", Text(), Text(), "y", "y"})}});
}

// Lines count the header, rows do not.
std::string as_rows(std::string text) {
  const auto at = text.find("line 6");
  if (at != std::string::npos) text.replace(at, 6, "row 5");
  return text;
}

TEST(ArrowReader, parquet_ipc_file_and_stream_give_the_table_of_the_csv) {
  const std::string expected = as_rows(show(read_text(kCsv)));
  EXPECT_THAT(expected, HasSubstr("row 5: the label is empty"));
  const auto table = arrow_rows();
  for (const std::size_t threads : {1, 4}) {
    EXPECT_EQ(show(read_text(parquet_of(*table), {}, threads, "l.parquet")), expected);
    EXPECT_EQ(show(read_text(ipc_of(*table, Ipc::file), {}, threads, "l.arrow")), expected);
    EXPECT_EQ(show(read_text(ipc_of(*table, Ipc::stream), {}, threads, "l.arrows")), expected);
  }
}

TEST(ArrowReader, columns_in_another_order_and_columns_of_no_role_do_no_harm) {
  arrow::ListBuilder lists(arrow::default_memory_pool(), std::make_shared<arrow::Int32Builder>());
  must(lists.AppendNull());
  const auto table = table_of({{"tags", lists.Finish().ValueOrDie()},
                               {"label", text_array({"x"})},
                               {"extra", text_array({"?"})},
                               {"annotator", text_array({"a"})},
                               {"task", text_array({"1"})}});
  const auto outcome = read_text(parquet_of(*table), {}, 2, "l.parquet");
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_THAT(rows_of(*outcome), ElementsAre("1/a/x"));
}

TEST(ArrowReader, a_nested_column_in_a_role_is_refused_by_name) {
  arrow::ListBuilder lists(arrow::default_memory_pool(), std::make_shared<arrow::Int32Builder>());
  must(lists.AppendNull());
  const auto table = table_of({{"task", text_array({"1"})},
                               {"annotator", text_array({"a"})},
                               {"label", lists.Finish().ValueOrDie()}});
  const auto outcome = read_text(ipc_of(*table, Ipc::stream), {}, 2, "l.arrows");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::unsupported_format);
  EXPECT_THAT(outcome.error().message, HasSubstr("\"label\""));
}

TEST(ArrowReader, cut_files_are_damaged_at_every_length) {
  const auto table = arrow_rows();
  for (const std::string& whole : {parquet_of(*table), ipc_of(*table, Ipc::file)}) {
    for (std::size_t size = 8; size < whole.size(); size += 37) {
      const auto outcome = read_text(whole.substr(0, size), {}, 1, "l");
      ASSERT_FALSE(outcome) << size;
      EXPECT_EQ(outcome.error().code, ErrorCode::malformed_parquet) << to_string(outcome.error());
    }
  }
}

TEST(ArrowReader, flipped_bytes_never_end_in_a_crash) {
  const auto table = arrow_rows();
  for (const std::string& whole :
       {parquet_of(*table), ipc_of(*table, Ipc::file), ipc_of(*table, Ipc::stream)}) {
    for (std::size_t at = 8; at < whole.size(); at += 5) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
      const auto outcome = read_text(bytes, {}, 1, "l");
      if (!outcome) {
        EXPECT_NE(outcome.error().code, ErrorCode::internal);
      }
    }
  }
}

}  // namespace
}  // namespace mizan::dataset
