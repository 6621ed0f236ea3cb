#include "mizan/app/background/platform_chores.h"

#include <memory>
#include <utility>

#include "mizan/app/events/event_chores.h"
#include "mizan/app/inference/run_inference.h"
#include "mizan/app/projects/batches.h"
#include "mizan/app/projects/revoke.h"
#include "mizan/app/service.h"
#include "mizan/app/upkeep/idempotency.h"
#include "mizan/app/work/end_assignment.h"
#include "mizan/store/access/sessions.h"

namespace mizan::app {
namespace {

Chore inference_chore(Service& service) {
  auto inference = std::make_shared<InferenceRun>(service, InferenceOptions{});
  return {.name = "run_inference", .run_once = [inference]() -> Result<Step> {
            MIZAN_TRY(const bool has_more, inference->step());
            return has_more ? Step::more : Step::done;
          }};
}

Chore batch_chore(Service& service) {
  return {.name = "settle_batches", .interval = seconds(5), .run_once = [&service]() -> Result<Step> {
            MIZAN_CHECK_OK(settle_batches(service));
            return Step::done;
          }};
}

Chore revoking_chore(Service& service) {
  return {.name = "revoke_of_suspended", .interval = seconds(1), .run_once = [&service]() -> Result<Step> {
            MIZAN_CHECK_OK(revoke_of_suspended(service));
            return Step::done;
          }};
}

Chore session_chore(Service& service) {
  return {.name = "purge_sessions", .interval = seconds(600), .run_once = [&service]() -> Result<Step> {
            const Instant now = service.now();
            MIZAN_CHECK_OK(service.database().write(
                [&](store::Transaction& tx) { return store::delete_expired_sessions(tx, now); }));
            return Step::done;
          }};
}

}  // namespace

std::vector<Chore> platform_chores(Service& service) {
  std::vector<Chore> chores;
  chores.push_back(expiry_chore(service));
  chores.push_back(idempotency_purge_chore(service));
  chores.push_back(session_chore(service));
  chores.push_back(inference_chore(service));
  for (Chore& chore : event_chores(service)) chores.push_back(std::move(chore));
  chores.push_back(batch_chore(service));
  chores.push_back(revoking_chore(service));
  return chores;
}

}  // namespace mizan::app
