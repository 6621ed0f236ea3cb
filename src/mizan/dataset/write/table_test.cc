#include "mizan/dataset/write/table.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <gtest/gtest.h>
#include <parquet/arrow/reader.h>

#include "mizan/dataset/write/output_folder.h"

namespace mizan::dataset {
namespace {

namespace fs = std::filesystem;

class TableTest : public testing::Test {
 protected:
  TableTest() {
    std::string pattern = (fs::temp_directory_path() / "mizan-table-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~TableTest() override { fs::remove_all(folder_); }

  std::string csv_of(const OutputTable& table, std::size_t threads = 1) {
    return bytes_of(table, TableFormat::csv, threads);
  }

  std::string bytes_of(const OutputTable& table, TableFormat format, std::size_t threads = 1) {
    const std::string path = (folder_ / ("out" + std::to_string(++count_))).string();
    ThreadPool pool(threads);
    auto sink = FileSink::create(path);
    EXPECT_TRUE(sink && append_table(*sink, table, format, pool) && sink->finish());
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  std::shared_ptr<arrow::Table> read_parquet(const OutputTable& table) {
    (void)bytes_of(table, TableFormat::parquet);
    const std::string path = (folder_ / ("out" + std::to_string(count_))).string();
    auto file = arrow::io::ReadableFile::Open(path).ValueOrDie();
    auto reader = parquet::arrow::OpenFile(file, arrow::default_memory_pool()).ValueOrDie();
    return reader->ReadTable().ValueOrDie();
  }

  fs::path folder_;
  int count_ = 0;
};

OutputTable one_text_column(const std::string& name, const std::vector<std::string>& texts) {
  return OutputTable{{OutputColumn{name, TextCells{texts}}}};
}

TEST_F(TableTest, csv_quotes_only_what_needs_it) {
  struct Case {
    std::string text;
    std::string field;
  };
  const std::vector<Case> cases{{"plain", "plain"},
                                {"a,b", "\"a,b\""},
                                {"say \"hi\"", "\"say \"\"hi\"\"\""},
                                {"two\nlines", "\"two\nlines\""},
                                {"cr\r", "\"cr\r\""},
                                {" blank", "\" blank\""},
                                {"blank ", "\"blank \""},
                                {"ميزان", "ميزان"},
                                {"", "\"\""},
                                {"a b", "a b"},
                                {"tab\tbed", "tab\tbed"},
                                {"'", "'"}};
  for (const Case& c : cases)
    EXPECT_EQ(csv_of(one_text_column("t", {c.text})), "t\n" + c.field + "\n") << c.text;
  EXPECT_EQ(csv_of(one_text_column("a,b", {})), "\"a,b\"\n");
}

TEST_F(TableTest, csv_writes_numbers_in_the_shortest_form_that_reads_back) {
  const std::vector<double> numbers{0.1,
                                    1.0 / 3.0,
                                    1e-300,
                                    12345678901234567.0,
                                    1,
                                    -0.0,
                                    5e-324,
                                    0.30000000000000004,
                                    std::numeric_limits<double>::max()};
  const std::string csv =
      csv_of(OutputTable{{OutputColumn{"x", NumberCells{numbers.data(), numbers.size()}}}});
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  for (const double number : numbers) {
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(std::strtod(line.c_str(), nullptr), number) << line;
  }
  EXPECT_NE(csv.find("\n0.1\n"), std::string::npos);
  EXPECT_NE(csv.find("\n1\n"), std::string::npos);
}

TEST_F(TableTest, cells_without_a_value_are_empty_fields_and_nulls) {
  domain::Dictionary words;
  words.intern("yes");
  words.intern("no");
  const std::vector<std::uint32_t> codes{1, kNoCode, 0};
  const std::vector<std::int64_t> counts{7, kNoCount, -2};
  const std::vector<double> matrix{0.5, 9, std::nan(""), 9, 0.25, 9};
  const OutputTable table{{{"word", CodeCells{&words, codes}},
                           {"count", CountCells{counts}},
                           {"p", NumberCells{matrix.data(), 3, 2}}}};
  EXPECT_EQ(csv_of(table), "word,count,p\nno,7,0.5\n,,\nyes,-2,0.25\n");

  const auto back = read_parquet(table);
  ASSERT_EQ(back->num_rows(), 3);
  EXPECT_EQ(back->column(0)->null_count(), 1);
  EXPECT_EQ(back->column(1)->null_count(), 1);
  EXPECT_EQ(back->column(2)->null_count(), 1);
  EXPECT_EQ(back->column(1)->GetScalar(2).ValueOrDie()->ToString(), "-2");
  EXPECT_EQ(back->column(2)->GetScalar(2).ValueOrDie()->ToString(), "0.25");
}

TEST_F(TableTest, parquet_keeps_strings_as_dictionaries_where_words_repeat) {
  domain::Dictionary words;
  words.intern("red");
  words.intern("أزرق");
  std::vector<std::uint32_t> codes(200000);
  std::vector<std::string> texts(codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = i % 3 == 0 ? 1 : 0;
  for (std::size_t i = 0; i < codes.size(); ++i) texts[i] = "task " + std::to_string(i);
  const auto back = read_parquet({{{"class", CodeCells{&words, codes}}, {"task", TextCells{texts}}}});
  ASSERT_EQ(back->num_rows(), 200000);
  EXPECT_EQ(back->schema()->field(0)->type()->id(), arrow::Type::DICTIONARY);
  EXPECT_EQ(back->schema()->field(1)->type()->id(), arrow::Type::STRING);
  EXPECT_TRUE(back->ValidateFull().ok());
  const auto& chunks = *back->column(1);
  EXPECT_EQ(chunks.GetScalar(199999).ValueOrDie()->ToString(), "task 199999");
  const auto cell =
      std::static_pointer_cast<arrow::DictionaryScalar>(back->column(0)->GetScalar(3).ValueOrDie());
  EXPECT_EQ(cell->GetEncodedValue().ValueOrDie()->ToString(), "أزرق");
}

TEST_F(TableTest, a_dictionary_of_words_that_hardly_repeat_becomes_plain_strings) {
  domain::Dictionary words;
  for (const char* word : {"a", "b", "c"}) words.intern(word);
  const std::vector<std::uint32_t> codes{2, kNoCode, 0};
  const auto back = read_parquet({{{"task", CodeCells{&words, codes}}}});
  EXPECT_EQ(back->schema()->field(0)->type()->id(), arrow::Type::STRING);
  EXPECT_EQ(back->column(0)->GetScalar(0).ValueOrDie()->ToString(), "c");
  EXPECT_FALSE(back->column(0)->GetScalar(1).ValueOrDie()->is_valid);
}

TEST_F(TableTest, the_bytes_do_not_depend_on_the_number_of_threads) {
  std::vector<std::int64_t> counts(100003);
  std::vector<double> numbers(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i] = static_cast<std::int64_t>(i * i);
    numbers[i] = 1.0 / (1.0 + static_cast<double>(i));
  }
  const OutputTable table{{{"i", CountCells{counts}}, {"x", NumberCells{numbers.data(), numbers.size()}}}};
  const std::string serial = csv_of(table, 1);
  EXPECT_EQ(std::count(serial.begin(), serial.end(), '\n'), 100004);
  EXPECT_TRUE(serial == csv_of(table, 4));
  EXPECT_TRUE(bytes_of(table, TableFormat::parquet, 1) == bytes_of(table, TableFormat::parquet, 4));
}

TEST_F(TableTest, a_table_without_rows_still_has_its_header) {
  const OutputTable table{{{"a", TextCells{}}, {"b", CountCells{}}}};
  EXPECT_EQ(csv_of(table), "a,b\n");
  const auto back = read_parquet(table);
  EXPECT_EQ(back->num_rows(), 0);
  EXPECT_EQ(back->schema()->field_names(), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace mizan::dataset
