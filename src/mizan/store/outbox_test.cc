// What the outbox and its publishers promise, on both databases and with several publishers at once.
#include "mizan/store/outbox.h"

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/store/events/events.h"
#include "support/query_plan.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

constexpr domain::ProjectId kProject{7};
constexpr domain::ProjectId kOther{8};

class Outbox : public test::EachDatabase {
 protected:
  Result<void> append(domain::ProjectId project, const std::string& body) {
    return database().write([&](Transaction& tx) {
      return append_outbox(tx, {.project_id = project, .kind = "task.done", .body = body, .at = {5}});
    });
  }
  Result<std::int64_t> publish(std::int64_t limit = 1000) {
    return database().write([&](Transaction& tx) { return publish_outbox(tx, limit); });
  }
  // What publishing so many events moves: SQLite has numbered them already.
  static std::int64_t moved(std::int64_t events) { return GetParam() == Dialect::postgres ? events : 0; }
  Result<std::vector<EventRow>> events(domain::ProjectId project) {
    return database().read([&](Transaction& tx) { return events_after(tx, project, 0, 1'000'000); });
  }
};
MIZAN_ON_EACH_DATABASE(Outbox);

std::vector<std::int64_t> one_to(std::size_t count) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 1; i <= count; ++i) numbers.push_back(static_cast<std::int64_t>(i));
  return numbers;
}

std::vector<std::int64_t> sequences(const std::vector<EventRow>& events) {
  std::vector<std::int64_t> numbers;
  for (const EventRow& event : events) numbers.push_back(event.sequence);
  return numbers;
}

TEST_P(Outbox, events_are_numbered_by_project_from_one_in_the_order_of_their_commits) {
  for (const char* body : {"{\"n\":1}", "{\"n\":2}", "{\"n\":3}"}) {
    ASSERT_TRUE(append(kProject, body));
    ASSERT_TRUE(append(kOther, body));
  }
  EXPECT_EQ(publish().value(), moved(6));
  for (const auto project : {kProject, kOther}) {
    const auto found = events(project).value();
    EXPECT_EQ(sequences(found), one_to(3));
    EXPECT_EQ(found[1].body, "{\"n\":2}");
    EXPECT_EQ(found[1].kind, "task.done");
    EXPECT_EQ(found[1].at, Instant{5});
  }
}

TEST_P(Outbox, a_later_publication_goes_on_where_the_last_one_ended) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(append(kProject, "{}"));
  EXPECT_EQ(publish(2).value(), moved(2));
  EXPECT_EQ(publish(2).value(), moved(2));
  EXPECT_EQ(publish(2).value(), moved(1));
  EXPECT_EQ(publish(2).value(), 0);
  ASSERT_TRUE(append(kProject, "{}"));
  EXPECT_EQ(publish().value(), moved(1));
  EXPECT_EQ(sequences(events(kProject).value()), one_to(6));
}

TEST_P(Outbox, an_event_of_a_change_that_failed_does_not_exist) {
  const auto outcome = database().write([&](Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(append_outbox(tx, {.project_id = kProject, .kind = "task.done", .body = "{}", .at = {1}}));
    return fail(ErrorCode::conflict, "the change did not take place");
  });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(publish().value(), 0);
  EXPECT_FALSE(database().read([](Transaction& tx) { return outbox_waits(tx); }).value());
  EXPECT_THAT(events(kProject).value(), testing::IsEmpty());
}

TEST_P(Outbox, several_publishers_beside_many_writers_leave_no_gap_and_double_nothing) {
  constexpr int kWriters = 8;
  constexpr int kEach = 100;
  std::atomic<int> writing{kWriters};
  const auto another = test_database().open_another();
  const auto write = [&](int writer) {
    for (int i = 0; i < kEach; ++i) {
      const std::string body = "{\"w\":" + std::to_string(writer) + ",\"n\":" + std::to_string(i) + "}";
      EXPECT_TRUE(append(i % 2 == 0 ? kProject : kOther, body));
    }
    --writing;
  };
  const auto publish_on = [&](Database& node) {
    for (bool more = true; more;) {
      more = writing > 0;
      const auto moved = node.write([&](Transaction& tx) { return publish_outbox(tx, 13); });
      ASSERT_TRUE(moved) << moved.error().message;
      more |= *moved > 0;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i) threads.emplace_back(write, i);
  // Two of one node; on PostgreSQL, which more than one node may use, also two of another.
  threads.emplace_back([&] { publish_on(database()); });
  threads.emplace_back([&] { publish_on(database()); });
  if (GetParam() == Dialect::postgres) {
    threads.emplace_back([&] { publish_on(*another); });
    threads.emplace_back([&] { publish_on(*another); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(publish().value(), 0);

  for (const auto project : {kProject, kOther}) {
    const auto found = events(project).value();
    EXPECT_EQ(sequences(found), one_to(kWriters * kEach / 2));
    std::set<std::string> bodies;
    std::vector<int> last(kWriters, -1);
    for (const EventRow& event : found) {
      bodies.insert(event.body);
      const int writer = event.body[5] - '0';
      const int number = std::stoi(event.body.substr(event.body.find("\"n\":") + 4));
      EXPECT_GT(number, last[static_cast<std::size_t>(writer)]) << "a writer's own events keep their order";
      last[static_cast<std::size_t>(writer)] = number;
    }
    EXPECT_EQ(bodies.size(), found.size());
  }
}

TEST_P(Outbox, old_events_are_deleted_from_the_front_and_numbers_go_on) {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(append(kProject, "{}"));
  ASSERT_EQ(publish().value(), moved(4));
  const auto remove = [&](Instant before, std::int64_t limit) {
    return database().write(
        [&](Transaction& tx) { return delete_events_before(tx, kProject, before, limit); });
  };
  EXPECT_EQ(remove({5}, 10).value(), 0);
  EXPECT_EQ(remove({6}, 3).value(), 3);
  EXPECT_EQ(sequences(events(kProject).value()), std::vector<std::int64_t>{4});
  EXPECT_EQ(remove({6}, 3).value(), 1);
  ASSERT_TRUE(append(kProject, "{}"));
  ASSERT_EQ(publish().value(), moved(1));
  EXPECT_EQ(sequences(events(kProject).value()), std::vector<std::int64_t>{5});
  EXPECT_EQ(database().read([](Transaction& tx) { return newest_sequence(tx, kProject); }).value(), 5);
}

}  // namespace
}  // namespace mizan::store
