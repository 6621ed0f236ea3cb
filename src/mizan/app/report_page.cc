#include "mizan/app/report_page.h"

#include "mizan/app/report_page_text.h"

namespace mizan::app {
namespace {

// In JSON these characters stand only inside strings, where an escape means the same. `<` could end the
// script element or open a comment in it; U+2028 and U+2029 end a line in older JavaScript.
void append_for_script(std::string& page, std::string_view json) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const std::string_view rest = json.substr(i, 3);
    if (c == '<') {
      page += "\\u003c";
    } else if (c == '>') {
      page += "\\u003e";
    } else if (c == '&') {
      page += "\\u0026";
    } else if (rest == "\xe2\x80\xa8" || rest == "\xe2\x80\xa9") {
      page += rest == "\xe2\x80\xa8" ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      page += c;
    }
  }
}

}  // namespace

std::string report_page(std::string_view report_json) {
  std::string page;
  page.reserve(kPageBeforeReport.size() + report_json.size() + report_json.size() / 16 +
               kPageAfterReport.size());
  page += kPageBeforeReport;
  append_for_script(page, report_json);
  page += kPageAfterReport;
  return page;
}

}  // namespace mizan::app
