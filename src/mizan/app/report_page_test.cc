#include "mizan/app/report_page.h"

#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "mizan/app/report_page_text.h"

namespace mizan::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string embedded(const std::string& page) {
  return page.substr(kPageBeforeReport.size(),
                     page.size() - kPageBeforeReport.size() - kPageAfterReport.size());
}

std::string golden(const std::string& name) {
  std::ifstream file(MIZAN_SOURCE_DIR "/tests/golden/report/" + name + ".report.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ReportPage, is_one_document_that_forbids_the_network) {
  const std::string page = report_page("{}");
  EXPECT_THAT(page, StartsWith("<!doctype html>"));
  EXPECT_THAT(page, EndsWith("</html>\n"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("@REPORT@")));
  EXPECT_THAT(page, Not(HasSubstr("@SCRIPT@")));
  EXPECT_THAT(std::string(kPageBeforeReport), EndsWith("id=\"report\">"));
}

TEST(ReportPage, weighs_under_120_KiB_without_its_report) {
  EXPECT_LT(report_page("{}").size(), 120u * 1024);
}

TEST(ReportPage, no_text_of_the_report_can_end_its_script_element) {
  const std::string text = embedded(report_page(R"({"a":"</script><!--<script>&amp;\u2028"})"));
  EXPECT_EQ(text, R"({"a":"\u003c/script\u003e\u003c!--\u003cscript\u003e\u0026amp;\u2028"})");
}

TEST(ReportPage, line_ends_of_javascript_are_escaped) {
  EXPECT_EQ(embedded(report_page("\"\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\"")),
            "\"\\u2028\\u2029\xe2\x80\xaa\"");
  EXPECT_EQ(embedded(report_page("\"\xe2\x80")), "\"\xe2\x80");
}

TEST(ReportPage, the_embedded_report_means_the_same) {
  for (const char* const name : {"sample", "hostile"}) {
    const std::string report = golden(name);
    ASSERT_FALSE(report.empty());
    const std::string text = embedded(report_page(report));
    EXPECT_THAT(text, Not(HasSubstr("<")));
    EXPECT_EQ(boost::json::parse(text), boost::json::parse(report)) << name;
  }
}

TEST(ReportPage, the_page_itself_has_the_script_ends_that_it_should) {
  const std::string page = report_page("{}");
  std::size_t ends = 0;
  for (std::size_t at = page.find("</script"); at != std::string::npos; at = page.find("</script", at + 1))
    ++ends;
  EXPECT_EQ(ends, 4u);
}

}  // namespace
}  // namespace mizan::app
