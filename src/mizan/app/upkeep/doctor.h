// The doctor: checks everything that must be true of a database, and says what is not, where, and what to do.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mizan/app/service.h"
#include "mizan/base/result.h"

namespace mizan::app {

struct DoctorOptions {
  std::int64_t shown_breaches = 10;  ///< of each check; all are counted
  /// Told the name of each check before it runs.
  std::function<void(const std::string& check)> on_check{};
};

struct Checkup {
  std::string check;  ///< stable name: "overlap_is_kept"
  std::string claim;  ///< what is true when all is well
  std::int64_t breach_count = 0;
  std::vector<std::string> breaches{};  ///< the first of them: "prj_… tsk_…: wanted 3, live 2, done 2"

  [[nodiscard]] bool is_well() const { return breach_count == 0; }
};

/// Every check, in a fixed order, on one snapshot each; a server may run meanwhile.
/// @errors those of the database; a breach is no error
/// @cost   reads the whole database
[[nodiscard]] Result<std::vector<Checkup>> examine(Service& service, const DoctorOptions& options);

}  // namespace mizan::app
