// `mizan user add|list|password|suspend|resume`: accounts, at the server's own terminal.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "mizan/app/accounts/api_keys.h"
#include "mizan/app/accounts/members.h"
#include "mizan/app/accounts/new_account.h"
#include "mizan/base/json_writer.h"
#include "mizan/cli/command.h"
#include "mizan/cli/database_option.h"
#include "mizan/cli/on_database.h"
#include "mizan/cli/password_prompt.h"
#include "mizan/cli/role_options.h"

namespace mizan::cli {
namespace {

constexpr std::int64_t kPage = 500;

struct UserFlags {
  std::string database = "mizan.db";
  std::string email{};
  std::string name{};
  std::string language = "en";
  RoleFlags role{};
  bool as_json = false;
};
using Flags = std::shared_ptr<UserFlags>;

Result<void> add(app::Service& service, const UserFlags& flags) {
  MIZAN_TRY(const auto membership, membership_of(flags.role));
  MIZAN_TRY(const auto password, ask_password());
  const app::NewAccount account{
      .email = flags.email,
      .name = flags.name.empty() ? flags.email.substr(0, flags.email.find('@')) : flags.name,
      .password = password,
      .language = flags.language};
  MIZAN_TRY(const auto made, app::add_account(service, app::system_caller(), account, membership));
  fmt::print("{}  {}  {}\n", to_text(made.account_id), *made.email, flags.role.role);
  return {};
}

std::string place_of(const store::MembershipRow& row) {
  if (row.scope == "project") return to_text(domain::ProjectId{row.scope_id});
  if (row.scope == "supplier") return to_text(domain::SupplierId{row.scope_id});
  return row.scope;
}

void append(JsonWriter& json, const store::MemberRow& row) {
  json.begin_object();
  json.member("account_id", to_text(row.membership.account_id));
  json.member("email", row.email.value_or(""));
  json.member("name", row.name);
  json.member("state", row.state);
  json.member("role", row.membership.role);
  json.member("scope", place_of(row.membership));
  json.end_object();
}

Result<void> list(app::Service& service, const UserFlags& flags) {
  JsonWriter json;
  json.begin_array();
  app::MemberQuery query{.limit = kPage};
  while (true) {
    MIZAN_TRY(const auto rows, app::list_members(service, app::system_caller(), query));
    for (const store::MemberRow& row : rows) {
      if (flags.as_json) {
        append(json, row);
      } else {
        fmt::print("{}  {:<32}  {:<16}  {:<17}  {}\n", to_text(row.membership.account_id),
                   row.email.value_or("(erased)"), row.membership.role, place_of(row.membership), row.state);
      }
    }
    if (std::ssize(rows) < kPage) break;
    const store::MembershipRow& last = rows.back().membership;
    query.after = {
        .account_id = last.account_id, .scope = last.scope, .scope_id = last.scope_id, .role = last.role};
  }
  json.end_array();
  if (flags.as_json) fmt::print("{}\n", json.take());
  return {};
}

Result<domain::AccountId> account_of(app::Service& service, const UserFlags& flags) {
  MIZAN_TRY(const auto caller, app::caller_of_email(service, flags.email));
  return caller.account;
}

Result<void> reset(app::Service& service, const UserFlags& flags) {
  MIZAN_TRY(const auto account, account_of(service, flags));
  MIZAN_TRY(auto password, ask_password());
  MIZAN_CHECK_OK(app::reset_password(service, app::system_caller(),
                                     {.account = account, .password = std::move(password)}));
  fmt::print("{} has a new password; its sessions have ended.\n", flags.email);
  return {};
}

Result<void> suspend(app::Service& service, const UserFlags& flags) {
  MIZAN_TRY(const auto account, account_of(service, flags));
  MIZAN_CHECK_OK(app::suspend_account(service, app::system_caller(), account));
  fmt::print("{} can do nothing any more, by session or by key.\n", flags.email);
  return {};
}

Result<void> resume(app::Service& service, const UserFlags& flags) {
  MIZAN_TRY(const auto account, account_of(service, flags));
  MIZAN_CHECK_OK(app::resume_account(service, app::system_caller(), account));
  fmt::print("{} may sign in again.\n", flags.email);
  return {};
}

using Verb = Result<void> (*)(app::Service&, const UserFlags&);

/// A verb on the account of an e-mail address.
CLI::App* add_verb(CLI::App& group, const std::string& name, const std::string& about, const Flags& flags) {
  CLI::App* command = group.add_subcommand(name, about);
  add_database_option(*command, flags->database);
  return command;
}

}  // namespace

void add_user_command(CLI::App& program, int& exit_code) {
  CLI::App* group = program.add_subcommand("user", "Accounts: add, list, suspend, new passwords");
  group->require_subcommand(1);
  group->footer(
      "Works on the database itself, as its owner: for the server's own terminal. A running server notices "
      "within ten seconds.");
  const auto flags = std::make_shared<UserFlags>();
  const auto add_one = [&](const std::string& name, const std::string& about, Verb verb) {
    CLI::App* command = add_verb(*group, name, about, flags);
    command->callback([flags, verb, &exit_code] { exit_code = run_on_database(verb, *flags); });
    if (name != "list") command->add_option("email", flags->email, "The account's address")->required();
    return command;
  };
  CLI::App* adding = add_one("add", "Make an account with a role", add);
  add_role_options(*adding, flags->role);
  adding->add_option("--name", flags->name, "What to call the person (default: the address up to its @)");
  adding->add_option("--language", flags->language, "en or ar")->capture_default_str();
  adding->footer(
      "Asks for the password; from a pipe it is the first line.\n\n"
      "Examples\n"
      "  mizan user add ada@example.org --role owner\n"
      "  mizan user add lin@example.org --role supplier_manager --supplier sup_0D5K3X9YB2M7C");
  CLI::App* listing = add_one("list", "Who holds which role where", list);
  listing->add_flag("--json", flags->as_json, "A JSON array instead of lines");
  add_one("password", "Give an account a new password; its sessions end", reset)
      ->footer("Asks for the password; from a pipe it is the first line.");
  add_one("suspend", "Take every access from an account, until it is resumed", suspend);
  add_one("resume", "Give a suspended account its access back", resume);
}

}  // namespace mizan::cli
