// `mizan import` and `mizan export`, on a database at hand and over the API of a server.
#include <algorithm>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "scenario/program.h"
#include "support/api_server.h"
#include "support/work_world.h"

namespace mizan::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr const char* kTasks = R"({"external_id":"a","text":"one"})"
                               "\n"
                               R"({"external_id":"b","text":"two"})"
                               "\n";

class DataCommands : public Scenario {
 protected:
  void SetUp() override {
    Scenario::SetUp();
    database_ = std::move(store::Database::open(path("mizan.db")).value());
    ASSERT_TRUE(database_->migrate());
    world_ = std::make_unique<WorkWorld>(*database_);
    write("tasks.jsonl", kTasks);
    write("answers.csv", "external_id,contributor_id,safe,seconds\na,w-1,yes,4.5\nb,w-1,no,\n");
  }

  [[nodiscard]] std::string project() const { return " --project " + to_text(world_->project()); }
  [[nodiscard]] std::string supplier() const { return " --supplier " + to_text(world_->supplier()); }

  std::unique_ptr<store::Database> database_;
  std::unique_ptr<WorkWorld> world_;
};

TEST_F(DataCommands, tasks_and_annotations_go_in_and_exports_come_out) {
  const Ran tasks = mizan("import tasks tasks.jsonl" + project());
  EXPECT_EQ(tasks.exit_code, 0) << tasks.error;
  EXPECT_EQ(tasks.out, "2 new tasks, 0 were there already, 0 rows refused.\n");
  const Ran answers = mizan("import annotations answers.csv" + project() + supplier());
  EXPECT_EQ(answers.exit_code, 0) << answers.error;
  EXPECT_EQ(answers.out, "2 new annotations, 0 were there already, 0 rows refused.\n");

  EXPECT_EQ(mizan("export annotations out.jsonl" + project()).exit_code, 0);
  const std::string text = read(path("out.jsonl"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  const auto row = json::parse(text.substr(0, text.find('\n')));
  EXPECT_EQ(row.at("external_id").as_string(), "a");
  EXPECT_EQ(row.at("answers").at("safe").as_string(), "yes");
  EXPECT_EQ(row.at("duration_us").as_int64(), 4'500'000);
  EXPECT_FALSE(std::filesystem::exists(path("out.jsonl.part")));

  const Ran consensus = mizan("export consensus - --format csv" + project());
  EXPECT_EQ(consensus.exit_code, 0) << consensus.error;
  EXPECT_THAT(consensus.out, HasSubstr(",safe,yes,"));
}

TEST_F(DataCommands, the_same_file_again_changes_nothing) {
  ASSERT_EQ(mizan("import tasks tasks.jsonl" + project()).exit_code, 0);
  const Ran again = mizan("import tasks - --format jsonl --json <tasks.jsonl" + project());
  EXPECT_EQ(again.exit_code, 0) << again.error;
  const auto said = json::parse(again.out);
  EXPECT_EQ(said.at("new_count").as_int64(), 0);
  EXPECT_EQ(said.at("unchanged_count").as_int64(), 2);
}

TEST_F(DataCommands, bad_rows_are_named_with_line_and_reason) {
  write("bad.jsonl", std::string(kTasks) + "{\"text\":\"no id\"}\n");
  const Ran refused = mizan("import tasks bad.jsonl" + project());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error,
              HasSubstr("bad.jsonl:3 /external_id: the row has no external_id (unusable_row)"));
  EXPECT_THAT(refused.error, HasSubstr("Nothing was imported"));
  EXPECT_EQ(refused.out, "");
  const Ran skipped = mizan("import tasks bad.jsonl --skip-bad-rows" + project());
  EXPECT_EQ(skipped.exit_code, 0) << skipped.error;
  EXPECT_EQ(skipped.out, "2 new tasks, 0 were there already, 1 rows refused.\n");
}

TEST_F(DataCommands, an_export_leaves_a_file_that_is_there_alone) {
  write("out.csv", "mine");
  const Ran refused = mizan("export annotations out.csv" + project());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error, HasSubstr("--replace"));
  EXPECT_EQ(read(path("out.csv")), "mine");
  EXPECT_EQ(mizan("export annotations out.csv --replace" + project()).exit_code, 0);
  EXPECT_THAT(read(path("out.csv")), HasSubstr("annotation_id,"));
}

TEST_F(DataCommands, packed_files_go_out_and_in) {
  ASSERT_EQ(mizan("import tasks tasks.jsonl" + project()).exit_code, 0);
  ASSERT_EQ(mizan("import annotations answers.csv" + project() + supplier()).exit_code, 0);
  ASSERT_EQ(mizan("export annotations out.jsonl.gz" + project()).exit_code, 0);
  ASSERT_EQ(mizan("export annotations out.jsonl" + project()).exit_code, 0);
  EXPECT_THAT(read(path("out.jsonl.gz")), testing::StartsWith("\x1f\x8b"));
  ASSERT_EQ(
      std::system(("gunzip -c '" + path("out.jsonl.gz") + "' | cmp - '" + path("out.jsonl") + "'").c_str()),
      0);
  ASSERT_EQ(std::system(("gzip -k '" + path("tasks.jsonl") + "'").c_str()), 0);
  const Ran again = mizan("import tasks tasks.jsonl.gz" + project());
  EXPECT_EQ(again.out, "0 new tasks, 2 were there already, 0 rows refused.\n") << again.error;
}

TEST_F(DataCommands, what_is_missing_is_said) {
  EXPECT_THAT(mizan("import tasks nowhere.jsonl" + project()).error, HasSubstr("file_not_found"));
  EXPECT_THAT(mizan("import tasks tasks.jsonl --project prj_1").error, HasSubstr("malformed_id"));
  EXPECT_THAT(mizan("export annotations out.xlsx" + project()).error, HasSubstr("--format"));
  EXPECT_THAT(mizan("export annotations o.csv --project prj_0000000000001").error, HasSubstr("not_found"));
  EXPECT_FALSE(std::filesystem::exists(path("o.csv"))) << "no file is left of an export that failed";
  EXPECT_THAT(mizan("import tasks tasks.jsonl --server http://127.0.0.1:1" + project()).error,
              HasSubstr("--key"));
}

TEST_F(DataCommands, do_the_same_over_the_api_of_a_server) {
  ApiServer api;
  WorkWorld world(api.service().database());
  const std::string line = api.owner();
  const std::string there = " --server http://127.0.0.1:" + std::to_string(api.port()) + "/ --key " +
                            line.substr(line.rfind(' ') + 1) + " --project " + to_text(world.project());
  EXPECT_EQ(mizan("import tasks tasks.jsonl" + there).out,
            "2 new tasks, 0 were there already, 0 rows refused.\n");
  const Ran answers = mizan("import annotations answers.csv --supplier " + to_text(world.supplier()) + there);
  EXPECT_EQ(answers.out, "2 new annotations, 0 were there already, 0 rows refused.\n") << answers.error;
  write("bad.jsonl", std::string(kTasks) + "{\"text\":\"no id\"}\n");
  const Ran refused = mizan("import tasks bad.jsonl" + there);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.error,
              HasSubstr("bad.jsonl:3 /external_id: the row has no external_id (unusable_row)"));
  EXPECT_EQ(mizan("export consensus out.csv --question safe" + there).exit_code, 0);
  const std::string text = read(path("out.csv"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  const Ran nobody =
      mizan("export consensus no.csv --key mz_wrong --server http://127.0.0.1:" + std::to_string(api.port()) +
            " --project " + to_text(world.project()));
  EXPECT_EQ(nobody.exit_code, 2);
  EXPECT_THAT(nobody.error, HasSubstr("not_authenticated"));
  EXPECT_FALSE(std::filesystem::exists(path("no.csv")));
  const Ran absent = mizan("export consensus no.csv --key mz_k --server http://127.0.0.1:1" + project());
  EXPECT_THAT(absent.error, HasSubstr("the server does not answer"));
}

}  // namespace
}  // namespace mizan::test
