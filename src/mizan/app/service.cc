#include "mizan/app/service.h"

#include "mizan/app/models/live_models.h"

namespace mizan::app {

Service::Service(const ServiceParts& parts)
    : database_(parts.database),
      clock_(parts.clock),
      node_number_(parts.node_number),
      ids_(parts.node_number, parts.clock),
      rng_(parts.seed),
      live_models_(std::make_unique<LiveModels>()) {}

Service::~Service() = default;

}  // namespace mizan::app
