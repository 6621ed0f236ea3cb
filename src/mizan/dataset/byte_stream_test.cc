#include "mizan/dataset/byte_stream.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/gzip_of.h"

namespace mizan::dataset {
namespace {

namespace fs = std::filesystem;

class ByteStreamTest : public testing::Test {
 protected:
  ~ByteStreamTest() override { fs::remove(path_); }

  Result<std::string> read(const std::string& bytes, std::size_t at_once = 1 << 16) {
    std::ofstream(path_, std::ios::binary) << bytes;
    MIZAN_TRY(auto stream, ByteStream::open(path_.string()));
    std::string text;
    std::vector<char> buffer(at_once);
    while (true) {
      MIZAN_TRY(const std::size_t count, stream.read(buffer));
      if (count == 0) break;
      text.append(buffer.data(), count);
    }
    EXPECT_EQ(stream.done_bytes(), bytes.size());
    EXPECT_EQ(stream.total_bytes(), bytes.size());
    return text;
  }

  fs::path path_ = fs::temp_directory_path() / ("mizan-byte-stream-" + std::to_string(::getpid()));
};

std::string long_text() {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST_F(ByteStreamTest, gives_plain_bytes_as_they_are) {
  for (const std::string& text : {std::string(), std::string("a"), std::string("abc\n"), long_text()})
    EXPECT_EQ(read(text, 1000).value(), text);
}

TEST_F(ByteStreamTest, unpacks_gzip_members_in_a_row) {
  const std::string text = long_text();
  EXPECT_EQ(read(test::gzip_of(text)).value(), text);
  EXPECT_EQ(read(test::gzip_of(text) + test::gzip_of("and more"), 7).value(), text + "and more");
}

TEST_F(ByteStreamTest, refuses_what_is_cut_short_or_damaged) {
  const std::string packed = test::gzip_of(long_text());
  for (const std::string& broken : {packed.substr(0, packed.size() / 2), packed.substr(0, packed.size() - 4),
                                    packed.substr(0, 2000) + std::string(2000, 'x')}) {
    const auto text = read(broken);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::malformed_compression);
  }
}

TEST_F(ByteStreamTest, says_what_cannot_be_opened) {
  EXPECT_EQ(ByteStream::open("/nowhere/at/all").error().code, ErrorCode::file_not_found);
  EXPECT_EQ(ByteStream::open("/").error().code, ErrorCode::file_unreadable);
}

}  // namespace
}  // namespace mizan::dataset
