#include "support/work_world.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <utility>

#include <boost/json.hpp>

#include "mizan/rules/overlap.h"
#include "mizan/store/invariants.h"
#include "mizan/store/projects/batches.h"
#include "mizan/store/projects/project_suppliers.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/projects/question_classes.h"
#include "mizan/store/projects/suppliers.h"
#include "mizan/store/projects/templates.h"
#include "mizan/store/work/gold_answers.h"
#include "mizan/store/work/lanes.h"

namespace mizan::test {
namespace {

constexpr store::Query kInsertTask{
    "world_insert_task",
    "INSERT INTO tasks (project_id, task_id, external_id, domain, language, payload, content_hash, "
    "created_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fputs(to_string(result.error()).c_str(), stderr);
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// Several worlds in one database make different ids.
std::uint32_t next_node() {
  static std::atomic<std::uint32_t> made{0};
  return made++ % 1000;
}

}  // namespace

WorkWorld::WorkWorld(store::Database& database, const std::string& settings)
    : database_(database),
      service_({.database = database, .clock = clock_, .node_number = next_node(), .seed = 7}) {
  supplier_ = add_supplier();
  make_project(settings);
}

void WorkWorld::make_project(const std::string& settings) {
  const auto project = service_.ids().make<domain::ProjectId>();
  must(database_.write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::insert_project(tx, {.project_id = project,
                                              .name = "project " + to_text(project),
                                              .state = "active",
                                              .instructions = {},
                                              .settings = settings,
                                              .template_version = 1,
                                              .created_at = clock_.now()}));
    MIZAN_CHECK_OK(store::insert_template(tx, {.project_id = project,
                                               .template_version = 1,
                                               .document = std::string(kWorldTemplate),
                                               .account_id = {1},
                                               .created_at = clock_.now()}));
    const std::vector<std::string> classes{"yes", "no"};
    return store::append_question_classes(tx,
                                          {.project_id = project, .question = "safe", .classes = classes});
  }));
  must(database_.write([&](store::Transaction& tx) {
    return store::insert_project_supplier(
        tx, {.project_id = project, .supplier_id = supplier_, .state = "active", .currency = {}});
  }));
  project_ = project;
}

domain::SupplierId WorkWorld::add_supplier(const std::string& kind) {
  const auto supplier = service_.ids().make<domain::SupplierId>();
  must(database_.write([&](store::Transaction& tx) -> Result<void> {
    MIZAN_CHECK_OK(store::insert_supplier(tx, {.supplier_id = supplier,
                                               .name = "supplier " + to_text(supplier),
                                               .kind = kind,
                                               .state = "active",
                                               .created_at = clock_.now()}));
    if (project_.value == 0) return {};
    MIZAN_CHECK_OK(store::insert_project_supplier(
        tx, {.project_id = project_, .supplier_id = supplier, .state = "active", .currency = {}}));
    return {};
  }));
  return supplier;
}

app::Caller WorkWorld::add_annotator() {
  return add_annotator({.supplier = supplier_});
}

app::Caller WorkWorld::add_annotator(const NewAnnotator& annotator) {
  const auto id = service_.ids().make<domain::AnnotatorId>();
  const auto account = service_.ids().make<domain::AccountId>();
  must(database_.write([&](store::Transaction& tx) {
    return store::insert_annotator(tx, {.annotator_id = id,
                                        .supplier_id = annotator.supplier,
                                        .contributor_id = "contributor-" + std::to_string(++names_),
                                        .account_id = account,
                                        .state = "active",
                                        .languages = annotator.languages,
                                        .domains = annotator.domains,
                                        .teams = annotator.teams,
                                        .created_at = clock_.now()});
  }));
  app::Caller caller;
  caller.account = account;
  caller.annotator = id;
  caller.supplier = annotator.supplier;
  caller.memberships = {{rules::Role::annotator, rules::at(annotator.supplier)},
                        {rules::Role::annotator, {.project = project_, .supplier = annotator.supplier}}};
  return caller;
}

std::vector<app::Caller> WorkWorld::add_annotators(int count) {
  std::vector<app::Caller> callers;
  for (int i = 0; i < count; ++i) callers.push_back(add_annotator());
  return callers;
}

app::Caller WorkWorld::manager_of(domain::SupplierId supplier) const {
  app::Caller caller;
  caller.account = {41};
  caller.memberships = {{rules::Role::supplier_manager, rules::at(supplier)},
                        {rules::Role::supplier_manager, {.project = project_, .supplier = supplier}}};
  return caller;
}

app::Caller WorkWorld::reviewer() const {
  app::Caller caller;
  caller.account = {42};
  caller.memberships = {{rules::Role::reviewer, rules::at(project_)}};
  return caller;
}

std::vector<domain::TaskId> WorkWorld::add_tasks(const NewTasks& tasks) {
  const auto settings = must(database_.read([&](store::Transaction& tx) {
                          return store::find_project(tx, project_);
                        }))->settings;
  const auto overlap = must(domain::parse_project_settings(boost::json::parse(settings).as_object())).overlap;
  std::vector<domain::TaskId> ids;
  for (int i = 0; i < tasks.count; ++i) ids.push_back(service_.ids().make<domain::TaskId>());
  for (std::size_t begin = 0; begin < ids.size(); begin += 5000) {
    const auto part = std::span(ids).subspan(begin, std::min<std::size_t>(5000, ids.size() - begin));
    must(database_.write([&](store::Transaction& tx) -> Result<void> {
      MIZAN_TRY(const auto lane, store::ensure_lane(tx, {.project_id = project_,
                                                         .rank = store::rank_of(tasks.priority, false),
                                                         .supplier_id = tasks.supplier,
                                                         .domain = tasks.domain,
                                                         .language = tasks.language}));
      for (const domain::TaskId id : part) {
        MIZAN_CHECK_OK(tx.queue(kInsertTask, project_, id, to_text(id), tasks.domain, tasks.language,
                                R"({"text":")" + to_text(id) + R"(","secret":1})", store::Blob(32),
                                clock_.now()));
        MIZAN_CHECK_OK(
            store::insert_task_state(tx, {.project_id = project_,
                                          .task_id = id,
                                          .state = tasks.state,
                                          .lane_id = lane,
                                          .position = id.value,
                                          .counts = {.wanted_count = rules::wanted_annotations(overlap, id)},
                                          .batch_id = tasks.batch}));
      }
      return {};
    }));
  }
  return ids;
}

domain::TaskId WorkWorld::add_gold(const NewGold& gold) {
  const auto task = add_tasks({.state = rules::TaskState::gold}).front();
  must(database_.write([&](store::Transaction& tx) {
    return store::put_gold_answer(tx, {.project_id = project_,
                                       .task_id = task,
                                       .answers = R"({"safe":")" + gold.right + R"("})",
                                       .explanation = "because",
                                       .concept_name = gold.concept_name,
                                       .difficulty = gold.difficulty,
                                       .created_at = clock_.now()});
  }));
  return task;
}

domain::BatchId WorkWorld::add_batch(const std::string& state, domain::SupplierId supplier) {
  const auto batch = service_.ids().make<domain::BatchId>();
  must(database_.write([&](store::Transaction& tx) {
    return store::insert_batch(tx,
                               {.project_id = project_,
                                .batch_id = batch,
                                .name = "batch " + to_text(batch),
                                .kind = "production",
                                .state = state,
                                .supplier_id = supplier.value == 0 ? std::nullopt : std::optional(supplier),
                                .created_at = clock_.now()});
  }));
  return batch;
}

app::LeaseAnswer WorkWorld::lease(const app::Caller& annotator) {
  return app::lease_assignment(service_, annotator, {.project = project_});
}

app::SubmitAnswer WorkWorld::submit(const app::Caller& annotator, domain::AssignmentId assignment,
                                    const std::string& safe, bool wants_next) {
  return app::submit_annotation(
      service_, annotator,
      {.assignment = assignment, .answers = boost::json::object{{"safe", safe}}, .wants_next = wants_next});
}

store::TaskStateRow WorkWorld::state_of(domain::TaskId task) {
  return *must(
      database_.read([&](store::Transaction& tx) { return store::find_task_state(tx, project_, task); }));
}

std::vector<std::string> WorkWorld::breaches() {
  std::vector<std::string> found;
  for (const store::Invariant& invariant : store::invariants()) {
    must(database_.read([&](store::Transaction& tx) {
      return store::find_breaches(tx, invariant, 10, [&](const store::Breach& breach) {
        found.push_back(std::string(invariant.name) + ": " + breach.subject + ", " + breach.found);
      });
    }));
  }
  return found;
}

void WorkWorld::run(const store::Query& query) {
  must(database_.write([&](store::Transaction& tx) { return tx.execute(query); }));
}

}  // namespace mizan::test
