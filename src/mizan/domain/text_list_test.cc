#include "mizan/domain/text_list.h"

#include <gtest/gtest.h>

namespace mizan::domain {
namespace {

TEST(TextList, reads_back_what_it_wrote) {
  const std::vector<std::string> texts{"ar", "with \"quotes\"", "ميزان", ""};
  EXPECT_EQ(text_list(text_list_json(texts)), texts);
}

TEST(TextList, an_empty_list_is_two_brackets) {
  EXPECT_EQ(text_list_json({}), "[]");
  EXPECT_TRUE(text_list("[]").empty());
}

}  // namespace
}  // namespace mizan::domain
