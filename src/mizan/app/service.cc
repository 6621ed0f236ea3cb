#include "mizan/app/service.h"

namespace mizan::app {

Service::Service(const ServiceParts& parts)
    : database_(parts.database),
      clock_(parts.clock),
      node_number_(parts.node_number),
      ids_(parts.node_number, parts.clock),
      rng_(parts.seed) {}

Service::~Service() = default;

}  // namespace mizan::app
