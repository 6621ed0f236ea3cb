// `mizan doctor`: whether everything that must be true of a database is true.
#include "mizan/app/upkeep/doctor.h"

#include <memory>

#include <fmt/format.h>

#include "mizan/base/json_writer.h"
#include "mizan/cli/command.h"
#include "mizan/cli/database_option.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/terminal.h"

namespace mizan::cli {
namespace {

struct DoctorFlags {
  std::string database = "mizan.db";
  std::int64_t shown = 10;
  bool as_json = false;
};

std::string as_json(const std::vector<app::Checkup>& checkups, bool is_well) {
  JsonWriter json;
  json.begin_object();
  json.member("is_well", is_well);
  json.key("checks").begin_array();
  for (const app::Checkup& checkup : checkups) {
    json.begin_object();
    json.member("check", checkup.check);
    json.member("claim", checkup.claim);
    json.member("breach_count", checkup.breach_count);
    json.member("breaches", checkup.breaches);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

void print(const std::vector<app::Checkup>& checkups, bool is_well) {
  for (const app::Checkup& checkup : checkups) {
    fmt::print("{}  {:<28} {}\n", checkup.is_well() ? "ok  " : "FAIL", checkup.check, checkup.claim);
    for (const std::string& breach : checkup.breaches) fmt::print("        {}\n", breach);
    const auto more = checkup.breach_count - static_cast<std::int64_t>(checkup.breaches.size());
    if (more > 0) fmt::print("        and {} more\n", more);
  }
  fmt::print("{}\n", is_well
                         ? "The database is well."
                         : "The database is not well: keep a copy of it, and see docs/guide/operations.md.");
}

int run(const DoctorFlags& flags) {
  auto opened = app::OpenService::open({.database = flags.database});
  if (!opened) return report_error(opened.error(), flags.as_json);
  app::DoctorOptions options{.shown_breaches = flags.shown};
  const auto checkups = app::examine((*opened)->service(), options);
  if (!checkups) return report_error(checkups.error(), flags.as_json);
  bool is_well = true;
  for (const app::Checkup& checkup : *checkups) is_well = is_well && checkup.is_well();
  flags.as_json ? fmt::print("{}\n", as_json(*checkups, is_well)) : print(*checkups, is_well);
  return is_well ? kDone : kFoundFaults;
}

}  // namespace

void add_doctor_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand("doctor", "Check everything that must be true of a database");
  auto flags = std::make_shared<DoctorFlags>();
  add_database_option(*command, flags->database);
  command->add_option("--shown", flags->shown, "How many breaches of each check to list")
      ->capture_default_str();
  command->add_flag("--json", flags->as_json, "One JSON object instead of lines");
  command->footer(
      "Exit code 0 when all is well, 3 when a check found something. Reads the whole database; a server may "
      "run meanwhile.");
  command->callback([flags, &exit_code] { exit_code = run(*flags); });
}

}  // namespace mizan::cli
