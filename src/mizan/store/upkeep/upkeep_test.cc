#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/store/upkeep/idempotency_keys.h"
#include "mizan/store/upkeep/turns.h"
#include "support/test_database.h"

namespace mizan::store {
namespace {

class Turns : public test::EachDatabase {
 protected:
  Result<bool> take(std::uint32_t node, std::int64_t now_us, std::int64_t until_us) {
    return database().write([&](Transaction& tx) {
      return take_turn(tx, {"publisher", node}, Instant{now_us}, Instant{until_us});
    });
  }
  Result<void> release(std::uint32_t node) {
    return database().write([&](Transaction& tx) { return release_turn(tx, {"publisher", node}); });
  }
};
MIZAN_ON_EACH_DATABASE(Turns);

TEST_P(Turns, turn_is_one_nodes_until_its_time_or_its_release) {
  EXPECT_EQ(take(1, 0, 100), true);
  EXPECT_EQ(take(2, 50, 150), false);
  EXPECT_EQ(take(1, 90, 200), true) << "renewed";
  EXPECT_EQ(take(2, 150, 250), false);
  EXPECT_EQ(take(2, 200, 300), true) << "over";
  EXPECT_TRUE(release(1)) << "not its own: nothing happens";
  EXPECT_EQ(take(1, 250, 400), false);
  EXPECT_TRUE(release(2));
  EXPECT_EQ(take(1, 250, 400), true);
}

TEST_P(Turns, of_nodes_that_reach_for_it_together_one_gets_it) {
  std::atomic<int> holders{0};
  std::vector<std::thread> threads;
  for (std::uint32_t node = 1; node <= 16; ++node) {
    threads.emplace_back([&, node] {
      if (take(node, 0, 100).value_or(false)) ++holders;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(holders, 1);
}

class IdempotencyKeys : public test::EachDatabase {
 protected:
  Result<KeyState> begin(std::string_view caller, int content, std::int64_t now_us) {
    const Blob hash{std::byte(content)};
    return database().write([&](Transaction& tx) -> Result<KeyState> {
      MIZAN_TRY(const auto begun,
                begin_request(tx, {caller, "key"}, hash, Instant{now_us}, Instant{now_us - 100}));
      if (begun.response) response_ = *begun.response;
      return begun.state;
    });
  }
  Result<void> finish(std::string_view caller) {
    return database().write([&](Transaction& tx) {
      return finish_request(tx, {caller, "key"}, {.status = 201, .headers = "{}", .body = "made"});
    });
  }
  KeptResponse response_;
};
MIZAN_ON_EACH_DATABASE(IdempotencyKeys);

TEST_P(IdempotencyKeys, retry_gets_the_first_answer) {
  EXPECT_EQ(begin("ann", 1, 1000), KeyState::fresh);
  EXPECT_EQ(begin("ann", 1, 1010), KeyState::under_way);
  EXPECT_EQ(begin("ann", 2, 1010), KeyState::another_request);
  EXPECT_EQ(begin("bob", 2, 1010), KeyState::fresh) << "keys are the caller's own";
  ASSERT_TRUE(finish("ann"));
  EXPECT_EQ(begin("ann", 1, 9000), KeyState::finished);
  EXPECT_EQ(response_.status, 201);
  EXPECT_EQ(response_.body, "made");
  EXPECT_EQ(begin("ann", 2, 9000), KeyState::another_request);
}

TEST_P(IdempotencyKeys, request_whose_server_died_can_be_done_again) {
  EXPECT_EQ(begin("ann", 1, 1000), KeyState::fresh);
  EXPECT_EQ(begin("ann", 2, 2000), KeyState::another_request);
  EXPECT_EQ(begin("ann", 1, 2000), KeyState::fresh);
  EXPECT_EQ(begin("ann", 1, 2001), KeyState::under_way);
}

TEST_P(IdempotencyKeys, forgotten_and_purged_keys_are_fresh) {
  EXPECT_EQ(begin("ann", 1, 1000), KeyState::fresh);
  ASSERT_TRUE(database().write([&](Transaction& tx) { return forget_request(tx, {"ann", "key"}); }));
  EXPECT_EQ(begin("ann", 2, 1000), KeyState::fresh);
  ASSERT_TRUE(finish("ann"));
  EXPECT_EQ(begin("bob", 2, 5000), KeyState::fresh);
  EXPECT_EQ(database().write([&](Transaction& tx) { return purge_requests(tx, Instant{4000}, 10); }), 1);
  EXPECT_EQ(begin("ann", 1, 5000), KeyState::fresh);
}

}  // namespace
}  // namespace mizan::store
