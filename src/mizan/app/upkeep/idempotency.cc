#include "mizan/app/upkeep/idempotency.h"

#include <chrono>
#include <thread>
#include <utility>

#include "mizan/app/service.h"
#include "mizan/store/upkeep/idempotency_keys.h"

namespace mizan::app {
namespace {

constexpr auto kPoll = std::chrono::milliseconds(25);
constexpr int kMostPolls = 200;  // five seconds
constexpr int kPurgedAtOnce = 1000;

store::RequestKey key_of(const IdempotentRequest& request) {
  return {.caller = request.caller, .idempotency_key = request.idempotency_key};
}

Result<store::BegunRequest> begin_once(Service& service, const IdempotentRequest& request) {
  const Instant now = service.now();
  return service.database().write([&](store::Transaction& tx) {
    // One that was cut off is never done again by itself: it may have taken effect.
    return store::begin_request(tx, key_of(request), std::as_bytes(std::span(request.hash)), now,
                                now - kIdempotencyKept);
  });
}

std::optional<KeptAnswer> kept_answer(store::BegunRequest begun) {
  if (!begun.response) return KeptAnswer{};
  return KeptAnswer{begun.response->status, std::move(begun.response->headers),
                    std::move(begun.response->body)};
}

}  // namespace

IdempotentRequest idempotent_request(const Caller& caller, std::string_view idempotency_key,
                                     std::string_view content) {
  return {.caller = caller.api_key ? to_text(*caller.api_key) : to_text(caller.account),
          .idempotency_key = std::string(idempotency_key),
          .hash = secrets::sha256(content)};
}

Result<std::optional<KeptAnswer>> begin_idempotent(Service& service, const IdempotentRequest& request) {
  for (int poll = 0; poll < kMostPolls; ++poll) {
    Result<store::BegunRequest> begun = begin_once(service, request);
    if (!begun) return fail(std::move(begun).error());
    switch (begun->state) {
      case store::KeyState::fresh:
        return std::optional<KeptAnswer>();
      case store::KeyState::finished:
        return kept_answer(*std::move(begun));
      case store::KeyState::another_request:
        return fail(ErrorCode::idempotency_key_reused, "this key was used for another request",
                    "Idempotency-Key", "take a new key for a new request");
      case store::KeyState::under_way:
        std::this_thread::sleep_for(kPoll);
    }
  }
  return fail(
      ErrorCode::conflict, "the first request with this key has not been answered", "Idempotency-Key",
      "if the server was restarted meanwhile, look whether the request took effect before you send it with a "
      "new key");
}

Result<void> finish_idempotent(Service& service, const IdempotentRequest& request, const KeptAnswer& answer) {
  return service.database().write([&](store::Transaction& tx) {
    return store::finish_request(tx, key_of(request), {answer.status, answer.headers, answer.body});
  });
}

Result<void> forget_idempotent(Service& service, const IdempotentRequest& request) {
  return service.database().write(
      [&](store::Transaction& tx) { return store::forget_request(tx, key_of(request)); });
}

Chore idempotency_purge_chore(Service& service) {
  return {
      .name = "purge_idempotency_keys", .interval = seconds(600), .run_once = [&service]() -> Result<Step> {
        const Instant before = service.now() - kIdempotencyKept;
        MIZAN_TRY(const std::int64_t count, service.database().write([&](store::Transaction& tx) {
          return store::purge_requests(tx, before, kPurgedAtOnce);
        }));
        return count == kPurgedAtOnce ? Step::more : Step::done;
      }};
}

}  // namespace mizan::app
