// The parts of the report page and the English catalogue, as text; made at build time by
// report_page/embed.cmake.
#pragma once

#include <string_view>

namespace mizan::app {

extern const std::string_view kPageBeforeReport;  // ends where the text of report.json begins
extern const std::string_view kPageAfterReport;
extern const std::string_view kEnglishMessages;  // messages/en.json

}  // namespace mizan::app
