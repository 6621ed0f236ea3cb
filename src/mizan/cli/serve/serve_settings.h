// How `mizan serve` is set up: flags first, then MIZAN_* of the environment, then mizan.toml, then defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>

#include "mizan/base/result.h"

namespace mizan::cli {

struct ServeSettings {
  std::string database = "mizan.db";
  int database_connections = 16;
  std::string listen = "127.0.0.1:7070";
  std::string tls_certificate, tls_key;
  std::string config;  ///< empty: ./mizan.toml if it is there
  std::string log_format = "auto", log_level = "info";
  bool is_without_migration = false;
  bool is_behind_proxy = false;
  bool has_open_metrics = false;
  bool allows_private_webhooks = false;
  std::string content_origins;  ///< servers that tasks' pictures, sounds and documents come from; empty = any
  std::int64_t keep_events_days = 0;  ///< 0 = for ever
  std::size_t max_connections = 16'384;
  std::size_t max_requests = 12'288;
  std::size_t io_threads = 0, request_threads = 0;
  std::size_t max_waiting_requests = 1'024;
  double requests_per_second = 1'000;
  std::int64_t drain_seconds = 30;
};

/// Adds the flags, with their environment variables; `settings` lives as long as the command.
void add_serve_options(CLI::App& command, ServeSettings& settings);

/// Fills in from the configuration file what neither a flag nor the environment has said.
/// @errors file_not_found: the named file is not there; invalid_argument: no TOML, or a key that is unknown
[[nodiscard]] Result<void> read_config_file(CLI::App& command, const ServeSettings& settings);

}  // namespace mizan::cli
