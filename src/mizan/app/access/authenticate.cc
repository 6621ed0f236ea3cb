#include "mizan/app/access/authenticate.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "mizan/app/access/caller_cache.h"
#include "mizan/app/access/memberships.h"
#include "mizan/app/access/session_terms.h"
#include "mizan/app/service.h"
#include "mizan/secrets/token.h"
#include "mizan/store/access/accounts.h"
#include "mizan/store/access/api_keys.h"
#include "mizan/store/access/sessions.h"
#include "mizan/store/projects/annotators.h"

namespace mizan::app {
namespace {

constexpr Duration kNotedEvery = seconds(300);  // how exact last-used and last-seen are

/// What the database knows of a secret, and what is to be noted about its use.
struct Found {
  Caller caller;
  std::optional<Instant> valid_until{};
  std::optional<store::SessionRow> session_to_note{};
  bool note_key = false;
};

std::string_view secret_of(const Credentials& credentials) {
  return credentials.api_key.empty() ? credentials.session_token : credentials.api_key;
}

tl::unexpected<Error> not_valid() {
  return fail(ErrorCode::not_authenticated, "the session or API key is not valid, or not any longer", {},
              "sign in again, or make a new API key");
}

Result<void> load_account(store::Transaction& tx, Caller& caller) {
  MIZAN_TRY(const auto account, store::find_account(tx, caller.account));
  if (!account || account->state != "active") return not_valid();
  MIZAN_TRY(caller.memberships, load_memberships(tx, caller.account));
  MIZAN_TRY(const auto annotator, store::find_annotator_of_account(tx, caller.account));
  if (annotator) {
    caller.annotator = annotator->annotator_id;
    caller.supplier = annotator->supplier_id;
  }
  return {};
}

/// A key has one role, and that only while its maker's own rights still cover it.
Result<void> narrow_to_key(store::Transaction& tx, Caller& caller, const store::ApiKeyRow& key) {
  MIZAN_TRY(const rules::Membership limit,
            membership_of({.role = key.role, .scope = key.scope, .scope_id = key.scope_id}));
  const bool is_within = rules::within(caller.memberships, limit);
  caller.memberships.clear();
  if (!is_within) return {};
  MIZAN_TRY(caller.memberships, spread_over_projects(tx, {limit}));
  return {};
}

Result<Found> find_by_key(store::Transaction& tx, store::BlobView hash, Instant now) {
  MIZAN_TRY(const auto key, store::find_api_key_by_hash(tx, hash));
  if (!key || key->revoked_at || (key->expires_at && *key->expires_at <= now)) return not_valid();
  Found found;
  found.caller.account = key->account_id;
  found.caller.api_key = key->api_key_id;
  found.valid_until = key->expires_at;
  found.note_key = !key->last_used_at || *key->last_used_at + kNotedEvery < now;
  MIZAN_CHECK_OK(load_account(tx, found.caller));
  MIZAN_CHECK_OK(narrow_to_key(tx, found.caller, *key));
  return found;
}

Result<Found> find_by_session(store::Transaction& tx, store::BlobView hash, Instant now) {
  MIZAN_TRY(auto session, store::find_session(tx, hash));
  if (!session || session->expires_at <= now) return not_valid();
  Found found;
  found.caller.account = session->account_id;
  found.caller.session = session->session_id;
  found.caller.csrf_token = session->csrf_token;
  found.valid_until = session->expires_at;
  MIZAN_CHECK_OK(load_account(tx, found.caller));
  if (session->last_seen_at + kNotedEvery < now) {
    session->last_seen_at = now;
    session->expires_at = session_end(session->created_at, now);
    found.session_to_note = *std::move(session);
  }
  return found;
}

/// Notes the use behind the request's back: nobody waits for it, and a lost note is no loss.
void note_use(Service& service, const Found& found) {
  if (!found.note_key && !found.session_to_note) return;
  const Instant now = service.now();
  service.database().write_async(
      [session = found.session_to_note, key = found.caller.api_key,
       now](store::Transaction& tx) -> Result<void> {
        if (session) return store::touch_session(tx, *session);
        return store::touch_api_key(tx, *key, now);
      },
      [](const Result<void>&) {});
}

std::shared_ptr<const Caller> with_request(const Caller& known, const Credentials& credentials) {
  auto caller = std::make_shared<Caller>(known);
  caller->address = credentials.address;
  caller->agent = credentials.agent;
  caller->request_id = credentials.request_id;
  return caller;
}

bool is_worth_a_query(const Credentials& credentials) {
  if (!credentials.api_key.empty()) return secrets::looks_like_api_key(credentials.api_key);
  return secrets::looks_like_token(credentials.session_token);
}

}  // namespace

std::shared_ptr<const Caller> known_caller(Service& service, const Credentials& credentials) {
  if (!is_worth_a_query(credentials)) return nullptr;
  const auto known =
      service.shared<CallerCache>().find(secrets::sha256(secret_of(credentials)), service.now());
  return known ? with_request(*known, credentials) : nullptr;
}

Result<std::shared_ptr<const Caller>> authenticate(Service& service, const Credentials& credentials) {
  if (auto known = known_caller(service, credentials)) return known;
  if (secret_of(credentials).empty())
    return fail(ErrorCode::not_authenticated, "nobody is signed in", {},
                "sign in, or send an API key as Authorization: Bearer mz_…");
  if (!is_worth_a_query(credentials)) return not_valid();
  const secrets::Sha256 hash = secrets::sha256(secret_of(credentials));
  const auto bytes = std::as_bytes(std::span(hash));
  const Instant now = service.now();
  const std::uint64_t generation = service.shared<CallerCache>().generation();
  MIZAN_TRY(Found found, service.database().read([&](store::Transaction& tx) {
    return credentials.api_key.empty() ? find_by_session(tx, bytes, now) : find_by_key(tx, bytes, now);
  }));
  note_use(service, found);
  const Instant until = std::min(now + kCallerKept, found.valid_until.value_or(now + kCallerKept));
  const auto kept = std::make_shared<const Caller>(std::move(found.caller));
  service.shared<CallerCache>().put(hash, {.caller = kept, .until = until}, generation);
  return with_request(*kept, credentials);
}

void forget_callers(Service& service) {
  service.shared<CallerCache>().clear();
}

std::uint64_t rights_generation(Service& service) {
  return service.shared<CallerCache>().generation();
}

}  // namespace mizan::app
