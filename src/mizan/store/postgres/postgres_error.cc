#include "mizan/store/postgres/postgres_error.h"

#include <utility>

namespace mizan::store {
namespace {

ErrorCode code_of(std::string_view state) {
  if (breaks_connection(state)) return ErrorCode::database_unavailable;
  if (state == "40001" || state == "40P01" || state == "55P03") return ErrorCode::serialisation_failure;
  if (state == "53100") return ErrorCode::database_full;
  if (state == "54000") return ErrorCode::body_too_large;
  const std::string_view kind = state.substr(0, 2);
  if (kind == "23") return ErrorCode::conflict;
  if (kind == "22") return ErrorCode::invalid_argument;
  if (state == "XX001" || state == "XX002") return ErrorCode::database_corrupt;
  if (kind == "53" || kind == "57" || kind == "58") return ErrorCode::database_unavailable;
  return ErrorCode::internal;
}

std::string_view hint_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::database_full:
      return "free space on the database server; nothing that was acknowledged is lost";
    case ErrorCode::database_unavailable:
      return "check that the database server runs and can be reached";
    case ErrorCode::serialisation_failure:
      return "send it again";
    default:
      return {};
  }
}

// libpq ends its messages with a line feed, and may add lines of detail.
std::string in_one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

}  // namespace

bool breaks_connection(std::string_view state) {
  return state.empty() || state.starts_with("08") || state == "57P01" || state == "57P02" ||
         state == "57P03" || state == "57P05" || state == "25006" || state == "25P03";
}

Error postgres_error(std::string_view sqlstate, std::string message, std::string_view doing) {
  const ErrorCode code = code_of(sqlstate);
  std::string text = "PostgreSQL: " + in_one_line(std::move(message));
  if (!sqlstate.empty()) text += " [" + std::string(sqlstate) + "]";
  return {code, std::move(text), std::string(doing), std::string(hint_of(code))};
}

}  // namespace mizan::store
