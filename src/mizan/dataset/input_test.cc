#include "mizan/dataset/input.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <arrow/util/compression.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/dataset/format.h"
#include "support/gzip_of.h"

namespace mizan::dataset {
namespace {

class InputFile : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = std::filesystem::temp_directory_path() / ("mizan_input_" + name + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& bytes) {
    const auto path = folder_ / "file";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  static Result<Input> open(const std::string& path) { return open_input(path, Progress()); }

  std::filesystem::path folder_;
};

std::string zstd(const std::string& text) {
  const auto codec = arrow::util::Codec::Create(arrow::Compression::ZSTD).ValueOrDie();
  const auto size = static_cast<std::int64_t>(text.size());
  std::string out(static_cast<std::size_t>(codec->MaxCompressedLen(size, nullptr)), '\0');
  const auto used =
      codec->Compress(size, reinterpret_cast<const std::uint8_t*>(text.data()),
                      static_cast<std::int64_t>(out.size()), reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(static_cast<std::size_t>(used.ValueOrDie()));
  return out;
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "line " + std::to_string(i * 7919 % 100'003) + "\n";
  return text;
}

TEST_F(InputFile, plain_bytes_come_as_they_are) {
  const auto input = open(write("a,b\n"));
  ASSERT_TRUE(input);
  EXPECT_EQ(input->bytes(), "a,b\n");
  EXPECT_EQ(input->byte_count(), 4U);
}

TEST_F(InputFile, gzip_and_zstd_are_unpacked_and_keep_their_stored_size) {
  const std::string text = long_text();
  for (const std::string& packed : {test::gzip_of(text), zstd(text)}) {
    const auto input = open(write(packed));
    ASSERT_TRUE(input) << to_string(input.error());
    EXPECT_EQ(input->bytes(), text);
    EXPECT_EQ(input->byte_count(), packed.size());
  }
}

TEST_F(InputFile, several_members_are_one_stream) {
  for (const std::string& packed :
       {test::gzip_of("one\n") + test::gzip_of("two\n"), zstd("one\n") + zstd("two\n")}) {
    const auto input = open(write(packed));
    ASSERT_TRUE(input) << to_string(input.error());
    EXPECT_EQ(input->bytes(), "one\ntwo\n");
  }
}

TEST_F(InputFile, a_cut_stream_is_an_error_wherever_it_is_cut) {
  const std::string text = long_text();
  for (const std::string& packed : {test::gzip_of(text), zstd(text)}) {
    for (const std::size_t size : {std::size_t{5}, packed.size() / 2, packed.size() - 1}) {
      const auto input = open(write(packed.substr(0, size)));
      ASSERT_FALSE(input) << size;
      EXPECT_EQ(input.error().code, ErrorCode::malformed_compression) << to_string(input.error());
    }
  }
}

// Zstandard frames need not carry a checksum, gzip members always do.
TEST_F(InputFile, a_flipped_byte_in_gzip_is_an_error) {
  std::string packed = test::gzip_of(long_text());
  packed[packed.size() / 2] = static_cast<char>(~packed[packed.size() / 2]);
  EXPECT_EQ(open(write(packed)).error().code, ErrorCode::malformed_compression);
}

TEST_F(InputFile, missing_files_folders_and_empty_files_have_their_own_errors) {
  EXPECT_EQ(open((folder_ / "none").string()).error().code, ErrorCode::file_not_found);
  EXPECT_EQ(open(folder_.string()).error().code, ErrorCode::file_unreadable);
  EXPECT_EQ(open(write("")).error().code, ErrorCode::empty_input);
  EXPECT_EQ(open(write(test::gzip_of(""))).error().code, ErrorCode::empty_input);
}

TEST_F(InputFile, bytes_survive_a_move) {
  for (const std::string& text : {std::string("short"), long_text()}) {
    Input first = Input::of_bytes(text);
    Input second = std::move(first);
    Input third = Input::of_bytes("other");
    third = std::move(second);
    EXPECT_EQ(third.bytes(), text);
  }
}

TEST(Format, is_told_by_the_bytes) {
  EXPECT_EQ(detect_format("x.csv", "PAR1..."), Format::parquet);
  EXPECT_EQ(detect_format("x", "ARROW1\0\0"), Format::arrow_file);
  EXPECT_EQ(detect_format("x", std::string("\xFF\xFF\xFF\xFF\x10", 5)), Format::arrow_stream);
  EXPECT_EQ(detect_format("x.csv", "\xEF\xBB\xBF{\"task\":1}"), Format::jsonl);
  EXPECT_EQ(detect_format("x", " [ {\"task\":1}]"), Format::json);
  EXPECT_EQ(detect_format("x", "[{\"id\":1,\"data\":{},\"annotations\":[]}]"), Format::label_studio);
  EXPECT_EQ(detect_format("x", "{\"fields\":{},\"responses\":{}}"), Format::argilla);
  EXPECT_EQ(detect_format("x", "\"HITId\",\"WorkerId\",\"Answer.q\"\n"), Format::mturk);
  EXPECT_EQ(detect_format("x", "INPUT:a\tOUTPUT:b\tASSIGNMENT:worker_id\n"), Format::toloka);
  EXPECT_EQ(detect_format("x.TSV.gz", "a\tb\n"), Format::tsv);
  EXPECT_EQ(detect_format("x.csv", "a,b\n"), Format::csv);
}

}  // namespace
}  // namespace mizan::dataset
