#include "mizan/app/accounts/second_factor.h"

#include <optional>
#include <span>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/accounts/profile.h"
#include "mizan/app/service.h"
#include "mizan/secrets/token.h"
#include "mizan/secrets/totp.h"

namespace mizan::app {
namespace {

constexpr int kRecoveryCodes = 10;

std::span<const std::uint8_t> bytes_of(const store::Blob& blob) {
  return {reinterpret_cast<const std::uint8_t*>(blob.data()), blob.size()};
}

tl::unexpected<Error> code_wrong(std::string_view code) {
  if (code.empty())
    return fail(ErrorCode::not_authenticated, "this account needs the code of its authenticator app",
                "totp_code");
  return fail(ErrorCode::not_authenticated, "the code is wrong, too old, or was used before", "totp_code",
              "wait for the next code; check that the phone's clock is right");
}

struct RecoveryCodes {
  std::vector<std::string> codes;
  std::string hashes;  ///< JSON list, as stored
};

RecoveryCodes make_recovery_codes() {
  RecoveryCodes made;
  boost::json::array hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    made.codes.push_back(secrets::make_recovery_code());
    hashes.emplace_back(secrets::to_hex(secrets::recovery_hash(made.codes.back())));
  }
  made.hashes = boost::json::serialize(hashes);
  return made;
}

/// The list without the code; nothing if the code is not in it.
std::optional<std::string> without_code(const std::string& hashes, std::string_view code) {
  const std::string wanted = secrets::to_hex(secrets::recovery_hash(code));
  boost::json::error_code broken;
  const boost::json::value list = boost::json::parse(hashes, broken);
  if (broken || !list.is_array()) return std::nullopt;
  boost::json::array left;
  bool is_found = false;
  for (const boost::json::value& hash : list.as_array()) {
    const bool is_it = hash.is_string() && secrets::same_bytes(std::string_view(hash.as_string()), wanted);
    if (is_it)
      is_found = true;
    else
      left.push_back(hash);
  }
  if (!is_found) return std::nullopt;
  return boost::json::serialize(left);
}

/// Writes the second factor and an entry of the audit log.
Result<void> write_factor(Service& service, const Caller& caller, const store::AccountRow& row,
                          std::string_view action) {
  const Instant now = service.now();
  return service.database().write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::set_second_factor(tx, row));
    return record_audit(tx, caller, {.at = now, .action = action, .subject = to_text(row.account_id)});
  });
}

}  // namespace

Result<TotpEnrolment> enrol_totp(Service& service, const Caller& caller) {
  MIZAN_TRY(store::AccountRow account, own_account(service, caller));
  if (account.totp_secret)
    return fail(ErrorCode::conflict, "the second factor is on already", {}, "disable it first");
  const std::vector<std::uint8_t> secret = secrets::random_bytes(secrets::kTotpSecretBytes);
  const auto bytes = std::as_bytes(std::span(secret));
  account.totp_pending = store::Blob(bytes.begin(), bytes.end());
  MIZAN_CHECK_OK(service.database().write(
      [&](store::Transaction& tx) -> Result<void> { return store::set_second_factor(tx, account); }));
  return TotpEnrolment{.secret = secrets::base32(secret),
                       .otpauth_uri = secrets::otpauth_uri(secret, account.email.value_or(""))};
}

Result<std::vector<std::string>> confirm_totp(Service& service, const Caller& caller, std::string_view code) {
  MIZAN_TRY(store::AccountRow account, own_account(service, caller));
  if (!account.totp_pending)
    return fail(ErrorCode::conflict, "no authenticator app was enrolled", {}, "enrol one first");
  if (!secrets::match_totp(bytes_of(*account.totp_pending), code, service.now(), 0)) return code_wrong(code);
  RecoveryCodes made = make_recovery_codes();
  account.totp_secret = std::exchange(account.totp_pending, std::nullopt);
  account.recovery_hashes = made.hashes;
  MIZAN_CHECK_OK(write_factor(service, caller, account, "enable_second_factor"));
  return std::move(made.codes);
}

Result<void> disable_totp(Service& service, const Caller& caller, std::string_view password) {
  MIZAN_TRY(store::AccountRow account, own_account_by_password(service, caller, password));
  account.totp_secret.reset();
  account.totp_pending.reset();
  account.recovery_hashes = "[]";
  return write_factor(service, caller, account, "disable_second_factor");
}

Result<std::vector<std::string>> renew_recovery_codes(Service& service, const Caller& caller,
                                                      std::string_view password) {
  MIZAN_TRY(store::AccountRow account, own_account_by_password(service, caller, password));
  if (!account.totp_secret) return fail(ErrorCode::conflict, "the second factor is off", {}, "enrol first");
  RecoveryCodes made = make_recovery_codes();
  account.recovery_hashes = made.hashes;
  MIZAN_CHECK_OK(write_factor(service, caller, account, "renew_recovery_codes"));
  return std::move(made.codes);
}

Result<void> use_totp_code(Service& service, const store::AccountRow& account, std::string_view code) {
  const auto step =
      secrets::match_totp(bytes_of(*account.totp_secret), code, service.now(), account.totp_last_step);
  if (!step) return code_wrong(code);
  // The row decides: of two requests with one code, one wins.
  MIZAN_TRY(const bool is_first, service.database().write([&](store::Transaction& tx) {
    return store::use_totp_step(tx, account.account_id, *step);
  }));
  if (!is_first) return code_wrong(code);
  return {};
}

Result<void> use_recovery_code(Service& service, const store::AccountRow& account, std::string_view code) {
  const auto left = without_code(account.recovery_hashes, code);
  bool is_used = false;
  if (left) {
    MIZAN_TRY(is_used, service.database().write([&](store::Transaction& tx) {
      return store::use_recovery_code(
          tx, {.account_id = account.account_id, .before = account.recovery_hashes, .after = *left});
    }));
  }
  if (!is_used)
    return fail(ErrorCode::not_authenticated, "the recovery code is wrong, or was used before",
                "recovery_code");
  return {};
}

}  // namespace mizan::app
