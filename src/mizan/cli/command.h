// What a command of the program is: it adds its flags to the parser and runs when it was named.
#pragma once

#include <CLI/CLI.hpp>

namespace mizan::cli {

/// Exit codes, documented in docs/guide/commands.md.
enum ExitCode : int {
  kDone = 0,
  kInternal = 1,       ///< a mistake in Mizan itself
  kUnusableInput = 2,  ///< input, flag or output that cannot be used; the message says where and what to do
  kFoundFaults = 3,    ///< `mizan doctor` found something that must not be
};

// Each adds one command. `exit_code` is set when the command ran.
void add_audit_command(CLI::App& program, int& exit_code);
void add_simulate_command(CLI::App& program, int& exit_code);
void add_import_command(CLI::App& program, int& exit_code);
void add_export_command(CLI::App& program, int& exit_code);
void add_user_command(CLI::App& program, int& exit_code);
void add_token_command(CLI::App& program, int& exit_code);
void add_serve_command(CLI::App& program, int& exit_code);
void add_doctor_command(CLI::App& program, int& exit_code);
/// migrate, backup and restore
void add_upkeep_commands(CLI::App& program, int& exit_code);

}  // namespace mizan::cli
