#include "mizan/base/id.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/base/id_maker.h"

namespace mizan {
namespace {

struct TaskTag {
  static constexpr std::string_view kPrefix = "tsk";
  static constexpr std::string_view kKind = "task";
};
using TaskId = Id<TaskTag>;

TEST(Id, reads_back_as_it_was_written) {
  for (const std::int64_t value :
       {std::int64_t{1}, std::int64_t{31}, std::int64_t{32}, std::int64_t{1} << 62, INT64_MAX}) {
    const auto read = parse_id<TaskId>(to_text(TaskId{value}));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->value, value);
  }
}

TEST(Id, texts_sort_as_the_numbers_do) {
  EXPECT_LT(to_text(TaskId{31}), to_text(TaskId{32}));
  EXPECT_LT(to_text(TaskId{999'999}), to_text(TaskId{INT64_MAX}));
}

TEST(Id, what_is_not_an_id_is_refused) {
  for (const char* text :
       {"", "tsk_", "tsk_0000000000000", "prj_0000000000001", "tsk_000000000000u", "tsk_00000000000001",
        "tsk_z000000000000", "tsk_8000000000000", "tsk-0000000000001"}) {
    const auto read = parse_id<TaskId>(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, ErrorCode::malformed_id);
  }
}

TEST(IdMaker, many_threads_make_no_id_twice_though_the_clock_stands_still) {
  const ManualClock clock(Instant{1'800'000'000'000'000});
  IdMaker ids(7, clock);
  std::vector<std::vector<std::int64_t>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) mine.push_back(ids.make<TaskId>().value);
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<std::int64_t> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_GT(all.front(), 0);
}

TEST(IdMaker, two_nodes_never_make_the_same_id) {
  const ManualClock clock(Instant{1'800'000'000'000'000});
  IdMaker first(1, clock);
  IdMaker second(2, clock);
  for (int i = 0; i < 10'000; ++i) EXPECT_NE(first.make<TaskId>().value, second.make<TaskId>().value);
}

TEST(IdMaker, ids_grow_with_time) {
  ManualClock clock(Instant{1'800'000'000'000'000});
  IdMaker ids(3, clock);
  const auto early = ids.make<TaskId>();
  clock.advance(seconds(1));
  const auto late = ids.make<TaskId>();
  clock.advance({-5'000'000});
  EXPECT_LT(early, late);
  EXPECT_LT(late, ids.make<TaskId>());
}

}  // namespace
}  // namespace mizan
