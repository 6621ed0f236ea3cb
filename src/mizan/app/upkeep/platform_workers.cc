#include "mizan/app/upkeep/platform_workers.h"

#include "mizan/app/service.h"
#include "mizan/app/upkeep/idempotency.h"

namespace mizan::app {

std::vector<Worker> platform_workers(Service& service) {
  std::vector<Worker> workers;
  workers.push_back(idempotency_purge_worker(service));
  return workers;
}

}  // namespace mizan::app
