// What each file of this folder offers: the routes of one resource. http/api.cc calls them all.
#pragma once

#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

// void add_<resource>_routes(Router& router, app::Service& service);

}  // namespace mizan::http
