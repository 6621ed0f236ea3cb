#include "mizan/app/upkeep/doctor.h"

#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/inference/check_posteriors.h"
#include "mizan/store/invariants.h"
#include "mizan/store/quality/question_models.h"

namespace mizan::app {
namespace {

using store::Transaction;

constexpr std::int64_t kMostLabelsForBatch = 200'000;  // of a question; larger ones would take minutes

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

Result<Checkup> check_audit_log(store::Database& database, const DoctorOptions& options) {
  Checkup checkup{.check = "audit_chain_holds",
                  .claim = "no entry of the audit log was changed, deleted, reordered or cut off"};
  announce(options, checkup.check);
  MIZAN_TRY(const AuditVerdict verdict,
            database.read([](Transaction& tx) { return verify_audit_chain(tx); }));
  if (!verdict.problem.empty()) {
    checkup.breach_count = 1;
    checkup.breaches.push_back(verdict.problem);
  }
  return checkup;
}

// Checks of a project that are more than a query, over all projects.
using ProjectCheck =
    std::function<Result<PosteriorCheck>(Transaction&, domain::ProjectId, const BreachSink&)>;

Result<Checkup> check_projects(store::Database& database, Checkup checkup, const ProjectCheck& check,
                               const DoctorOptions& options) {
  announce(options, checkup.check);
  return database.read([&](Transaction& tx) -> Result<Checkup> {
    Checkup found = checkup;
    MIZAN_TRY(const auto projects, store::all_projects(tx));
    for (const domain::ProjectId project : projects) {
      MIZAN_TRY(const auto checked, check(tx, project, [&](const std::string& breach) {
                  if (std::cmp_less(found.breaches.size(), options.shown_breaches))
                    found.breaches.push_back(to_text(project) + " " + breach);
                }));
      found.breach_count += checked.breach_count;
    }
    return found;
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
  MIZAN_TRY(auto audit_log, check_audit_log(service.database(), options));
  checkups.push_back(std::move(audit_log));
  MIZAN_TRY(auto posteriors,
            check_projects(service.database(),
                           {.check = "posteriors_are_reproducible",
                            .claim = "every stored posterior is what its labels and its model version say"},
                           check_posteriors, options));
  checkups.push_back(std::move(posteriors));
  MIZAN_TRY(auto batch,
            check_projects(
                service.database(),
                {.check = "live_equals_batch",
                 .claim = "the live model settles into what the batch fit says of the same labels"},
                [](Transaction& tx, domain::ProjectId project, const BreachSink& sink) {
                  return check_against_batch(tx, project, kMostLabelsForBatch, sink);
                },
                options));
  checkups.push_back(std::move(batch));
  return checkups;
}

}  // namespace mizan::app
