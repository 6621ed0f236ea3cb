#include "mizan/app/work/work_cache.h"

#include <utility>

#include <boost/json.hpp>

#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/templates.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMaxProjects = 1'000;
constexpr std::size_t kMaxTemplates = 1'000;
constexpr std::size_t kMaxHints = 200'000;
constexpr Duration kGoldAge = seconds(2);

// A full cache starts anew: what is needed comes back at once.
template <class Map, class Key, class Value>
void keep(Map& map, std::size_t limit, const Key& key, Value value) {
  if (map.size() >= limit && !map.contains(key)) map.clear();
  map.insert_or_assign(key, std::move(value));
}

}  // namespace

Result<std::shared_ptr<const ProjectFacts>> WorkCache::project(store::Transaction& tx,
                                                               domain::ProjectId project,
                                                               std::int64_t version) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = projects_.find(project);
    if (known != projects_.end() && known->second->version == version) return known->second;
  }
  MIZAN_TRY(const auto row, store::find_project(tx, project));
  if (!row) return fail(ErrorCode::not_found, "there is no such project");
  MIZAN_TRY(auto settings, domain::parse_project_settings(boost::json::parse(row->settings).as_object()));
  auto facts = std::make_shared<const ProjectFacts>(ProjectFacts{
      .version = row->version, .instructions = row->instructions, .settings = std::move(settings)});
  const std::lock_guard lock(mutex_);
  keep(projects_, kMaxProjects, project, facts);
  return facts;
}

std::shared_ptr<const TemplateFacts> WorkCache::known_template(domain::ProjectId project,
                                                               std::int64_t template_version) const {
  const std::lock_guard lock(mutex_);
  const auto known = templates_.find({project, template_version});
  return known == templates_.end() ? nullptr : known->second;
}

Result<std::shared_ptr<const TemplateFacts>> WorkCache::task_template(store::Transaction& tx,
                                                                      domain::ProjectId project,
                                                                      std::int64_t template_version) {
  if (auto known = known_template(project, template_version)) return known;
  MIZAN_TRY(const auto row, store::find_template(tx, project, template_version));
  if (!row) return fail(ErrorCode::not_found, "the project has no such template version");
  MIZAN_TRY(auto parsed, domain::parse_template(row->document));
  auto facts = std::make_shared<const TemplateFacts>(
      TemplateFacts{.document = row->document, .parsed = std::move(parsed)});
  const std::lock_guard lock(mutex_);
  keep(templates_, kMaxTemplates, TemplateKey{project, template_version}, facts);
  return facts;
}

Result<GoldTasks> WorkCache::gold_tasks(store::Transaction& tx, domain::ProjectId project, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = gold_.find(project);
    if (known != gold_.end() && now - known->second.at < kGoldAge) return known->second.tasks;
  }
  MIZAN_TRY(auto found, store::gold_tasks(tx, project));
  auto tasks = std::make_shared<const std::vector<store::GoldTask>>(std::move(found));
  const std::lock_guard lock(mutex_);
  keep(gold_, kMaxProjects, project, FetchedGold{.at = now, .tasks = tasks});
  return tasks;
}

void WorkCache::forget_gold_tasks(domain::ProjectId project) {
  const std::lock_guard lock(mutex_);
  gold_.erase(project);
}

void WorkCache::remember_assignment(const store::AssignmentRow& assignment) {
  const std::lock_guard lock(mutex_);
  keep(hints_, kMaxHints, assignment.assignment_id,
       AssignmentHint{.project = assignment.project_id,
                      .task = assignment.task_id,
                      .annotator = assignment.annotator_id,
                      .supplier = assignment.supplier_id,
                      .template_version = assignment.template_version});
}

std::optional<AssignmentHint> WorkCache::hint(domain::AssignmentId assignment) const {
  const std::lock_guard lock(mutex_);
  const auto known = hints_.find(assignment);
  return known == hints_.end() ? std::nullopt : std::optional(known->second);
}

void WorkCache::forget_assignment(domain::AssignmentId assignment) {
  const std::lock_guard lock(mutex_);
  hints_.erase(assignment);
}

}  // namespace mizan::app
