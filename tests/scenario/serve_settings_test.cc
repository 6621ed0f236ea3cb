// The configuration file of `mizan serve`.
#include <gmock/gmock.h>

#include "scenario/program.h"

namespace mizan::test {
namespace {

using testing::HasSubstr;

class ServeSettingsFile : public Scenario {};

TEST_F(ServeSettingsFile, a_list_where_one_value_belongs_is_refused_with_its_line) {
  write("mizan.toml", "listen = \"127.0.0.1:0\"\ncontent_origins = [\"https://media.example.org\"]\n");
  const Ran ran = mizan("serve");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.error, HasSubstr("mizan.toml:2"));
  EXPECT_THAT(ran.error, HasSubstr("'content_origins' is one value"));
}

TEST_F(ServeSettingsFile, an_origin_with_a_path_and_an_unknown_setting_are_refused) {
  write("mizan.toml", "content_origins = \"https://media.example.org/pictures\"\n");
  EXPECT_THAT(mizan("serve").error, HasSubstr("is no origin"));
  write("mizan.toml", "colour = \"blue\"\n");
  EXPECT_THAT(mizan("serve").error, HasSubstr("there is no setting 'colour'"));
}

}  // namespace
}  // namespace mizan::test
