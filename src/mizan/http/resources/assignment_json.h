// How assignments look on the wire. To their annotators: never a task's id, never whether it is gold.
#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "mizan/app/work/lease.h"

namespace mizan::http {

/// What its annotator gets: JSON text. The same members for every assignment.
[[nodiscard]] std::string assignment_text(const app::GivenAssignment& given);

/// Who reads a row: its annotator and their supplier see less than the lab.
enum class Reader : std::uint8_t { outside, lab };
/// A row of a list, without the payload.
[[nodiscard]] boost::json::object assignment_row(const store::AssignmentRow& row, Reader reader);

}  // namespace mizan::http
