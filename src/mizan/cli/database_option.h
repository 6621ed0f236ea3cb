// The --database flag that every command on a platform's database has.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "mizan/app/open_service.h"

namespace mizan::cli {

/// Adds --database (environment: MIZAN_DATABASE; default ./mizan.db).
inline void add_database_option(CLI::App& command, std::string& database) {
  command
      .add_option("--database", database,
                  "The database: path of a SQLite file, or postgresql://… (default: ./mizan.db)")
      ->envname("MIZAN_DATABASE");
}

}  // namespace mizan::cli
