// Commands that do one thing to the database at hand, as the server's own terminal.
#pragma once

#include "mizan/app/open_service.h"
#include "mizan/cli/command.h"
#include "mizan/cli/report_error.h"

namespace mizan::cli {

/// Opens the database of the flags, runs the verb (app::Service&, const Flags&) → Result<void> on it, and
/// reports what failed.
/// @out the exit code
template <class Flags>
int run_on_database(Result<void> (*verb)(app::Service&, const Flags&), const Flags& flags) {
  const auto opened = app::OpenService::open({.database = flags.database});
  if (!opened) return report_error(opened.error(), flags.as_json);
  const auto done = verb((*opened)->service(), flags);
  return done ? int{kDone} : report_error(done.error(), flags.as_json);
}

}  // namespace mizan::cli
