// Whether this server can take requests.
#pragma once

namespace mizan::app {

class Service;

struct Readiness {
  bool database_answers = false;
  bool schema_is_current = false;

  [[nodiscard]] bool is_ready() const { return database_answers && schema_is_current; }
};
[[nodiscard]] Readiness check_readiness(Service& service);

}  // namespace mizan::app
