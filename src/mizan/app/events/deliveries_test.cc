// The log of deliveries, on both databases: what it keeps, what it forgets, and sending one again.
#include "mizan/app/events/deliveries.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "mizan/app/events/webhook_sender.h"
#include "support/test_database.h"
#include "support/webhook_receiver.h"
#include "support/webhook_world.h"

namespace mizan::app {
namespace {

using test::ReceivedRequest;
using test::WebhookReceiver;

class Deliveries : public test::WebhookWorld {
 protected:
  WebhookKey make(const std::string& url) {
    publish();
    const auto made = create_webhook(*service_, system_caller(),
                                     {.project_id = project_, .url = url, .kinds = {"task.done"}});
    return {.project_id = project_, .webhook_id = made.value().webhook_id};
  }
  std::vector<WebhookDelivery> log_of(const WebhookKey& key) {
    return list_deliveries(*service_, system_caller(), {.key = key, .limit = 1000}).value();
  }
  // Lets the sender work, time passing whenever it has nothing to do, until the log is so long.
  std::vector<WebhookDelivery> send_until(const WebhookKey& key, std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (log_of(key).size() < count && std::chrono::steady_clock::now() < end)
      if (sender_->run_once().value() == Step::done) clock_.advance(seconds(20));
    return log_of(key);
  }
};
MIZAN_ON_EACH_DATABASE(Deliveries);

TEST_P(Deliveries, every_attempt_is_in_the_log_newest_first_with_its_events_and_answer) {
  WebhookReceiver receiver([](std::size_t number, const ReceivedRequest&) {
    return number == 0 ? 503 : number == 1 ? WebhookReceiver::kHangUp : 204;
  });
  const WebhookKey key = make(receiver.url());
  happen(2, "task.done");
  const auto log = send_until(key, 4);
  ASSERT_EQ(log.size(), 4U);
  const WebhookDelivery& first = log[3];
  EXPECT_EQ(first.status, 503);
  EXPECT_EQ(first.error, "the receiver answered 503");
  EXPECT_EQ(first.attempt_number, 1);
  EXPECT_EQ(first.event_count, 2);
  EXPECT_EQ(first.to_sequence, first.from_sequence + 1);
  EXPECT_EQ(first.kinds, std::vector<std::string>{"task.done"});
  EXPECT_EQ(log[2].status, 0);
  EXPECT_FALSE(log[2].error.empty());
  EXPECT_EQ(log[2].attempt_number, 2);
  // After the failure one event at a time.
  EXPECT_EQ(log[1].attempt_number, 3);
  EXPECT_EQ(log[1].status, 204);
  EXPECT_EQ(log[1].error, "");
  EXPECT_EQ(log[1].to_sequence, first.from_sequence);
  EXPECT_EQ(log[0].from_sequence, first.to_sequence);
  for (const WebhookDelivery& each : log) EXPECT_EQ(each.cause, "event");
  const auto rest =
      list_deliveries(*service_, system_caller(), {.key = key, .after = log[1].delivery_id, .limit = 1});
  ASSERT_EQ(rest.value().size(), 1U);
  EXPECT_EQ(rest.value()[0].delivery_id, log[2].delivery_id);
}

TEST_P(Deliveries, one_can_be_sent_again_with_the_same_events_and_changes_nothing_else) {
  WebhookReceiver receiver(
      [](std::size_t number, const ReceivedRequest&) { return number == 0 ? 200 : 500; });
  const WebhookKey key = make(receiver.url());
  happen(1, "task.done");
  happen(2, "annotation.submitted");
  happen(1, "task.done");
  const auto log = send_until(key, 1);
  ASSERT_EQ(log.size(), 1U);
  ASSERT_EQ(log[0].event_count, 2);
  const Webhook before = read_webhook(*service_, system_caller(), key).value();

  const auto again = redeliver(*service_, system_caller(), key, log[0].delivery_id);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->cause, "redelivery");
  EXPECT_EQ(again->status, 500);
  EXPECT_EQ(again->event_count, 2);
  const auto requests = receiver.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(boost::json::parse(requests[0].body), boost::json::parse(requests[1].body));
  EXPECT_EQ(log_of(key)[0].delivery_id, again->delivery_id);
  const Webhook after = read_webhook(*service_, system_caller(), key).value();
  EXPECT_EQ(after.after_sequence, before.after_sequence);
  EXPECT_EQ(after.attempt_count, 0);

  EXPECT_EQ(redeliver(*service_, system_caller(), key, domain::DeliveryId{1}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(redeliver(*service_, system_caller(), {project_, domain::WebhookId{1}}, log[0].delivery_id)
                .error()
                .code,
            ErrorCode::not_found);
}

TEST_P(Deliveries, the_newest_are_kept_and_a_deleted_webhook_leaves_none) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const WebhookKey key = make(receiver.url());
  const WebhookKey other = make(receiver.url());
  const auto put = [&](const WebhookKey& of, std::int64_t id) {
    ASSERT_TRUE(database().write([&](store::Transaction& tx) {
      return log_delivery(tx, {.webhook_id = of.webhook_id,
                               .delivery_id = domain::DeliveryId{id},
                               .at = clock_.now(),
                               .cause = "test"});
    }));
  };
  for (std::int64_t id = 1; id <= kDeliveriesKept + 7; ++id) put(key, id);
  put(other, 1);
  ASSERT_EQ(delete_old_deliveries(*service_).value(), Step::done);
  const auto left = log_of(key);
  ASSERT_EQ(std::ssize(left), kDeliveriesKept);
  EXPECT_EQ(left.back().delivery_id, domain::DeliveryId{8});
  EXPECT_EQ(log_of(other).size(), 1U);

  ASSERT_TRUE(delete_webhook(*service_, system_caller(), key));
  put(key, 9);  // an attempt that was under way
  EXPECT_EQ(list_deliveries(*service_, system_caller(), {.key = key}).error().code, ErrorCode::not_found);
  const auto rows = database().read([&](store::Transaction& tx) {
    return store::webhook_deliveries_before(tx, key.webhook_id, domain::DeliveryId{1'000}, 10);
  });
  EXPECT_TRUE(rows.value().empty());
}

}  // namespace
}  // namespace mizan::app
