#include "mizan/app/upkeep/platform_workers.h"

#include <memory>
#include <utility>

#include "mizan/app/events/event_workers.h"
#include "mizan/app/inference/run_inference.h"
#include "mizan/app/projects/batches.h"
#include "mizan/app/service.h"
#include "mizan/app/upkeep/idempotency.h"
#include "mizan/app/work/end_assignment.h"

namespace mizan::app {
namespace {

Worker inference_worker(Service& service) {
  auto inference = std::make_shared<InferenceRun>(service, InferenceOptions{});
  return {.name = "run_inference", .run_once = [inference]() -> Result<Step> {
            MIZAN_TRY(const bool has_more, inference->step());
            return has_more ? Step::more : Step::done;
          }};
}

Worker batch_worker(Service& service) {
  return {.name = "settle_batches", .interval = seconds(5), .run_once = [&service]() -> Result<Step> {
            MIZAN_CHECK_OK(settle_batches(service));
            return Step::done;
          }};
}

}  // namespace

std::vector<Worker> platform_workers(Service& service) {
  std::vector<Worker> workers;
  workers.push_back(expiry_worker(service));
  workers.push_back(idempotency_purge_worker(service));
  workers.push_back(inference_worker(service));
  for (Worker& worker : event_workers(service)) workers.push_back(std::move(worker));
  workers.push_back(batch_worker(service));
  return workers;
}

}  // namespace mizan::app
