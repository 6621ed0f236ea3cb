// Webhooks as their receivers see them, on both databases: receivers that fail, are silent, and recover.
#include "mizan/app/events/webhooks.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/events/webhook_delivery.h"
#include "mizan/app/events/webhook_sender.h"
#include "mizan/app/events/webhook_settings.h"
#include "mizan/app/events/webhook_signature.h"
#include "mizan/app/service.h"
#include "support/test_database.h"
#include "support/webhook_receiver.h"
#include "support/webhook_world.h"

namespace mizan::app {
namespace {

using test::ReceivedRequest;
using test::WebhookReceiver;

class Webhooks : public test::WebhookWorld {
 protected:
  // From the events that are there on: "project.created" is the first.
  Webhook make_webhook(const std::string& url, std::vector<std::string> kinds = {}) {
    publish();
    return create_webhook(*service_, system_caller(),
                          {.project_id = project_, .url = url, .kinds = std::move(kinds)})
        .value();
  }
  // Lets the sender work, time passing by `step` whenever it has nothing to do, until it holds.
  void send_until(const std::function<bool()>& holds, Duration step = seconds(20)) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds() && std::chrono::steady_clock::now() < end) {
      const auto taken = sender_->run_once();
      ASSERT_TRUE(taken) << taken.error().message;
      if (*taken == Step::done) clock_.advance(step);
    }
    EXPECT_TRUE(holds());
  }
  Webhook now_of(const Webhook& webhook) {
    return read_webhook(*service_, system_caller(), key_of(webhook)).value();
  }
  WebhookKey key_of(const Webhook& webhook) const {
    return {.project_id = project_, .webhook_id = webhook.webhook_id};
  }
  std::vector<DeadLetter> letters(const Webhook& webhook) {
    return list_dead_letters(*service_, system_caller(), {.key = key_of(webhook)}).value();
  }
};
MIZAN_ON_EACH_DATABASE(Webhooks);

std::vector<std::int64_t> sequences(const std::string& body) {
  std::vector<std::int64_t> numbers;
  const boost::json::value document = boost::json::parse(body);
  for (const auto& event : document.at("events").as_array())
    numbers.push_back(event.at("sequence").as_int64());
  return numbers;
}

// The events that requests carried, those of one request after those of the one before.
std::vector<std::int64_t> sequences(const std::vector<ReceivedRequest>& requests) {
  std::vector<std::int64_t> numbers;
  for (const ReceivedRequest& request : requests) {
    for (const std::int64_t number : sequences(request.body)) numbers.push_back(number);
  }
  return numbers;
}

TEST_P(Webhooks, a_receiver_gets_every_event_in_order_signed) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const Webhook webhook = make_webhook(receiver.url());
  happen(10);
  send_until([&] { return now_of(webhook).after_sequence == webhook.after_sequence + 11; });
  const auto requests = receiver.requests();
  // Its own "webhook.created", and the ten; four in one request at most.
  std::vector<std::int64_t> expected;
  for (int i = 1; i <= 11; ++i) expected.push_back(webhook.after_sequence + i);
  EXPECT_EQ(sequences(requests), expected);
  EXPECT_EQ(requests.size(), 3U);
  for (const ReceivedRequest& request : requests) {
    EXPECT_TRUE(is_signed(request.header("Mizan-Signature"), webhook.secret, request.body, clock_.now(),
                          seconds(300)));
    EXPECT_EQ(request.header("Content-Type"), "application/json");
    EXPECT_EQ(request.header("Mizan-Webhook"), to_text(webhook.webhook_id));
    EXPECT_EQ(boost::json::parse(request.body).at("project_id").as_string(), to_text(project_));
  }
}

TEST_P(Webhooks, a_test_is_one_signed_request_without_events_and_changes_nothing) {
  WebhookReceiver receiver(
      [](std::size_t number, const ReceivedRequest&) { return number == 0 ? 200 : 503; });
  const Webhook webhook = make_webhook(receiver.url());
  happen(3);
  const Webhook before = now_of(webhook);
  const WebhookTest taken = test_webhook(*service_, system_caller(), key_of(webhook)).value();
  EXPECT_EQ(taken.status, 200);
  EXPECT_EQ(taken.error, "");
  const WebhookTest refused = test_webhook(*service_, system_caller(), key_of(webhook)).value();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.error, "the receiver answered 503");
  const auto requests = receiver.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(is_signed(requests[0].header("Mizan-Signature"), webhook.secret, requests[0].body, clock_.now(),
                        seconds(300)));
  EXPECT_TRUE(sequences(requests).empty());
  const Webhook after = now_of(webhook);
  EXPECT_EQ(after.after_sequence, before.after_sequence);
  EXPECT_EQ(after.attempt_count, 0);
  EXPECT_EQ(after.version, before.version);
}

TEST_P(Webhooks, a_receiver_that_fails_and_recovers_sees_every_event_in_order_at_least_once) {
  // It refuses, hangs up, is silent beyond the time-out and redirects, and takes in between.
  constexpr std::array kAnswers{500, 200, WebhookReceiver::kHangUp, 503, 200, WebhookReceiver::kSilence,
                                200, 302};
  std::vector<std::int64_t> taken;
  std::mutex mutex;
  WebhookReceiver receiver([&](std::size_t number, const ReceivedRequest& request) {
    const int answer = number < kAnswers.size() ? kAnswers[number] : 204;
    if (answer == 200 || answer == 204) {
      const std::scoped_lock lock(mutex);
      for (const std::int64_t each : sequences(request.body)) taken.push_back(each);
    }
    return answer;
  });
  const Webhook webhook = make_webhook(receiver.url());
  happen(12);
  send_until([&] { return now_of(webhook).after_sequence == webhook.after_sequence + 13; });
  std::vector<std::int64_t> expected;
  for (int i = 1; i <= 13; ++i) expected.push_back(webhook.after_sequence + i);
  EXPECT_EQ(taken, expected);
  EXPECT_TRUE(letters(webhook).empty());
  EXPECT_EQ(now_of(webhook).attempt_count, 0);
}

TEST_P(Webhooks, an_event_that_is_never_taken_becomes_a_dead_letter_and_the_others_go_on) {
  std::atomic<bool> is_healed{false};
  std::atomic<std::int64_t> poison{0};
  WebhookReceiver receiver([&](std::size_t, const ReceivedRequest& request) {
    const auto numbers = sequences(request.body);
    return is_healed || std::find(numbers.begin(), numbers.end(), poison.load()) == numbers.end() ? 200 : 422;
  });
  const Webhook webhook = make_webhook(receiver.url());
  poison = webhook.after_sequence + 4;
  happen(8);
  send_until([&] { return now_of(webhook).after_sequence == webhook.after_sequence + 9; });
  const auto dead = letters(webhook);
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].letter.sequence, poison);
  EXPECT_EQ(dead[0].letter.attempt_count, 3);
  EXPECT_EQ(dead[0].letter.last_error, "the receiver answered 422");
  EXPECT_EQ(dead[0].kind, "task.done");

  // Replayed while the receiver still refuses, it stays dead; once healed, it is gone.
  ASSERT_EQ(replay_dead_letters(*service_, system_caller(), key_of(webhook), poison).value(), 1);
  send_until([&] { return letters(webhook)[0].letter.attempt_count == 4; });
  EXPECT_EQ(letters(webhook)[0].letter.state, "dead");
  is_healed = true;
  ASSERT_EQ(replay_dead_letters(*service_, system_caller(), key_of(webhook), std::nullopt).value(), 1);
  send_until([&] { return letters(webhook).empty(); });
  EXPECT_EQ(sequences(receiver.requests().back().body), std::vector<std::int64_t>{poison});
  EXPECT_EQ(replay_dead_letters(*service_, system_caller(), key_of(webhook), 1).error().code,
            ErrorCode::not_found);
}

TEST_P(Webhooks, failures_wait_longer_and_longer) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 500; });
  const Webhook webhook = make_webhook(receiver.url());
  happen(1);
  send_until([&] { return now_of(webhook).attempt_count == 1; });
  const Duration first = now_of(webhook).next_attempt_at - clock_.now();
  EXPECT_GE(first, Duration{7'500'000});
  EXPECT_LE(first, Duration{12'500'000});
  clock_.advance(first);
  send_until([&] { return now_of(webhook).attempt_count == 2; });
  const Duration second = now_of(webhook).next_attempt_at - clock_.now();
  EXPECT_GE(second, Duration{15'000'000});
  EXPECT_LE(second, Duration{25'000'000});
  EXPECT_EQ(now_of(webhook).last_error, "the receiver answered 500");
}

TEST_P(Webhooks, a_paused_webhook_is_silent_and_keeps_its_place) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const Webhook webhook = make_webhook(receiver.url(), {"task.done"});
  ASSERT_TRUE(pause_webhook(*service_, system_caller(), key_of(webhook)));
  happen(3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sender_->run_once().value(), Step::done);
  EXPECT_TRUE(receiver.requests().empty());
  ASSERT_TRUE(resume_webhook(*service_, system_caller(), key_of(webhook)));
  publish();
  send_until([&] { return sequences(receiver.requests()).size() == 3; });
}

TEST_P(Webhooks, only_the_kinds_that_are_wanted_are_sent) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const Webhook webhook = make_webhook(receiver.url(), {"task.done"});
  happen(2, "annotation.submitted");
  happen(1);
  happen(2, "annotation.submitted");
  send_until([&] { return now_of(webhook).after_sequence == webhook.after_sequence + 6; });
  EXPECT_EQ(sequences(receiver.requests()), std::vector<std::int64_t>{webhook.after_sequence + 4});
}

TEST_P(Webhooks, after_a_rotation_both_secrets_sign_for_a_day) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const Webhook webhook = make_webhook(receiver.url(), {"task.done"});
  const Webhook rotated = rotate_webhook_secret(*service_, system_caller(), key_of(webhook)).value();
  EXPECT_NE(rotated.secret, webhook.secret);
  EXPECT_TRUE(now_of(webhook).secret.empty()) << "a secret is shown once";
  const auto signed_by = [&](const std::string& secret) {
    const ReceivedRequest request = receiver.requests().back();
    return is_signed(request.header("Mizan-Signature"), secret, request.body, clock_.now(), seconds(3600));
  };
  happen(1);
  send_until([&] { return receiver.requests().size() == 1; });
  EXPECT_TRUE(signed_by(webhook.secret));
  EXPECT_TRUE(signed_by(rotated.secret));
  clock_.advance(seconds(86'400));
  happen(1);
  send_until([&] { return receiver.requests().size() == 2; });
  EXPECT_FALSE(signed_by(webhook.secret));
  EXPECT_TRUE(signed_by(rotated.secret));
}

TEST_P(Webhooks, a_silent_receiver_does_not_hold_up_another) {
  WebhookReceiver silent([](std::size_t, const ReceivedRequest&) { return WebhookReceiver::kSilence; });
  WebhookReceiver quick([](std::size_t, const ReceivedRequest&) { return 200; });
  make_webhook(silent.url(), {"task.done"});
  const Webhook webhook = make_webhook(quick.url(), {"task.done"});
  happen(9);
  send_until([&] { return sequences(quick.requests()).size() == 9; });
  EXPECT_LE(silent.requests().size(), 2U);
}

TEST_P(Webhooks, a_second_sender_waits_for_its_turn) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  make_webhook(receiver.url(), {"task.done"});
  happen(1);
  Service another(ServiceParts{.database = database(), .clock = clock_, .node_number = 1});
  another.shared<WebhookSettings>().set({.allows_private = true});
  WebhookSender other(another);
  send_until([&] { return receiver.requests().size() == 1; });
  happen(1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(other.run_once().value(), Step::done);
  EXPECT_EQ(receiver.requests().size(), 1U);
  sender_.reset();
  clock_.advance(seconds(40));  // the first node is gone, its turn is over
  while (receiver.requests().size() < 2) ASSERT_TRUE(other.run_once());
}

TEST_P(Webhooks, private_addresses_are_refused_when_they_are_made_and_when_they_are_called) {
  WebhookReceiver receiver([](std::size_t, const ReceivedRequest&) { return 200; });
  const Webhook webhook = make_webhook(receiver.url(), {"task.done"});
  service_->shared<WebhookSettings>().set({.attempts = 1});
  WebhookSender strict(*service_);
  for (const std::string url : {"http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1:80/x",
                                "http://0x7f000001/", "http://169.254.169.254/latest", "ftp://example.org/",
                                "https://user@example.org/", "example.org", "file:///etc/passwd"}) {
    EXPECT_EQ(create_webhook(*service_, system_caller(), {.project_id = project_, .url = url}).error().code,
              ErrorCode::invalid_argument)
        << url;
  }
  happen(1);
  while (letters(webhook).empty()) ASSERT_TRUE(strict.run_once());
  EXPECT_THAT(letters(webhook)[0].letter.last_error, testing::HasSubstr("not public"));
  EXPECT_TRUE(receiver.requests().empty());
}

TEST_P(Webhooks, an_edit_of_an_old_version_is_refused) {
  const Webhook webhook = make_webhook("https://example.org/a");
  const UpdateWebhook edit{
      .key = key_of(webhook), .version = webhook.version, .url = "https://example.org/b"};
  EXPECT_EQ(update_webhook(*service_, system_caller(), edit).value().url, "https://example.org/b");
  EXPECT_EQ(update_webhook(*service_, system_caller(), edit).error().code, ErrorCode::precondition_failed);
  ASSERT_TRUE(delete_webhook(*service_, system_caller(), key_of(webhook)));
  EXPECT_EQ(read_webhook(*service_, system_caller(), key_of(webhook)).error().code, ErrorCode::not_found);
}

TEST(RetryWait, doubles_up_to_the_longest_with_jitter) {
  const WebhookTerms terms{.first_wait = seconds(5), .longest_wait = seconds(3600)};
  Rng rng(1);
  for (int i = 0; i < 100; ++i) {
    for (const auto& [attempt, plain] :
         {std::pair(1, 5), std::pair(2, 10), std::pair(5, 80), std::pair(60, 3600)}) {
      const Duration wait = retry_wait(terms, attempt, rng);
      EXPECT_GE(wait.us, seconds(plain).us * 3 / 4);
      EXPECT_LE(wait.us, seconds(plain).us * 5 / 4);
    }
  }
}

}  // namespace
}  // namespace mizan::app
