#include "mizan/app/work/lease_assignment.h"

#include <algorithm>
#include <future>
#include <utility>

#include "mizan/app/work/eligibility.h"
#include "mizan/app/work/find_assignment.h"
#include "mizan/app/work/gold_mix.h"
#include "mizan/app/work/queue_walk.h"
#include "mizan/app/work/work_cache.h"
#include "mizan/store/work/task_queue.h"

namespace mizan::app {
namespace {

// A walk that is cut short is taken up again: over a million tasks that the annotator had it takes this long.
constexpr int kMaxWalks = 500;
constexpr std::int64_t kMaxCount = 1'000;
// One transaction leases so many at most, so that others need not wait long.
constexpr std::int64_t kLeasesTogether = 25;

void remember(Service& service, const GivenAssignment& given) {
  service.shared<WorkCache>().remember_assignment(given.row);
}

// One request to lease, until it has found something or walked everything.
class Request : public std::enable_shared_from_this<Request> {
 public:
  Request(Service& service, std::shared_ptr<const Caller> caller, LeaseAssignment command,
          std::function<void(LeaseAnswer)> done)
      : service_(service),
        caller_(std::move(caller)),
        command_(std::move(command)),
        done_(std::move(done)),
        rng_(service.rng()) {}

  void start() {
    auto grant = authorize(*caller_, rules::Action::lease_assignment, rules::at(command_.project));
    if (!grant) return done_(fail(grant.error()));
    grant_ = *std::move(grant);
    walk();
  }

 private:
  void walk() {
    auto self = shared_from_this();
    service_.database().write_async([self](store::Transaction& tx) { return self->run(tx); },
                                    [self](Result<void> outcome) { self->finish(std::move(outcome)); });
  }

  Result<void> run(store::Transaction& tx) {
    MIZAN_TRY(const auto annotator, find_whom(tx, *caller_, grant_, command_.whom));
    auto leased =
        lease_next(tx, service_,
                   {.project = command_.project, .annotator = annotator, .now = service_.now(), .rng = rng_});
    refused_.reset();
    if (leased) {
      outcome_ = *std::move(leased);
      return {};
    }
    if (leased.error().code != ErrorCode::not_eligible) return fail(std::move(leased).error());
    // A refusal is an answer: as an error it would disturb the writes that share the commit.
    refused_ = std::move(leased).error();
    return {};
  }

  void finish(Result<void> outcome) {
    if (!outcome) return done_(fail(std::move(outcome).error()));
    if (refused_) return done_(fail(*std::move(refused_)));
    if (outcome_.looks_again && ++walks_ < kMaxWalks) return walk();
    if (outcome_.given) remember(service_, *outcome_.given);
    done_(std::move(outcome_.given));
  }

  Service& service_;
  const std::shared_ptr<const Caller> caller_;
  const LeaseAssignment command_;
  const std::function<void(LeaseAnswer)> done_;
  const Rng rng_;
  rules::Grant grant_{};
  LeaseOutcome outcome_{};
  std::optional<Error> refused_{};
  int walks_ = 0;
};

struct LeaseMany {
  domain::ProjectId project;
  domain::AnnotatorId annotator;
  std::int64_t count = 0;
  Rng rng{1};
};

// Up to kLeasesTogether in one transaction; looks_again says whether more may be found.
struct LeasedSome {
  std::vector<GivenAssignment> assignments{};
  bool has_more = false;
};

Result<LeasedSome> lease_some(store::Transaction& tx, Service& service, const LeaseMany& wanted) {
  LeasedSome leased;
  Rng rng = wanted.rng;
  for (std::int64_t i = 0; i < std::min(wanted.count, kLeasesTogether); ++i) {
    MIZAN_TRY(auto outcome, lease_next(tx, service,
                                       {.project = wanted.project,
                                        .annotator = wanted.annotator,
                                        .now = service.now(),
                                        .rng = rng.split(static_cast<std::uint64_t>(i)),
                                        .live_limit = kMaxCount,
                                        .resumes = false}));
    leased.has_more = outcome.looks_again || outcome.given.has_value();
    if (!outcome.given) break;
    leased.assignments.push_back(*std::move(outcome.given));
  }
  return leased;
}

Result<void> lease_all(Service& service, const LeaseMany& wanted, std::vector<GivenAssignment>& all) {
  for (int round = 0; round < kMaxWalks && static_cast<std::int64_t>(all.size()) < wanted.count; ++round) {
    const LeaseMany rest{.project = wanted.project,
                         .annotator = wanted.annotator,
                         .count = wanted.count - static_cast<std::int64_t>(all.size()),
                         .rng = wanted.rng.split(static_cast<std::uint64_t>(round))};
    MIZAN_TRY(auto leased, service.database().write(
                               [&](store::Transaction& tx) { return lease_some(tx, service, rest); }));
    for (GivenAssignment& given : leased.assignments) {
      remember(service, given);
      all.push_back(std::move(given));
    }
    if (!leased.has_more) break;
  }
  return {};
}

Result<domain::AnnotatorId> find_whom_now(Service& service, const Caller& caller, const rules::Grant& grant,
                                          const Whom& whom) {
  return service.database().read([&](store::Transaction& tx) { return find_whom(tx, caller, grant, whom); });
}

// What the row's annotator sees: the members of the payload that their supplier is granted.
Result<GivenAssignment> seen_by_annotator(store::Transaction& tx, store::AssignmentRow row) {
  MIZAN_TRY(std::string payload, store::find_payload(tx, row.project_id, row.task_id));
  MIZAN_TRY(const auto standing, store::find_standing(tx, row.project_id, row.annotator_id));
  GivenAssignment given{.row = std::move(row), .payload = std::move(payload), .is_resumed = true};
  if (standing) given.granted_fields = standing->granted_fields;
  return given;
}

Result<Workable> judge(store::Transaction& tx, Service& service, const LeaseAssignment& command,
                       domain::AnnotatorId annotator) {
  MIZAN_TRY(const auto standing, store::find_standing(tx, command.project, annotator));
  if (!standing) return fail(ErrorCode::not_found, "there is no such annotator or project");
  MIZAN_TRY(const auto project,
            service.shared<WorkCache>().project(tx, command.project, standing->project_version));
  const auto eligible = check_eligible(tx, *standing, project->settings, annotator);
  if (!eligible) {
    if (eligible.error().code != ErrorCode::not_eligible) return fail(eligible.error());
    return Workable{.code = error_name(ErrorCode::not_eligible), .reason = eligible.error().message};
  }
  if (standing->live_count >= project->settings.live_assignments && standing->live_count > 0)
    return Workable{.is_workable = true};
  MIZAN_TRY(const bool has_work, has_next_task(tx, {.project = command.project,
                                                    .annotator = annotator,
                                                    .standing = *standing,
                                                    .now = service.now()}));
  if (has_work) return Workable{.is_workable = true};
  if (project->settings.gold.training) {
    MIZAN_TRY(const bool has_gold, store::has_unseen_gold(tx, command.project, annotator));
    if (has_gold) return Workable{.is_workable = true};
  }
  return Workable{.code = "nothing_open", .reason = "there is no open task for this annotator now"};
}

}  // namespace

void lease_assignment(Service& service, const std::shared_ptr<const Caller>& caller,
                      const LeaseAssignment& command, std::function<void(LeaseAnswer)> done) {
  std::make_shared<Request>(service, caller, command, std::move(done))->start();
}

LeaseAnswer lease_assignment(Service& service, const Caller& caller, const LeaseAssignment& command) {
  std::promise<LeaseAnswer> promise;
  auto answer = promise.get_future();
  lease_assignment(service, std::make_shared<const Caller>(caller), command,
                   [&](LeaseAnswer leased) { promise.set_value(std::move(leased)); });
  return answer.get();
}

Result<std::vector<LeasedFor>> lease_assignments(Service& service, const Caller& caller,
                                                 const LeaseAssignments& command) {
  if (command.count < 1 || command.count > kMaxCount)
    return fail(ErrorCode::invalid_argument, "a number from 1 to 1000 is wanted", "/count");
  if (command.contributor_ids.size() > static_cast<std::size_t>(kMaxCount))
    return fail(ErrorCode::invalid_argument, "at most 1000 contributors at once", "/contributor_ids");
  MIZAN_TRY(const auto grant,
            authorize(caller, rules::Action::lease_assignments, rules::at(command.project)));
  std::vector<std::string> contributors = command.contributor_ids;
  if (contributors.empty()) contributors.emplace_back();
  std::vector<LeasedFor> answer;
  for (const std::string& contributor : contributors) {
    LeasedFor& share = answer.emplace_back(LeasedFor{.contributor_id = contributor});
    const auto annotator = find_whom_now(service, caller, grant, {.contributor_id = contributor});
    if (!annotator) {
      share.refused = annotator.error();
      continue;
    }
    auto leased = lease_all(
        service,
        {.project = command.project, .annotator = *annotator, .count = command.count, .rng = service.rng()},
        share.assignments);
    if (!leased) share.refused = std::move(leased).error();
  }
  return answer;
}

Result<std::vector<GivenAssignment>> live_assignments(Service& service, const Caller& caller,
                                                      const LeaseAssignment& command) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_assignments, rules::at(command.project)));
  return service.database().read([&](store::Transaction& tx) -> Result<std::vector<GivenAssignment>> {
    MIZAN_TRY(const auto annotator, find_whom(tx, caller, grant, command.whom));
    MIZAN_TRY(auto rows, store::live_assignments(tx, command.project, annotator));
    std::vector<GivenAssignment> live;
    for (store::AssignmentRow& row : rows) {
      MIZAN_TRY(auto given, seen_by_annotator(tx, std::move(row)));
      live.push_back(std::move(given));
    }
    return live;
  });
}

Result<GivenAssignment> read_assignment(Service& service, const Caller& caller,
                                        domain::AssignmentId assignment) {
  return service.database().read([&](store::Transaction& tx) -> Result<GivenAssignment> {
    MIZAN_TRY(auto row,
              find_own_assignment(tx, service, caller, {rules::Action::read_assignment, assignment}));
    return seen_by_annotator(tx, std::move(row));
  });
}

Result<Workable> workable(Service& service, const Caller& caller, const LeaseAssignment& command) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::list_assignments, rules::at(command.project)));
  return service.database().read([&](store::Transaction& tx) -> Result<Workable> {
    MIZAN_TRY(const auto annotator, find_whom(tx, caller, grant, command.whom));
    return judge(tx, service, command, annotator);
  });
}

}  // namespace mizan::app
