#include "mizan/store/sqlite/sqlite_checkpointer.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace mizan::store {
namespace {

constexpr Query kAdd{"add_page", "INSERT INTO pages (content) VALUES ($1)"};

class Checkpointer : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_);
    writer_ = open();
    ASSERT_TRUE(writer_->run_script("CREATE TABLE pages (content TEXT)"));
    writer_->on_commit([this](int frames) { frames_ = frames; });
  }
  void TearDown() override {
    writer_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::unique_ptr<SqliteConnection> open() {
    auto opened = SqliteConnection::open({.path = (folder_ / "log.db").string()});
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }
  void write(int pages) {
    ASSERT_TRUE(writer_->begin(Access::write));
    const std::string content(4'000, 'x');
    for (int i = 0; i < pages; ++i) ASSERT_TRUE(writer_->run(kAdd, std::array{to_value(content)}, RowSink{}));
    ASSERT_TRUE(writer_->commit());
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("mizan_checkpointer_" + std::to_string(::getpid()));
  std::unique_ptr<SqliteConnection> writer_;
  int frames_ = 0;
};

TEST_F(Checkpointer, log_starts_again_after_the_writer_has_done_the_rest) {
  SqliteCheckpointer checkpointer(open());
  write(20'000);
  EXPECT_GT(frames_, 20'000);
  checkpointer.note_log_length(frames_);
  while (!checkpointer.take_request_to_finish()) std::this_thread::yield();
  EXPECT_EQ(writer_->checkpoint_passively(), 0);
  write(1);
  EXPECT_LT(frames_, 10);
}

TEST_F(Checkpointer, short_log_is_left_alone) {
  SqliteCheckpointer checkpointer(open());
  write(10);
  checkpointer.note_log_length(frames_);
  checkpointer.stop();
  EXPECT_FALSE(checkpointer.take_request_to_finish());
}

}  // namespace
}  // namespace mizan::store
