// A project with a sender of webhooks, on each database, for tests of what is delivered and of what is kept
// of it.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "mizan/app/access/caller.h"
#include "mizan/app/events/publisher.h"
#include "mizan/app/events/webhook_sender.h"
#include "mizan/app/events/webhook_settings.h"
#include "mizan/app/projects/projects.h"
#include "mizan/app/service.h"
#include "mizan/base/clock.h"
#include "mizan/store/outbox.h"
#include "support/test_database.h"

namespace mizan::test {

class WebhookWorld : public EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<app::Service>(app::ServiceParts{.database = database(), .clock = clock_});
    service_->shared<app::WebhookSettings>().set({.allows_private = true,
                                                  .timeout = Duration{300'000},
                                                  .events_at_once = 4,
                                                  .attempts = 3,
                                                  .first_wait = seconds(10),
                                                  .longest_wait = seconds(1000)});
    sender_ = std::make_unique<app::WebhookSender>(*service_);
    project_ = app::create_project(*service_, app::system_caller(), {.name = "A project"}).value().project_id;
  }
  void TearDown() override {
    sender_.reset();
    service_.reset();
  }

  void happen(int count, const std::string& kind = "task.done") {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(database().write([&](store::Transaction& tx) {
        return store::append_outbox(tx,
                                    {.project_id = project_, .kind = kind, .body = "{}", .at = clock_.now()});
      }));
    }
    publish();
  }
  void publish() {
    while (app::publish_events(*service_).value() == app::Step::more) {
    }
  }

  ManualClock clock_{{1'769'860'800'000'000}};
  std::unique_ptr<app::Service> service_;
  std::unique_ptr<app::WebhookSender> sender_;
  domain::ProjectId project_{};
};

}  // namespace mizan::test
