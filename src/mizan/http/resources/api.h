// All routes of the API, one function a resource. A resource is added here by one line in api.cc.
#pragma once

#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

/// Adds the routes of every resource. `service` outlives the router.
void add_api_routes(Router& router, app::Service& service);

}  // namespace mizan::http
