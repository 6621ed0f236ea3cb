#include "mizan/cli/report_error.h"

#include <cstdio>

#include <fmt/format.h>

#include "mizan/base/json_writer.h"
#include "mizan/cli/command.h"
#include "mizan/cli/terminal.h"

namespace mizan::cli {

int report_error(const Error& error, bool as_json) {
  if (as_json) {
    JsonWriter json;
    json.begin_object();
    json.key("error").begin_object();
    json.member("code", error_name(error.code));
    json.member("message", error.message);
    json.member("where", error.where);
    json.member("hint", error.hint);
    json.end_object();
    json.end_object();
    fmt::print(stderr, "{}\n", json.take());
  } else {
    const Terminal terminal = Terminal::of(stderr);
    fmt::print(stderr, "{} {}{}{}\n", terminal.styled("error:", Style::bad), fitted(error.where, 300),
               error.where.empty() ? "" : ": ", fitted(error.message, 600));
    if (!error.hint.empty())
      fmt::print(stderr, "  {} {}\n", terminal.styled("hint:", Style::accent), fitted(error.hint, 600));
    fmt::print(stderr, "  {}\n",
               terminal.styled(fmt::format("code: {}", error_name(error.code)), Style::dim));
  }
  return error.code == ErrorCode::internal ? kInternal : kUnusableInput;
}

}  // namespace mizan::cli
