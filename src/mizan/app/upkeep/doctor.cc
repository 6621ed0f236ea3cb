#include "mizan/app/upkeep/doctor.h"

#include <utility>

#include "mizan/store/invariants.h"

namespace mizan::app {
namespace {

using store::Transaction;

void announce(const DoctorOptions& options, std::string_view check) {
  if (options.on_check) options.on_check(std::string(check));
}

Result<Checkup> check_file(store::Database& database, const DoctorOptions& options) {
  Checkup checkup{.check = "database_is_whole",
                  .claim = "the database's own check of its pages and indexes finds nothing"};
  announce(options, checkup.check);
  MIZAN_TRY(auto faults, database.integrity_check());
  checkup.breach_count = static_cast<std::int64_t>(faults.size());
  if (std::cmp_greater(faults.size(), options.shown_breaches))
    faults.resize(static_cast<std::size_t>(options.shown_breaches));
  checkup.breaches = std::move(faults);
  return checkup;
}

Result<Checkup> check_invariant(store::Database& database, const store::Invariant& invariant,
                                const DoctorOptions& options) {
  announce(options, invariant.name);
  return database.read([&](Transaction& tx) -> Result<Checkup> {
    Checkup checkup{.check = std::string(invariant.name), .claim = std::string(invariant.claim)};
    const auto keep = [&](const store::Breach& breach) {
      checkup.breaches.push_back(to_text(breach.project_id) + " " + breach.subject + ": " + breach.found);
    };
    MIZAN_TRY(checkup.breach_count, store::find_breaches(tx, invariant, options.shown_breaches, keep));
    return checkup;
  });
}

}  // namespace

Result<std::vector<Checkup>> examine(Service& service, const DoctorOptions& options) {
  std::vector<Checkup> checkups;
  MIZAN_TRY(auto file, check_file(service.database(), options));
  checkups.push_back(std::move(file));
  for (const store::Invariant& invariant : store::invariants()) {
    MIZAN_TRY(auto checkup, check_invariant(service.database(), invariant, options));
    checkups.push_back(std::move(checkup));
  }
  return checkups;
}

}  // namespace mizan::app
