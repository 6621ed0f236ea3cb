// The report as one HTML page: needs no network, no other file and no server (docs/formats/report.md, "The
// page").
#pragma once

#include <string>
#include <string_view>

namespace mizan::app {

/// The page of a report.
/// @in   report_json  a report.json document (schema mizan.audit.report, version 1), UTF-8
/// @out  one HTML document; the report is inside it as data, so that no text of it can become markup or
/// script
/// @cost O(size of the report); thread-safe
[[nodiscard]] std::string report_page(std::string_view report_json);

}  // namespace mizan::app
