#include "mizan/app/quality/project_report.h"

#include <map>
#include <mutex>
#include <utility>

#include "mizan/app/audit.h"
#include "mizan/app/quality/project_labels.h"
#include "mizan/app/report_json.h"
#include "mizan/app/report_page.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/quality/labels.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMostLabels = 5'000'000;
constexpr std::size_t kMostHeld = 8;
constexpr std::size_t kAnnotatorsOnPage = 300;

struct Mark {
  std::vector<std::pair<std::int64_t, std::int64_t>> labels{};  // of each question: how many, the newest
  store::GoldMark gold{};
  std::string name{};
  friend bool operator==(const Mark&, const Mark&) = default;
};

// The last report of each project, until a label or a gold answer comes.
class ReportCache {
 public:
  std::shared_ptr<const ProjectReport> find(domain::ProjectId project, const Mark& mark) {
    const std::scoped_lock lock(mutex_);
    const auto held = held_.find(project.value);
    return held != held_.end() && held->second.first == mark ? held->second.second : nullptr;
  }
  void put(domain::ProjectId project, const Mark& mark, std::shared_ptr<const ProjectReport> report) {
    const std::scoped_lock lock(mutex_);
    if (held_.size() >= kMostHeld) held_.clear();
    held_[project.value] = {mark, std::move(report)};
  }

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::pair<Mark, std::shared_ptr<const ProjectReport>>> held_;
};

Result<Mark> read_mark(store::Transaction& tx, domain::ProjectId project) {
  Mark mark;
  MIZAN_TRY(const auto row, store::find_project(tx, project));
  if (!row) return fail(ErrorCode::not_found, "there is no such project");
  mark.name = row->name;
  MIZAN_TRY(const auto counts, store::count_labels(tx, project));
  for (const store::LabelCount& each : counts) mark.labels.emplace_back(each.label_count, each.newest.value);
  MIZAN_TRY(mark.gold, store::gold_mark(tx, project));
  return mark;
}

ReportInput input_of(const domain::LabelTable& table, const std::string& name) {
  ReportInput input;
  input.name = name;
  input.format = "project";
  input.row_count = input.used_row_count = table.row_count();
  input.task_count = table.tasks.size();
  input.annotator_count = table.annotators.size();
  input.supplier_count = table.suppliers.size();
  if (!table.currency.empty()) input.currency = table.currency;
  return input;
}

}  // namespace

Result<std::shared_ptr<const ProjectReport>> make_project_report(Service& service,
                                                                 domain::ProjectId project) {
  MIZAN_TRY(const auto mark,
            service.database().read([&](store::Transaction& tx) { return read_mark(tx, project); }));
  auto& cache = service.shared<ReportCache>();
  if (auto held = cache.find(project, mark)) return held;
  MIZAN_TRY(auto labels, service.database().read([&](store::Transaction& tx) {
    return project_labels(tx, project, kMostLabels);
  }));
  ThreadPool pool(2);
  const Progress progress;
  ReportInput input = input_of(labels.table, mark.name);
  MIZAN_TRY(auto outcome, audit_table(std::move(labels.table), std::move(input), {}, to_text(service.now()),
                                      {pool, progress}));
  auto report = std::make_shared<ProjectReport>();
  report->report = std::move(outcome.report);
  report->project_name = mark.name;
  for (std::size_t w = 0; w < outcome.table.annotators.size(); ++w)
    report->annotator_names.emplace_back(outcome.table.annotators[w]);
  report->annotators = std::move(labels.annotators);
  cache.put(project, mark, report);
  return report;
}

Result<std::shared_ptr<const ProjectReport>> read_project_report(Service& service, const Caller& caller,
                                                                 domain::ProjectId project) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_scorecards, rules::at(project)));
  if (grant.reach != rules::Reach::all)
    return fail(ErrorCode::forbidden, "the report tells of every supplier: it is for the lab");
  return make_project_report(service, project);
}

std::string project_report_page(const ProjectReport& report) {
  return report_page(report_json(report.report, kAnnotatorsOnPage));
}

std::string project_report_json(const ProjectReport& report) {
  return report_json(report.report);
}

}  // namespace mizan::app
