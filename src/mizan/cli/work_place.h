// Where a command does its work: on a database at hand, or on a server over the API.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "mizan/base/result.h"
#include "mizan/cli/database_option.h"
#include "mizan/cli/remote/remote.h"

namespace mizan::cli {

struct WorkPlace {
  std::string database = "mizan.db";
  Remote remote{};
};

/// Adds --database, --server (MIZAN_SERVER) and --key (MIZAN_API_KEY).
inline void add_work_place(CLI::App& command, WorkPlace& place) {
  add_database_option(command, place.database);
  command.add_option("--server", place.remote.server, "Work over the API of this server instead: https://…")
      ->envname("MIZAN_SERVER");
  command
      .add_option("--key", place.remote.key,
                  "API key for --server, mz_… (better in MIZAN_API_KEY than on the command line)")
      ->envname("MIZAN_API_KEY");
}

[[nodiscard]] inline Result<void> check_work_place(const WorkPlace& place) {
  if (place.remote.is_set() && place.remote.key.empty())
    return fail(ErrorCode::not_authenticated, "the server wants an API key", "--key",
                "mizan token create makes one; put it into MIZAN_API_KEY");
  return {};
}

}  // namespace mizan::cli
