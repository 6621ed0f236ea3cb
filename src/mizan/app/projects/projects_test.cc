// Projects, templates and clones, and who sees what of them, on both databases.
#include "mizan/app/projects/projects.h"

#include <array>
#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mizan/app/projects/clone_project.h"
#include "mizan/app/projects/progress.h"
#include "mizan/app/projects/project_suppliers.h"
#include "mizan/app/projects/suppliers.h"
#include "mizan/app/projects/templates.h"
#include "support/test_database.h"

namespace mizan::app {
namespace {

class Projects : public test::EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>(ServiceParts{.database = database(), .clock = clock_});
  }
  void TearDown() override { service_.reset(); }

  Result<Project> make(const std::string& name, const std::string& settings = "{}") {
    return create_project(*service_, owner_,
                          {.name = name, .settings = boost::json::parse(settings).as_object()});
  }
  Supplier make_supplier(const std::string& name) {
    return create_supplier(*service_, owner_, {.name = name, .kind = "crowd"}).value();
  }
  void grant(const Project& project, const Supplier& supplier) {
    ASSERT_TRUE(add_project_supplier(*service_, owner_,
                                     {.project_id = project.project_id, .supplier_id = supplier.supplier_id},
                                     {.price_micros = 250'000, .currency = "EUR"}));
  }
  Result<TemplateVersion> append(const Project& project, const std::string& options) {
    return append_template(
        *service_, owner_,
        {.project_id = project.project_id,
         .document = R"({"display": [{"type": "text", "path": "/text"}], "questions": [{"name": "safe",
                        "type": "choice", "options": )" +
                     options + "}]}"});
  }
  // A manager of the supplier, on the project.
  static Caller manager_of(const Supplier& supplier, const Project& project) {
    Caller caller;
    caller.account = {77};
    caller.memberships = {
        {rules::Role::supplier_manager, rules::at(supplier.supplier_id)},
        {rules::Role::supplier_manager, {.project = project.project_id, .supplier = supplier.supplier_id}}};
    return caller;
  }

  ManualClock clock_{{1'800'000'000'000'000}};
  Caller owner_ = system_caller();
  std::unique_ptr<Service> service_;
};
MIZAN_ON_EACH_DATABASE(Projects);

TEST_P(Projects, of_64_concurrent_creates_with_one_name_one_succeeds_and_the_others_name_it) {
  std::mutex mutex;
  std::vector<std::string> made;
  std::vector<Error> refused;
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      auto project = make("The one");
      const std::scoped_lock lock(mutex);
      if (project) {
        made.push_back(to_text(project->project_id));
      } else {
        refused.push_back(project.error());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(made.size(), 1U);
  ASSERT_EQ(refused.size(), 63U);
  for (const Error& error : refused) {
    EXPECT_EQ(error.code, ErrorCode::conflict);
    EXPECT_THAT(error.message, testing::HasSubstr(made[0]));
  }
}

TEST_P(Projects, settings_that_make_no_sense_are_refused_with_their_place) {
  struct Case {
    std::string settings;
    std::string where;
  };
  for (const Case& each :
       {Case{R"({"overlap": {"kind": "some"}})", "/settings/overlap/kind"},
        Case{R"({"overlap": {"labels_per_task": 0}})", "/settings/overlap/labels_per_task"},
        Case{R"({"gold": {"rate_at_start": 2}})", "/settings/gold/rate_at_start"},
        Case{R"({"lease_seconds": 0})", "/settings/lease_seconds"},
        Case{R"({"review_share": -0.1})", "/settings/review_share"},
        Case{R"({"required_teams": ["a"], "forbidden_teams": ["a"]})", "/settings/forbidden_teams"},
        Case{R"({"escalate_to": "nobody"})", "/settings/escalate_to"},
        Case{R"({"overlpa": {}})", "/settings/overlpa"}}) {
    const auto project = make("Wrong", each.settings);
    ASSERT_FALSE(project) << each.settings;
    EXPECT_EQ(project.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(project.error().where, each.where);
  }
  for (const std::string& name :
       {std::string(), std::string(" x"), std::string("a\nb"), std::string(201, 'x')}) {
    EXPECT_EQ(make(name).error().where, "/name") << name;
  }
}

TEST_P(Projects, an_edit_merges_settings_and_needs_the_newest_version) {
  const Project project = make("Edited", R"({"overlap": {"labels_per_task": 5}})").value();
  const UpdateProject edit{.project_id = project.project_id,
                           .version = project.version,
                           .settings = boost::json::object{{"lease_seconds", 60}}};
  const Project edited = update_project(*service_, owner_, edit).value();
  const auto settings = boost::json::parse(edited.settings).as_object();
  EXPECT_EQ(settings.at("lease_seconds").as_int64(), 60);
  EXPECT_EQ(settings.at("overlap").at("labels_per_task").as_int64(), 5);
  EXPECT_EQ(edited.version, project.version + 1);
  EXPECT_EQ(update_project(*service_, owner_, edit).error().code, ErrorCode::precondition_failed);
  ASSERT_TRUE(make("Taken"));
  const UpdateProject rename{.project_id = project.project_id, .version = edited.version, .name = "Taken"};
  EXPECT_EQ(update_project(*service_, owner_, rename).error().code, ErrorCode::conflict);
}

TEST_P(Projects, only_the_steps_of_the_drawing_are_taken) {
  struct Case {
    std::vector<ProjectStep> before;
    ProjectStep step;
    std::string_view state;  // empty = refused
  };
  using enum ProjectStep;
  int number = 0;
  for (const Case& each :
       {Case{{}, pause, "paused"}, Case{{}, resume, ""}, Case{{}, archive, "archived"},
        Case{{pause}, pause, ""}, Case{{pause}, resume, "active"}, Case{{pause}, archive, "archived"},
        Case{{archive}, pause, ""}, Case{{archive}, resume, ""}, Case{{archive}, archive, ""}}) {
    const auto id = make("Project " + std::to_string(++number)).value().project_id;
    for (const ProjectStep step : each.before) ASSERT_TRUE(step_project(*service_, owner_, id, step));
    const auto stepped = step_project(*service_, owner_, id, each.step);
    if (each.state.empty()) {
      EXPECT_EQ(stepped.error().code, ErrorCode::illegal_transition) << number;
    } else {
      EXPECT_EQ(stepped.value().state, each.state) << number;
    }
  }
}

TEST_P(Projects, a_template_version_keeps_the_codes_of_the_classes_before) {
  const Project project = make("Templates").value();
  EXPECT_EQ(append(project, R"([{"value": "yes"}, {"value": "no"}])").value().template_version, 1);
  EXPECT_EQ(
      append(project, R"([{"value": "no"}, {"value": "unsure"}, {"value": "yes"}])").value().template_version,
      2);
  EXPECT_EQ(
      append(project, R"([{"value": "no"}, {"value": "unsure"}, {"value": "yes"}])").value().template_version,
      2)
      << "the same document again is no new version";
  std::vector<std::string> classes;
  const auto found = list_question_classes(*service_, owner_, project.project_id).value();
  for (const auto& each : found)
    classes.push_back(each.question + " " + std::to_string(each.class_code) + " " + each.class_name);
  EXPECT_EQ(classes, (std::vector<std::string>{"safe 0 yes", "safe 1 no", "safe 2 unsure"}));
  EXPECT_EQ(append(project, "7").error().code, ErrorCode::malformed_template);
  EXPECT_EQ(list_template_versions(*service_, owner_, project.project_id).value().size(), 2U);
}

TEST_P(Projects, templates_appended_at_once_get_versions_without_a_gap_and_codes_without_doubles) {
  const Project project = make("Busy").value();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(append(project, R"([{"value": "yes"}, {"value": "own )" + std::to_string(i) + R"("}])"));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto versions = list_template_versions(*service_, owner_, project.project_id).value();
  ASSERT_EQ(versions.size(), 8U);
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_EQ(versions[i].template_version, static_cast<std::int64_t>(i) + 1);
  std::set<std::string> names;
  std::int64_t next_code = 0;
  const auto found = list_question_classes(*service_, owner_, project.project_id).value();
  for (const auto& each : found) {
    EXPECT_EQ(each.class_code, next_code++);
    names.insert(each.class_name);
  }
  EXPECT_EQ(names.size(), 9U);
}

TEST_P(Projects, a_clone_has_another_id_and_the_same_blueprint) {
  const Project project = make("Original", R"({"overlap": {"kind": "adaptive"}})").value();
  ASSERT_TRUE(append(project, R"([{"value": "yes"}, {"value": "no"}])"));
  ASSERT_TRUE(append(project, R"([{"value": "no"}, {"value": "maybe"}])"));
  grant(project, make_supplier("Crowd"));
  const Project clone =
      clone_project(*service_, owner_, {.project_id = project.project_id, .name = "Clone"}).value();
  EXPECT_NE(clone.project_id, project.project_id);
  EXPECT_EQ(clone.template_version, 2);
  const auto blueprint = [&](domain::ProjectId id) { return read_blueprint(*service_, owner_, id).value(); };
  EXPECT_EQ(blueprint(clone.project_id), blueprint(project.project_id));
  EXPECT_THAT(blueprint(clone.project_id), testing::HasSubstr("maybe"));
  ASSERT_TRUE(update_project(*service_, owner_,
                             {.project_id = clone.project_id, .version = 1, .instructions = "Other ones."}));
  EXPECT_NE(blueprint(clone.project_id), blueprint(project.project_id));
  EXPECT_EQ(
      clone_project(*service_, owner_, {.project_id = project.project_id, .name = "Clone"}).error().code,
      ErrorCode::conflict);
}

TEST_P(Projects, a_supplier_sees_its_own_projects_itself_and_nothing_of_others) {
  const Project mine = make("Mine").value();
  const Project other = make("Other").value();
  const Supplier supplier = make_supplier("Mine");
  const Supplier rival = make_supplier("Rival");
  grant(mine, supplier);
  grant(mine, rival);
  grant(other, rival);
  const Caller manager = manager_of(supplier, mine);

  const auto projects = list_projects(*service_, manager, {}).value();
  ASSERT_EQ(projects.size(), 1U);
  EXPECT_EQ(projects[0].name, "Mine");
  EXPECT_TRUE(projects[0].settings.empty()) << "how much gold there is, is not the supplier's to know";
  EXPECT_TRUE(read_project(*service_, manager, mine.project_id).value().settings.empty());
  EXPECT_EQ(read_project(*service_, manager, other.project_id).error().code, ErrorCode::forbidden);

  const auto suppliers = list_suppliers(*service_, manager, {}).value();
  ASSERT_EQ(suppliers.size(), 1U);
  EXPECT_EQ(suppliers[0].name, "Mine");
  EXPECT_EQ(read_supplier(*service_, manager, rival.supplier_id).error().code, ErrorCode::forbidden);

  const auto grants = list_project_suppliers(*service_, manager, mine.project_id).value();
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_EQ(grants[0].supplier_id, supplier.supplier_id);
  EXPECT_EQ(read_project_supplier(*service_, manager,
                                  {.project_id = mine.project_id, .supplier_id = rival.supplier_id})
                .error()
                .code,
            ErrorCode::not_found);
  EXPECT_TRUE(read_progress(*service_, manager, mine.project_id).value().tasks.empty());
  EXPECT_EQ(step_project(*service_, manager, mine.project_id, ProjectStep::pause).error().code,
            ErrorCode::forbidden);
}

TEST_P(Projects, a_list_goes_on_where_its_page_ended) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(make("Project " + std::to_string(i)));
  std::vector<std::string> names;
  domain::ProjectId after{};
  while (true) {
    const auto page = list_projects(*service_, owner_, {.after = after, .limit = 2}).value();
    for (const Project& project : page) names.push_back(project.name);
    if (page.size() < 2) break;
    after = page.back().project_id;
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"Project 0", "Project 1", "Project 2", "Project 3", "Project 4"}));
}

}  // namespace
}  // namespace mizan::app
