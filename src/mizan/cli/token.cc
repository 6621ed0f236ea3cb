// `mizan token create|list|revoke`: API keys, at the server's own terminal.
#include <charconv>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "mizan/app/accounts/api_keys.h"
#include "mizan/base/json_writer.h"
#include "mizan/cli/command.h"
#include "mizan/cli/database_option.h"
#include "mizan/cli/on_database.h"
#include "mizan/cli/role_options.h"

namespace mizan::cli {
namespace {

constexpr std::int64_t kPage = 500;

struct TokenFlags {
  std::string database = "mizan.db";
  std::string email{};
  std::string name{};
  std::string days{};
  std::string key_id{};
  RoleFlags role{};
  bool as_json = false;
};
using Flags = std::shared_ptr<TokenFlags>;

Result<std::optional<Instant>> end_of(const app::Service& service, const std::string& days) {
  if (days == "never") return std::optional<Instant>();
  int count = 0;
  const auto [end, wrong] = std::from_chars(days.data(), days.data() + days.size(), count);
  if (wrong != std::errc{} || end != days.data() + days.size() || count < 1 || count > 36'500)
    return fail(ErrorCode::invalid_argument, "'" + days + "' is no number of days", "--days",
                "a whole number from 1, or never");
  return std::optional(service.now() + seconds(std::int64_t{86'400} * count));
}

Result<void> create(app::Service& service, const TokenFlags& flags) {
  MIZAN_TRY(const auto caller, app::caller_of_email(service, flags.email));
  app::NewApiKey command{.name = flags.name, .membership = {}};
  MIZAN_TRY(command.membership, membership_of(flags.role));
  MIZAN_TRY(command.expires_at, end_of(service, flags.days));
  MIZAN_TRY(const auto made, app::create_api_key(service, caller, command));
  if (!flags.as_json) {
    fmt::print(stderr, "{}, {}: shown this once, keep it safe.\n", to_text(made.key.api_key_id),
               made.key.expires_at ? "until " + to_text(*made.key.expires_at) : "without an end");
    fmt::print("{}\n", made.secret);
    return {};
  }
  JsonWriter json;
  json.begin_object();
  json.member("api_key_id", to_text(made.key.api_key_id));
  json.member("secret", made.secret);
  json.end_object();
  fmt::print("{}\n", json.take());
  return {};
}

std::string state_of(const store::ApiKeyRow& row, Instant now) {
  if (row.revoked_at) return "revoked";
  return row.expires_at && *row.expires_at <= now ? "expired" : "valid";
}

std::string text_of(const std::optional<Instant>& at) {
  return at ? to_text(*at) : "never";
}

void append(JsonWriter& json, const store::ApiKeyRow& row, const std::string& state) {
  json.begin_object();
  json.member("api_key_id", to_text(row.api_key_id));
  json.member("prefix", row.shown_prefix);
  json.member("name", row.name);
  json.member("account_id", to_text(row.account_id));
  json.member("role", row.role);
  json.member("state", state);
  json.member("expires_at", text_of(row.expires_at));
  json.member("last_used_at", text_of(row.last_used_at));
  json.end_object();
}

Result<void> list(app::Service& service, const TokenFlags& flags) {
  app::Caller caller = app::system_caller();
  if (!flags.email.empty()) {
    MIZAN_TRY(caller, app::caller_of_email(service, flags.email));
  }
  JsonWriter json;
  json.begin_array();
  app::ApiKeyQuery query{.of_everybody = flags.email.empty(), .limit = kPage};
  while (true) {
    MIZAN_TRY(const auto rows, app::list_api_keys(service, caller, query));
    for (const store::ApiKeyRow& row : rows) {
      const std::string state = state_of(row, service.now());
      if (flags.as_json) {
        append(json, row, state);
      } else {
        fmt::print("{}  {}…  {:<8}  {:<16}  until {}, used {}  {}\n", to_text(row.api_key_id),
                   row.shown_prefix, state, row.role, text_of(row.expires_at), text_of(row.last_used_at),
                   row.name);
      }
    }
    if (std::ssize(rows) < kPage) break;
    query.after = rows.back().api_key_id;
  }
  json.end_array();
  if (flags.as_json) fmt::print("{}\n", json.take());
  return {};
}

Result<void> revoke(app::Service& service, const TokenFlags& flags) {
  MIZAN_TRY(const auto id, parse_id<domain::ApiKeyId>(flags.key_id));
  MIZAN_CHECK_OK(app::revoke_api_key(service, app::system_caller(), id));
  fmt::print("{} is good for nothing any more.\n", flags.key_id);
  return {};
}

using Verb = Result<void> (*)(app::Service&, const TokenFlags&);

}  // namespace

void add_token_command(CLI::App& program, int& exit_code) {
  CLI::App* group = program.add_subcommand("token", "API keys: create, list, revoke");
  group->require_subcommand(1);
  group->footer(
      "Works on the database itself: for the server's own terminal. A running server notices within ten "
      "seconds.");
  const auto flags = std::make_shared<TokenFlags>();
  const auto add_one = [&](const std::string& name, const std::string& about, Verb verb) {
    CLI::App* command = group->add_subcommand(name, about);
    add_database_option(*command, flags->database);
    command->callback([flags, verb, &exit_code] { exit_code = run_on_database(verb, *flags); });
    return command;
  };
  CLI::App* creating = add_one("create", "Make an API key of an account", create);
  creating->add_option("--for", flags->email, "The account whose key it is, by its address")->required();
  creating->add_option("--name", flags->name, "What it is for")->required();
  add_role_options(*creating, flags->role);
  creating->add_option("--days", flags->days, "Good for so many days, or never to end")->default_val("90");
  creating->add_flag("--json", flags->as_json, "One JSON object instead of the key alone");
  creating->footer(
      "Prints the key on standard output, once. It reaches no further than the account does.\n\n"
      "Example\n"
      "  export MIZAN_API_KEY=$(mizan token create --for ada@example.org --name nightly --role data_lead)");
  CLI::App* listing = add_one("list", "Every key, or those of one account", list);
  listing->add_option("--for", flags->email, "Only of this account, by its address");
  listing->add_flag("--json", flags->as_json, "A JSON array instead of lines");
  CLI::App* revoking = add_one("revoke", "End a key for good", revoke);
  revoking->add_option("key", flags->key_id, "Its id, as list shows it")->required();
}

}  // namespace mizan::cli
