// Events as readers see them, and webhooks as their receivers do, on both databases.
#include "mizan/app/events/events.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/events/publisher.h"
#include "mizan/app/service.h"
#include "mizan/store/outbox.h"
#include "support/test_database.h"

namespace mizan::app {
namespace {

constexpr domain::ProjectId kProject{7};

class Events : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>(ServiceParts{.database = database(), .clock = clock_});
  }
  void TearDown() override { service_.reset(); }

  void happen(const std::string& kind, int count = 1) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(database().write([&](store::Transaction& tx) {
        return store::append_outbox(
            tx, {.project_id = kProject, .kind = kind, .body = R"({"task_id":"tsk_1"})", .at = clock_.now()});
      }));
    }
    while (publish_events(*service_).value() == Step::more) {
    }
  }
  EventPage read(std::int64_t after, std::int64_t limit = 100, std::vector<std::string> kinds = {}) {
    return read_events(*service_, system_caller(),
                       {.project_id = kProject, .after = after, .limit = limit, .kinds = std::move(kinds)})
        .value();
  }

  ManualClock clock_{{1'000'000}};
  std::unique_ptr<Service> service_;
};
MIZAN_ON_EACH_DATABASE(Events);

std::vector<std::int64_t> sequences(const EventPage& page) {
  std::vector<std::int64_t> numbers;
  for (const Event& event : page.events) numbers.push_back(event.sequence);
  return numbers;
}

TEST_P(Events, a_reader_sees_each_exactly_once_by_its_cursor) {
  happen("task.done", 5);
  std::vector<std::int64_t> seen;
  std::int64_t cursor = 0;
  for (int crash = 0; crash < 4; ++crash) {
    const EventPage page = read(cursor, 2);
    for (const std::int64_t number : sequences(page)) seen.push_back(number);
    cursor = page.next;
  }
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(cursor, 5);
  happen("task.done");
  EXPECT_EQ(sequences(read(cursor)), std::vector<std::int64_t>{6});
}

TEST_P(Events, a_reader_of_some_kinds_passes_over_the_others) {
  happen("annotation.submitted", 3);
  happen("task.done");
  happen("annotation.submitted", 2);
  const EventPage page = read(0, 10, {"task.done"});
  EXPECT_EQ(sequences(page), std::vector<std::int64_t>{4});
  EXPECT_EQ(page.next, 6);
  EXPECT_EQ(sequences(read(0, 1, {"annotation.submitted", "task.done"})), std::vector<std::int64_t>{1});
}

TEST_P(Events, an_event_on_the_wire_has_its_sequence_kind_time_and_body) {
  happen("task.done");
  EXPECT_EQ(
      event_json(read(0).events.at(0)),
      R"({"sequence":1,"kind":"task.done","at":"1970-01-01T00:00:01.000000Z","body":{"task_id":"tsk_1"}})");
}

TEST_P(Events, nobody_without_a_role_reads_them) {
  Caller nobody;
  EXPECT_EQ(read_events(*service_, nobody, {.project_id = kProject}).error().code,
            ErrorCode::not_authenticated);
  Caller manager;
  manager.account = domain::AccountId{5};
  manager.memberships.push_back(
      {rules::Role::supplier_manager, {.project = kProject, .supplier = domain::SupplierId{3}}});
  EXPECT_EQ(read_events(*service_, manager, {.project_id = kProject}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(watch_events(*service_, manager, {.from = {.project_id = kProject}},
                         [](const EventPage&) { return true; })
                .error()
                .code,
            ErrorCode::forbidden);
}

TEST_P(Events, old_ones_are_deleted_only_when_the_owner_wants_it) {
  happen("task.done", 3);
  clock_.advance(seconds(100));
  happen("task.done");
  EXPECT_EQ(delete_old_events(*service_, {}).value(), Step::done);
  EXPECT_EQ(read(0).events.size(), 4U);
  EXPECT_EQ(delete_old_events(*service_, {.keep = seconds(50)}).value(), Step::done);
  EXPECT_EQ(sequences(read(0)), std::vector<std::int64_t>{4});
}

// Collects what a watcher is told; waits for it without sleeping.
class Told {
 public:
  TellWatcher teller(std::size_t enough) {
    return [this, enough](const EventPage& page) {
      const std::scoped_lock lock(mutex_);
      ++pages_;
      for (const Event& event : page.events) sequences_.push_back(event.sequence);
      changed_.notify_all();
      return sequences_.size() < enough;
    };
  }
  std::vector<std::int64_t> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return sequences_.size() >= count; });
    return sequences_;
  }
  bool wait_for_page() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return pages_ > 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::int64_t> sequences_;
  int pages_ = 0;
};

TEST_P(Events, a_watcher_is_told_of_what_is_there_and_of_what_comes) {
  happen("task.done", 2);
  Told told;
  ASSERT_TRUE(watch_events(*service_, system_caller(), {.from = {.project_id = kProject, .after = 1}},
                           told.teller(4)));
  EXPECT_EQ(told.wait_for(1), std::vector<std::int64_t>{2});
  happen("task.done", 2);
  EXPECT_EQ(told.wait_for(3), (std::vector<std::int64_t>{2, 3, 4}));
}

TEST_P(Events, a_watcher_that_does_not_wait_long_is_told_that_nothing_came) {
  Told told;
  ASSERT_TRUE(watch_events(*service_, system_caller(),
                           {.from = {.project_id = kProject}, .longest = Duration{1000}}, told.teller(1)));
  EXPECT_TRUE(told.wait_for_page());
}

TEST_P(Events, a_watcher_from_now_on_hears_nothing_of_before) {
  happen("task.done", 3);
  Told first;
  ASSERT_TRUE(watch_events(*service_, system_caller(), {.from = {.project_id = kProject}, .from_now = true},
                           first.teller(1)));
  // The other watcher was added later: when it has been told, the first has its place.
  Told second;
  ASSERT_TRUE(watch_events(*service_, system_caller(), {.from = {.project_id = kProject}}, second.teller(3)));
  EXPECT_EQ(second.wait_for(3).size(), 3U);
  happen("task.done");
  EXPECT_EQ(first.wait_for(1), std::vector<std::int64_t>{4});
}

}  // namespace
}  // namespace mizan::app
