#include "mizan/app/upkeep/platform_workers.h"

#include "mizan/app/service.h"

namespace mizan::app {

std::vector<Worker> platform_workers([[maybe_unused]] Service& service) {
  std::vector<Worker> workers;
  return workers;
}

}  // namespace mizan::app
