// The routes of the server itself, which need more than the service.
#pragma once

#include <atomic>

#include "mizan/http/metrics.h"
#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

struct ServiceRoutes {
  app::Service& service;
  const Metrics& metrics;
  const std::atomic<bool>& is_draining;
  bool has_open_metrics = false;  ///< /metrics without signing in
};

/// What `parts` refers to outlives the router.
void add_service_routes(Router& router, const ServiceRoutes& parts);

}  // namespace mizan::http
