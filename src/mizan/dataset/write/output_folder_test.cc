#include "mizan/dataset/write/output_folder.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mizan::dataset {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Root may write anywhere; this gives its rights away for a while, so that permissions can be tested.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) { EXPECT_TRUE(!was_root_ || ::seteuid(65534) == 0); }
  ~AsNobody() { EXPECT_TRUE(!was_root_ || ::seteuid(0) == 0); }

 private:
  bool was_root_;
};

/// No file may grow beyond `bytes` meanwhile: what a full disk looks like to the writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

class OutputFolderTest : public testing::Test {
 protected:
  OutputFolderTest() {
    std::string pattern = (fs::temp_directory_path() / "mizan-output-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~OutputFolderTest() override { fs::remove_all(root_); }

  std::string at(const std::string& name) const { return (root_ / name).string(); }
  static std::string read(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  std::vector<std::string> everything() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_))
      names.push_back(entry.path().lexically_relative(root_).string());
    std::sort(names.begin(), names.end());
    return names;
  }

  fs::path root_;
};

using Names = std::vector<std::string>;

TEST_F(OutputFolderTest, files_appear_together_at_commit) {
  {
    auto folder = OutputFolder::prepare(at("a/b/out"));
    ASSERT_TRUE(folder);
    ASSERT_TRUE(folder->write("x.txt", "one"));
    ASSERT_TRUE(folder->write("y.txt", "two"));
    EXPECT_FALSE(fs::exists(at("a/b/out/x.txt")));
    ASSERT_TRUE(folder->commit());
  }
  EXPECT_EQ(everything(), (Names{"a", "a/b", "a/b/out", "a/b/out/x.txt", "a/b/out/y.txt"}));
  EXPECT_EQ(read(at("a/b/out/y.txt")), "two");
}

TEST_F(OutputFolderTest, without_commit_nothing_stays_not_even_the_folders_that_were_made) {
  fs::create_directory(at("mine"));
  {
    auto folder = OutputFolder::prepare(at("mine/made/out"));
    ASSERT_TRUE(folder && folder->write("x.txt", "one"));
  }
  EXPECT_EQ(everything(), Names{"mine"});
}

TEST_F(OutputFolderTest, a_folder_that_was_there_keeps_its_other_files) {
  fs::create_directory(at("out"));
  std::ofstream(at("out/other.txt")) << "other";
  std::ofstream(at("out/x.txt")) << "old";
  {
    auto folder = OutputFolder::prepare(at("out/"));
    ASSERT_TRUE(folder && folder->write("x.txt", "new") && folder->commit());
  }
  EXPECT_EQ(everything(), (Names{"out", "out/other.txt", "out/x.txt"}));
  EXPECT_EQ(read(at("out/x.txt")), "new");
}

TEST_F(OutputFolderTest, a_commit_that_fails_halfway_puts_everything_back) {
  fs::create_directories(at("out/y.txt"));  // a folder where a file should go
  std::ofstream(at("out/x.txt")) << "old";
  {
    auto folder = OutputFolder::prepare(at("out"));
    ASSERT_TRUE(folder && folder->write("x.txt", "new") && folder->write("new.txt", "new") &&
                folder->write("y.txt", "new"));
    const auto done = folder->commit();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::file_unwritable);
    EXPECT_THAT(done.error().where, HasSubstr("out/y.txt"));
  }
  EXPECT_EQ(everything(), (Names{"out", "out/x.txt", "out/y.txt"}));
  EXPECT_EQ(read(at("out/x.txt")), "old");
}

TEST_F(OutputFolderTest, a_full_disk_is_a_clear_error_and_leaves_nothing) {
  {
    const FileSizeLimit limit(100000);
    auto folder = OutputFolder::prepare(at("out"));
    ASSERT_TRUE(folder && folder->write("small.txt", "fits"));
    const auto done = folder->write("big.txt", std::string(300000, 'x'));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::file_unwritable);
    EXPECT_THAT(done.error().where, HasSubstr("out/big.txt"));
    EXPECT_FALSE(done.error().hint.empty());
  }
  EXPECT_EQ(everything(), Names{});
}

TEST_F(OutputFolderTest, a_full_disk_while_a_table_is_written_is_the_same_clear_error) {
  std::vector<double> numbers(200000);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = 1.0 / (1.0 + static_cast<double>(i));
  const OutputTable table{{{"x", NumberCells{numbers.data(), numbers.size()}}}};
  ThreadPool pool(2);
  for (const TableFormat format : {TableFormat::csv, TableFormat::parquet}) {
    const FileSizeLimit limit(100000);
    auto folder = OutputFolder::prepare(at("out"));
    ASSERT_TRUE(folder);
    const auto done = folder->write_table("numbers", table, format, pool);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::file_unwritable);
    EXPECT_THAT(done.error().where, HasSubstr("out/numbers."));
  }
  EXPECT_EQ(everything(), Names{});
}

TEST_F(OutputFolderTest, a_device_that_is_full_is_a_clear_error) {
  const auto done = write_file("/dev/full", "x");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::file_unwritable);
  EXPECT_THAT(done.error().message, HasSubstr("No space left"));
  EXPECT_THAT(done.error().hint, HasSubstr("free some space"));
  EXPECT_TRUE(write_file("/dev/null", "x"));
}

TEST_F(OutputFolderTest, a_folder_that_may_not_be_written_is_a_clear_error) {
  fs::create_directory(at("closed"));
  fs::permissions(root_, fs::perms::all);
  fs::permissions(at("closed"), fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                                    fs::perms::others_exec);
  {
    const AsNobody nobody;
    for (const char* path : {"closed", "closed/new"}) {
      const auto folder = OutputFolder::prepare(at(path));
      ASSERT_FALSE(folder) << path;
      EXPECT_EQ(folder.error().code, ErrorCode::file_unwritable);
      EXPECT_THAT(folder.error().where, HasSubstr(path));
      EXPECT_THAT(folder.error().hint, HasSubstr("may write"));
    }
  }
  EXPECT_EQ(everything(), Names{"closed"});
}

TEST_F(OutputFolderTest, a_file_in_the_way_is_a_clear_error) {
  std::ofstream(at("file")) << "x";
  for (const char* path : {"file", "file/out", "file/a/b"}) {
    const auto folder = OutputFolder::prepare(at(path));
    ASSERT_FALSE(folder) << path;
    EXPECT_EQ(folder.error().code, ErrorCode::file_unwritable);
    EXPECT_THAT(folder.error().message, HasSubstr("Not a directory"));
  }
  EXPECT_EQ(read(at("file")), "x");
}

TEST_F(OutputFolderTest, one_file_replaces_the_old_one_whole_and_follows_a_link) {
  std::ofstream(at("old.html")) << "old";
  fs::create_symlink("old.html", at("link.html"));
  ASSERT_TRUE(write_file(at("link.html"), "new"));
  ASSERT_TRUE(write_file(at("made/deep/report.html"), "deep"));
  EXPECT_EQ(read(at("old.html")), "new");
  EXPECT_TRUE(fs::is_symlink(at("link.html")));
  EXPECT_EQ(everything(), (Names{"link.html", "made", "made/deep", "made/deep/report.html", "old.html"}));
}

TEST_F(OutputFolderTest, one_file_cannot_replace_a_folder) {
  fs::create_directory(at("out"));
  for (const std::string& path : {at("out"), at("out/"), at("new/")}) {
    const auto done = write_file(path, "x");
    ASSERT_FALSE(done) << path;
    EXPECT_EQ(done.error().code, ErrorCode::file_unwritable);
    EXPECT_THAT(done.error().hint, HasSubstr("name of a file"));
  }
  EXPECT_EQ(everything(), Names{"out"});
}

}  // namespace
}  // namespace mizan::dataset
