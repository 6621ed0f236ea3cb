#include "mizan/http/resources/counts.h"

#include <boost/json.hpp>

namespace mizan::http {

boost::json::array counts_json(const std::vector<store::TaskCount>& counts) {
  boost::json::array list;
  for (const auto& each : counts) {
    list.push_back({{"state", each.state},
                    {"task_count", each.task_count},
                    {"wanted_count", each.wanted_count},
                    {"live_count", each.live_count},
                    {"done_count", each.done_count}});
  }
  return list;
}

}  // namespace mizan::http
