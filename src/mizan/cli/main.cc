// The program `mizan`. Every command is in a file of its own; this one holds what they share.
#include <clocale>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "mizan/cli/command.h"
#include "mizan/cli/report_error.h"

namespace {

constexpr const char* kAbout =
    "Mizan weighs labels: what they say, how sure that is, and which annotators and suppliers are worth "
    "their price.";

constexpr const char* kExamples =
    "Examples\n"
    "  mizan audit labels.csv                                      what a file of labels says\n"
    "  mizan audit labels.csv --gold gold.csv --html report.html   tested on gold, as a page to pass on\n"
    "  cat labels.jsonl | mizan audit - --json                     from a pipe, for a program\n"
    "  mizan simulate --out pilot && mizan audit pilot/labels.csv  try it on made-up labels\n"
    "\n"
    "Exit codes: 0 done, 2 unusable input or flags (the message says where and what to do), 1 a mistake in "
    "Mizan.";

int run(int argument_count, char** arguments) {
  CLI::App program(kAbout, "mizan");
  program.set_version_flag("--version", "mizan " MIZAN_VERSION);
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  program.footer(kExamples);
  int exit_code = mizan::cli::kDone;
  mizan::cli::add_audit_command(program, exit_code);
  mizan::cli::add_simulate_command(program, exit_code);
  mizan::cli::add_serve_command(program, exit_code);
  mizan::cli::add_import_command(program, exit_code);
  mizan::cli::add_export_command(program, exit_code);
  mizan::cli::add_user_command(program, exit_code);
  mizan::cli::add_token_command(program, exit_code);
  mizan::cli::add_doctor_command(program, exit_code);
  mizan::cli::add_upkeep_commands(program, exit_code);
  if (argument_count == 1) {
    fmt::print("{}", program.help());
    return mizan::cli::kDone;
  }
  try {
    program.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? mizan::cli::kDone : mizan::cli::kUnusableInput;
  }
  return exit_code;
}

}  // namespace

int main(int argument_count, char** arguments) {
  try {
    return run(argument_count, arguments);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr,
               "error: out of memory\n  hint: fewer --threads need less; or audit a sample of the labels\n");
  } catch (const std::exception& error) {
    return mizan::cli::report_error({mizan::ErrorCode::internal, error.what(), {}, "please report this"},
                                    false);
  }
  return mizan::cli::kInternal;
}
