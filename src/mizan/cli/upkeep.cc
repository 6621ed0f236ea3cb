// `mizan migrate`, `mizan backup`, `mizan restore`: what an operator does to a database.
#include <memory>

#include <fmt/format.h>

#include "mizan/app/upkeep/database_upkeep.h"
#include "mizan/cli/command.h"
#include "mizan/cli/database_option.h"
#include "mizan/cli/report_error.h"

namespace mizan::cli {
namespace {

struct UpkeepFlags {
  std::string database = "mizan.db";
  std::string backup;
  bool replace = false;
};

int migrate(const UpkeepFlags& flags) {
  const auto outcome = app::migrate_database(flags.database);
  if (!outcome) return report_error(outcome.error(), false);
  if (outcome->version_before == outcome->version_after) {
    fmt::print("The schema is at version {} already.\n", outcome->version_after);
  } else {
    fmt::print("Migrated the schema from version {} to {}.\n", outcome->version_before,
               outcome->version_after);
  }
  return kDone;
}

int backup(const UpkeepFlags& flags) {
  const auto outcome = app::backup_database(flags.database, flags.backup);
  if (!outcome) return report_error(outcome.error(), false);
  fmt::print("{}: {:.1f} MB, schema version {}, checked.\n", flags.backup,
             static_cast<double>(outcome->size_bytes) / 1e6, outcome->schema_version);
  return kDone;
}

int restore(const UpkeepFlags& flags) {
  const auto version =
      app::restore_database({.backup = flags.backup, .database = flags.database, .replace = flags.replace});
  if (!version) return report_error(version.error(), false);
  fmt::print("{} is restored from {}, schema version {}.\n", flags.database, flags.backup, *version);
  return kDone;
}

}  // namespace

void add_upkeep_commands(CLI::App& program, int& exit_code) {
  auto flags = std::make_shared<UpkeepFlags>();
  CLI::App* migrating =
      program.add_subcommand("migrate", "Bring a database's schema to this program's version");
  add_database_option(*migrating, flags->database);
  migrating->footer("Only ever forward, and safe to run on several machines at once: make a backup before.");
  migrating->callback([flags, &exit_code] { exit_code = migrate(*flags); });

  CLI::App* copying = program.add_subcommand("backup", "Copy a database, also while it is being served");
  add_database_option(*copying, flags->database);
  copying->add_option("file", flags->backup, "Where the copy goes")->required();
  copying->footer(
      "The copy is of one moment, and is checked. For PostgreSQL use pg_dump; the error has the command.");
  copying->callback([flags, &exit_code] { exit_code = backup(*flags); });

  CLI::App* restoring = program.add_subcommand("restore", "Put a backup in a database's place");
  add_database_option(*restoring, flags->database);
  restoring->add_option("file", flags->backup, "What `mizan backup` made")->required();
  restoring->add_flag("--replace", flags->replace, "Put a database that is there aside as <path>.replaced");
  restoring->footer("The server must be stopped. The backup is checked before anything is touched.");
  restoring->callback([flags, &exit_code] { exit_code = restore(*flags); });
}

}  // namespace mizan::cli
