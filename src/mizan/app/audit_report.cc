#include "mizan/app/audit_report.h"

namespace mizan::app {

Message Message::with(std::string_view name, const Argument& value) && {
  args.emplace_back(std::string(name), value);
  return std::move(*this);
}

}  // namespace mizan::app
