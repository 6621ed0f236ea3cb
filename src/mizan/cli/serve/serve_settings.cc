#include "mizan/cli/serve/serve_settings.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <toml++/toml.h>

namespace mizan::cli {
namespace {

constexpr const char* kDefaultConfig = "mizan.toml";

// --max-connections → MIZAN_MAX_CONNECTIONS
std::string environment_name(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return "MIZAN_" + name;
}

std::string option_name(std::string_view key) {
  std::string name(key);
  std::replace(name.begin(), name.end(), '_', '-');
  return "--" + name;
}

std::string value_text(const toml::node& node) {
  std::ostringstream text;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_boolean<decltype(value)>)
      text << (value.get() ? "true" : "false");
    else if constexpr (toml::is_string<decltype(value)> || toml::is_number<decltype(value)>)
      text << value.get();
  });
  return text.str();
}

Result<void> apply_key(CLI::App& command, const std::string& file, std::string_view key,
                       const toml::node& node) {
  CLI::Option* option = command.get_option_no_throw(option_name(key));
  const std::string where = file + ":" + std::to_string(node.source().begin.line);
  if (option == nullptr || key == "config" || key == "help")
    return fail(ErrorCode::invalid_argument, "there is no setting '" + std::string(key) + "'", where,
                "settings are the flags of mizan serve with _ for -, such as max_connections = 1000");
  if (!node.is_string() && !node.is_number() && !node.is_boolean())
    return fail(ErrorCode::invalid_argument, "'" + std::string(key) + "' is one value, not a list or a table",
                where, "write several in one string: \"https://a.example.org https://b.example.org\"");
  if (option->count() > 0) return {};  // a flag or the environment has said it
  try {
    option->add_result(value_text(node));
    option->run_callback();
  } catch (const CLI::Error& error) {
    return fail(ErrorCode::invalid_argument, error.what(), where);
  }
  return {};
}

}  // namespace

void add_serve_options(CLI::App& command, ServeSettings& settings) {
  const auto add = [&](const std::string& name, auto& value, const std::string& help, const char* group) {
    command.add_option("--" + name, value, help)->envname(environment_name(name))->group(group);
  };
  const auto add_flag = [&](const std::string& name, bool& value, const std::string& help,
                            const char* group) {
    command.add_flag("--" + name, value, help)->envname(environment_name(name))->group(group);
  };
  const char* general = "Server";
  add("database", settings.database, "SQLite file or postgresql://… (default: ./mizan.db)", general);
  command
      .add_option("--database-connections", settings.database_connections,
                  "PostgreSQL: connections that write at once; more pay where its disk is slow")
      ->check(CLI::Range(1, 1'000).description(""))
      ->envname("MIZAN_DATABASE_CONNECTIONS")
      ->group(general);
  add("listen", settings.listen, "Address and port (default: 127.0.0.1:7070)", general);
  add("tls-cert", settings.tls_certificate, "PEM file of the certificate and its chain", general);
  add("tls-key", settings.tls_key, "PEM file of the certificate's key", general);
  add_flag("behind-proxy", settings.is_behind_proxy,
           "Believe X-Forwarded-For and -Proto of the nearest proxy", general);
  add_flag("no-migrate", settings.is_without_migration, "Refuse an older schema instead of migrating it",
           general);
  command.add_option("--config", settings.config, "Configuration file (default: ./mizan.toml, if there)")
      ->envname("MIZAN_CONFIG")
      ->group(general);
  add_flag("allow-private-webhooks", settings.allows_private_webhooks,
           "Webhooks may reach addresses that are not public", general);
  add("content-origins", settings.content_origins,
      "Servers that pictures, sounds and documents of tasks may come from (default: any)", general);
  add("keep-events-days", settings.keep_events_days, "Delete events after so many days; 0: never", general);
  const char* limits = "Limits";
  add("max-connections", settings.max_connections, "Connections at once", limits);
  add("max-requests", settings.max_requests, "Requests at once; more get 503", limits);
  add("max-waiting-requests", settings.max_waiting_requests, "Requests that wait for a thread; more get 503",
      limits);
  add("requests-per-second", settings.requests_per_second,
      "Of one account or key in the long run; 0: no limit", limits);
  add("io-threads", settings.io_threads, "Event loops (default: one a core)", limits);
  add("request-threads", settings.request_threads, "Threads of requests that block (default: two a core)",
      limits);
  add("drain-seconds", settings.drain_seconds, "How long requests may finish after SIGTERM", limits);
  const char* logs = "Logs and metrics";
  command
      .add_option("--log-format", settings.log_format, "json, text, or auto: text on a terminal, else json")
      ->check(CLI::IsMember({"json", "text", "auto"}).description(""))
      ->envname("MIZAN_LOG_FORMAT")
      ->group(logs);
  command.add_option("--log-level", settings.log_level, "debug, info (each request), warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}).description(""))
      ->envname("MIZAN_LOG_LEVEL")
      ->group(logs);
  add_flag("open-metrics", settings.has_open_metrics, "/metrics without signing in", logs);
}

Result<void> read_config_file(CLI::App& command, const ServeSettings& settings) {
  const std::string file = settings.config.empty() ? kDefaultConfig : settings.config;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    if (settings.config.empty()) return {};
    return fail(ErrorCode::file_not_found, "there is no such file", file);
  }
  try {
    const toml::table table = toml::parse_file(file);
    for (const auto& [key, node] : table) MIZAN_CHECK_OK(apply_key(command, file, key.str(), node));
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::invalid_argument, "this is no TOML: " + std::string(error.description()),
                file + ":" + std::to_string(error.source().begin.line));
  }
  return {};
}

}  // namespace mizan::cli
