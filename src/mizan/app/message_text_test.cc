#include "mizan/app/message_text.h"

#include <gtest/gtest.h>

namespace mizan::app {
namespace {

TEST(MessageText, fills_in_arguments_of_every_kind) {
  const Message best = Message{"best_supplier"}
                           .with("supplier", std::string("experts"))
                           .with("accuracy", 0.9312)
                           .with("low", 0.9)
                           .with("high", 0.95)
                           .with("runner_up", std::string("crowd"))
                           .with("probability", 0.99999);
  EXPECT_EQ(message_text("verdict", best),
            "experts labels best: 93.1 % of its labels are right (90.0–95.0), and it is better than crowd "
            "with over "
            "99.9 % certainty.");
  const Message mix = Message{"cheapest_mix"}
                          .with("target", 0.95)
                          .with("mix", std::vector<SupplierShare>{{"crowd", 2}, {"experts", 1}})
                          .with("accuracy", 0.951)
                          .with("low", 0.94)
                          .with("high", 0.96)
                          .with("cost_per_task", 1.92);
  EXPECT_NE(message_text("verdict", mix, "USD").find("2 × crowd + 1 × experts"), std::string::npos);
  EXPECT_NE(message_text("verdict", mix, "USD").find("$1.92"), std::string::npos);
}

TEST(MessageText, one_and_many_are_told_apart) {
  EXPECT_EQ(message_text("unit", Message{"tasks"}.with("count", std::int64_t{1})), "1 task");
  EXPECT_EQ(message_text("unit", Message{"tasks"}.with("count", std::int64_t{12345})), "12,345 tasks");
}

TEST(MessageText, what_is_not_there_is_said_to_be_unknown) {
  EXPECT_EQ(message_text("note", "a_code_of_tomorrow"), "a code of tomorrow");
  EXPECT_EQ(interval_text({}), "cannot be known");
  EXPECT_EQ(interval_text({0.766, 0.731, 0.8}), "76.6 % (73.1–80.0)");
  EXPECT_EQ(money_text(0.0125, "USD"), "$0.0125");
}

}  // namespace
}  // namespace mizan::app
