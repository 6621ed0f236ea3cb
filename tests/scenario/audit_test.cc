// The main job from the outside: a file of labels goes in, a report and tables come out.
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "scenario/program.h"

namespace mizan::test {
namespace {

namespace json = boost::json;
using testing::Test;

class Audit : public Scenario {
 protected:
  void make_pilot() const { ASSERT_EQ(mizan("simulate --out pilot --tasks 400 --seed 5").exit_code, 0); }
  [[nodiscard]] json::value report(const std::string& arguments) const {
    const Ran ran = mizan("audit " + arguments + " --json");
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    return ran.exit_code == 0 ? json::parse(ran.out) : json::value();
  }
  static const json::object& first_question(const json::value& report) {
    return report.as_object().at("questions").as_array().at(0).as_object();
  }
};

double number(const json::object& object, const char* name) {
  return object.at(name).to_number<double>();
}

// True accuracy of each supplier from the simulation's own annotators.csv.
std::map<std::string, double> true_accuracies(const std::string& annotators_csv) {
  std::map<std::string, std::pair<double, double>> sums;
  std::istringstream lines(annotators_csv);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    sums[cells[1]].first += std::stod(cells[6]);
    sums[cells[1]].second += std::stod(cells[5]);
  }
  std::map<std::string, double> accuracies;
  for (const auto& [name, sum] : sums) accuracies[name] = sum.first / sum.second;
  return accuracies;
}

TEST_F(Audit, with_gold_every_supplier_lies_in_its_interval_and_the_experts_lead) {
  make_pilot();
  const json::value audited = report("pilot/labels.csv --gold pilot/gold.csv --currency USD");
  const auto& question = first_question(audited);
  const auto truth = true_accuracies(read(path("pilot/annotators.csv")));
  const auto& suppliers = question.at("suppliers").as_array();
  ASSERT_EQ(suppliers.size(), 3U);
  EXPECT_EQ(suppliers[0].as_object().at("supplier").as_string(), "experts");
  for (const json::value& each : suppliers) {
    const auto& supplier = each.as_object();
    const double accuracy = truth.at(std::string(supplier.at("supplier").as_string()));
    EXPECT_LE(number(supplier, "accuracy_low"), accuracy) << supplier;
    EXPECT_GE(number(supplier, "accuracy_high"), accuracy) << supplier;
    EXPECT_FALSE(supplier.at("cost_per_correct").is_null());
  }
  EXPECT_EQ(question.at("verdict").as_array().size(), 3U);
  EXPECT_FALSE(question.at("consensus").as_object().at("calibration").is_null());
}

TEST_F(Audit, the_report_does_not_depend_on_the_number_of_threads) {
  make_pilot();
  json::value one = report("pilot/labels.csv --gold pilot/gold.csv --threads 1");
  json::value four = report("pilot/labels.csv --gold pilot/gold.csv --threads 4");
  one.as_object().erase("created_at");
  four.as_object().erase("created_at");
  EXPECT_EQ(one, four);
}

TEST_F(Audit, a_pipe_a_file_and_a_parquet_file_say_the_same) {
  make_pilot();
  ASSERT_EQ(mizan("simulate --out again --tasks 400 --seed 5 --format parquet").exit_code, 0);
  const json::value file = report("pilot/labels.csv");
  const json::value pipe = report("- < pilot/labels.csv");
  const json::value parquet = report("again/labels.parquet");
  EXPECT_EQ(first_question(file), first_question(pipe));
  EXPECT_EQ(first_question(file), first_question(parquet));
}

TEST_F(Audit, tables_have_the_documented_columns_and_one_row_for_each_task) {
  make_pilot();
  const Ran ran = mizan("audit pilot/labels.csv --gold pilot/gold.csv --out tables --html page.html --quiet");
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_EQ(ran.out, "");
  const std::string consensus = read(path("tables/consensus.csv"));
  EXPECT_EQ(consensus.substr(0, consensus.find('\n')), "task,consensus,confidence,label_count,p_a,p_b,p_c");
  EXPECT_EQ(std::count(consensus.begin(), consensus.end(), '\n'), 401);
  const auto first_line = [&](const char* name) {
    const std::string text = read(path(name));
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(first_line("tables/annotators.csv")
                .find("annotator,supplier,label_count,task_count,accuracy,accuracy_low,"
                      "accuracy_high"),
            0U);
  EXPECT_EQ(first_line("tables/suppliers.csv")
                .find("supplier,annotator_count,label_count,task_count,accuracy,accuracy_low,"
                      "accuracy_high"),
            0U);
  EXPECT_EQ(first_line("tables/pairs.csv").find("supplier_a,supplier_b,difference,low,high"), 0U);
  EXPECT_FALSE(first_line("tables/agreement.csv").empty());
  EXPECT_EQ(json::parse(read(path("tables/report.json"))).as_object().at("schema").as_string(),
            "mizan.audit.report");
  EXPECT_NE(read(path("page.html")).find("</html>"), std::string::npos);
}

TEST_F(Audit, the_published_table_of_five_anaesthetists_gives_the_published_answers) {
  const Ran ran =
      mizan("audit '" MIZAN_SOURCE_DIR
            "/examples/anaesthetists.csv' --repeats keep-all --method dawid_skene --out t --quiet");
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  std::istringstream lines(read(path("t/consensus.csv")));
  std::string line;
  std::getline(lines, line);
  std::string answers;
  while (std::getline(lines, line)) answers += line.substr(line.find(',') + 1, 1);
  EXPECT_EQ(answers, "142222132243121111222222112111131224233111212");
}

TEST_F(Audit, one_label_a_task_without_gold_is_said_to_be_unknowable) {
  std::string csv = "task,annotator,label\n";
  for (int t = 0; t < 60; ++t)
    csv += "t" + std::to_string(t) + ",w" + std::to_string(t % 5) + (t % 3 == 0 ? ",a\n" : ",b\n");
  write("labels.csv", csv);
  const json::value audited = report("labels.csv");
  const auto& question = first_question(audited);
  EXPECT_EQ(question.at("verdict").as_array().at(0).as_object().at("code").as_string(), "one_label_per_task");
  for (const json::value& annotator : question.at("annotators").as_array())
    EXPECT_TRUE(annotator.as_object().at("accuracy").is_null());
}

TEST_F(Audit, several_label_columns_are_several_questions) {
  std::string csv = "task,annotator,tone,quality\n";
  for (int t = 0; t < 30; ++t)
    for (int w = 0; w < 3; ++w)
      csv += std::to_string(t) + ",w" + std::to_string(w) + (t % 2 == 0 ? ",warm" : ",cold") +
             (t % 3 == 0 ? ",1\n" : ",5\n");
  write("labels.csv", csv);
  const json::value audited = report("labels.csv --label tone --label quality --out t");
  ASSERT_EQ(audited.as_object().at("questions").as_array().size(), 2U);
  EXPECT_TRUE(std::filesystem::exists(path("t/consensus.1.tone.csv")));
  EXPECT_TRUE(std::filesystem::exists(path("t/consensus.2.quality.csv")));
}

TEST_F(Audit, prices_and_suppliers_may_come_from_flags_and_files) {
  write("labels.csv",
        "task,annotator,label\n1,a,x\n1,b,x\n1,c,y\n2,a,y\n2,b,y\n2,c,y\n3,a,x\n3,b,x\n3,c,x\n");
  write("people.csv", "annotator,supplier\na,north\nb,north\nc,south\n");
  const json::value audited =
      report("labels.csv --suppliers people.csv --price north=0.5 --price south=0.1 --currency EUR");
  const auto& question = first_question(audited);
  ASSERT_EQ(question.at("suppliers").as_array().size(), 2U);
  for (const json::value& supplier : question.at("suppliers").as_array())
    EXPECT_FALSE(supplier.as_object().at("cost").is_null());
  EXPECT_EQ(mizan("audit labels.csv --suppliers people.csv --price west=1").exit_code, 2);
}

TEST_F(Audit, wrong_flags_and_files_end_with_two_a_reason_and_nothing_written) {
  write("labels.csv", "task,annotator,label\n1,a,x\n1,b,y\n2,a,x\n");
  for (const char* arguments :
       {"audit", "audit nowhere.csv", "audit labels.csv --method magic", "audit labels.csv --target 2",
        "audit labels.csv --price cheap=very", "audit labels.csv --input-format tape",
        "audit labels.csv --gold nowhere/gold.csv", "audit labels.csv --label nothing", "weigh"}) {
    const Ran ran = mizan(std::string(arguments) + " --html page.html --out tables");
    EXPECT_EQ(ran.exit_code, 2) << arguments;
    EXPECT_FALSE(ran.error.empty()) << arguments;
    EXPECT_FALSE(std::filesystem::exists(path("page.html"))) << arguments;
    EXPECT_FALSE(std::filesystem::exists(path("tables"))) << arguments;
  }
}

TEST_F(Audit, an_output_that_cannot_be_written_leaves_nothing_behind) {
  write("labels.csv", "task,annotator,label\n1,a,x\n1,b,y\n2,a,x\n2,b,x\n");
  write("wall", "a file where a folder should be");
  const Ran ran = mizan("audit labels.csv --html page.html --out wall/tables");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.error.find("file_unwritable"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path("page.html")));
}

TEST_F(Audit, help_fits_the_commands) {
  const Ran help = mizan("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.out.find("audit"), std::string::npos);
  EXPECT_NE(help.out.find("simulate"), std::string::npos);
  EXPECT_EQ(mizan("--version").out, "mizan " MIZAN_VERSION "\n");
  EXPECT_EQ(mizan("audit --help").exit_code, 0);
}

}  // namespace
}  // namespace mizan::test
