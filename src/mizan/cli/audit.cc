// `mizan audit`: what a file of labels says, and who is worth the price.
#include "mizan/app/audit.h"

#include <ctime>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "mizan/app/audit_output.h"
#include "mizan/app/report_json.h"
#include "mizan/cli/audit_summary.h"
#include "mizan/cli/command.h"
#include "mizan/cli/progress_bar.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/terminal.h"

namespace mizan::cli {
namespace {

// The flags as they were given.
struct AuditFlags {
  app::AuditRequest request;
  std::string input_format, supplier, supplier_file, repeats = "keep-last", table_format = "csv", html, out;
  std::vector<std::string> gold, prices;
  bool no_header = false, as_json = false, is_quiet = false;
  std::size_t threads = 0;
};

bool is_file(const std::string& text) {
  std::error_code error;
  return std::filesystem::is_regular_file(text, error);
}

// --price: a price for all, supplier=price, or the name of a column.
Result<void> take_prices(const AuditFlags& flags, app::AuditRequest& request) {
  for (const std::string& text : flags.prices) {
    auto price = dataset::parse_supplier_price(text);
    if (price) {
      request.prices.push_back(*std::move(price));
    } else if (text.find('=') != std::string::npos) {
      Error error = std::move(price).error();
      error.where = "--price " + text;
      return fail(std::move(error));
    } else {
      request.read.roles.price = text;
    }
  }
  return {};
}

Result<app::AuditRequest> request_of(const AuditFlags& flags) {
  app::AuditRequest request = flags.request;
  request.read.has_header = !flags.no_header;
  request.keep_repeats = flags.repeats == "keep-all";
  if (!flags.input_format.empty()) {
    request.read.format = dataset::format_of_name(flags.input_format);
    if (!request.read.format)
      return fail(ErrorCode::unsupported_format, "'" + flags.input_format + "' is no format",
                  "--input-format",
                  "formats: csv, tsv, jsonl, json, parquet, arrow_file, arrow_stream, label_studio, argilla, "
                  "mturk, toloka");
  }
  request.supplier_file = flags.supplier_file;
  if (!flags.supplier.empty()) {
    if (is_file(flags.supplier))
      request.supplier_file = flags.supplier;
    else
      request.read.roles.supplier = flags.supplier;
  }
  for (const std::string& gold : flags.gold) {
    if (is_file(gold) || gold.find('/') != std::string::npos)
      request.gold_file = gold;
    else
      request.read.roles.gold.push_back(gold);
  }
  MIZAN_CHECK_OK(take_prices(flags, request));
  return request;
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// The page and the folder appear together or not at all.
Result<std::vector<std::string>> write_files(const app::AuditOutcome& outcome, const AuditFlags& flags,
                                             ThreadPool& pool) {
  std::vector<std::string> written;
  const bool page_existed = !flags.html.empty() && std::filesystem::exists(flags.html);
  if (!flags.html.empty()) {
    MIZAN_CHECK_OK(app::write_audit_page(outcome.report, flags.html));
    written.push_back(flags.html);
  }
  if (flags.out.empty()) return written;
  const auto format =
      flags.table_format == "parquet" ? dataset::TableFormat::parquet : dataset::TableFormat::csv;
  auto names = app::write_audit_tables(outcome, flags.out, format, pool);
  if (!names) {
    std::error_code ignored;
    if (!flags.html.empty() && !page_existed) std::filesystem::remove(flags.html, ignored);
    return fail(std::move(names).error());
  }
  for (const std::string& name : *names)
    written.push_back((std::filesystem::path(flags.out) / name).string());
  return written;
}

Result<void> run(const AuditFlags& flags) {
  MIZAN_TRY(const app::AuditRequest request, request_of(flags));
  ThreadPool pool(flags.threads);
  auto bar = std::make_unique<ProgressBar>();
  MIZAN_TRY(const app::AuditOutcome outcome, app::audit(request, now_text(), pool, bar->progress()));
  bar->progress().report("writing", 0, 0);
  MIZAN_TRY(const std::vector<std::string> written, write_files(outcome, flags, pool));
  bar.reset();

  const Terminal terminal = Terminal::of(stdout);
  if (flags.as_json) {
    fmt::print("{}\n", app::report_json(outcome.report));
    return {};
  }
  if (!flags.is_quiet) fmt::print("{}", audit_summary(outcome.report, terminal));
  if (!written.empty() && !flags.is_quiet) {
    fmt::print("\n{}\n", terminal.styled("Written", Style::bold));
    for (const std::string& file : written) fmt::print("  {}\n", file);
  }
  return {};
}

std::string methods_text() {
  std::string text = "Methods (--method)\n";
  for (const auto& [name, description] : app::audit_methods())
    text += fmt::format("  {:<18} {}\n", name, description);
  return text +
         "\nExamples\n"
         "  mizan audit labels.csv --suppliers annotators.csv --gold truth.csv --html report.html\n"
         "  mizan audit labels.parquet --label quality --label tone --out results --format parquet\n"
         "  mizan audit pilot.csv --price crowd=0.05 --price experts=2.50 --currency USD --target 0.97\n";
}

void add_columns(CLI::App& command, AuditFlags& flags) {
  dataset::ColumnRoles& roles = flags.request.read.roles;
  const char* group = "Columns (recognised by name; a name or a 1-based position says otherwise)";
  command.add_option("--task", roles.task, "Column of the task")->group(group);
  command.add_option("--annotator", roles.annotator, "Column of the annotator")->group(group);
  command.add_option("--label", roles.label, "Column of the label; repeat it for several questions")
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--supplier", flags.supplier, "Column of the supplier, or a file of annotator and supplier")
      ->group(group);
  command.add_option("--suppliers", flags.supplier_file, "File of annotator and supplier")->group(group);
  command.add_option("--gold", flags.gold, "File of task and right answer, or a column")
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--price", flags.prices, "A price per label, supplier=price, or a column; may be repeated")
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--currency", flags.request.read.currency, "Currency of prices without a symbol, as USD")
      ->group(group);
  command.add_option("--seconds", roles.seconds, "Column of the time spent")->group(group);
  command.add_option("--time", roles.time, "Column of the time stamp")->group(group);
}

void add_reading(CLI::App& command, AuditFlags& flags) {
  const char* group = "Reading";
  command.add_option("--input-format", flags.input_format, "Format of the input, where it is not recognised")
      ->group(group);
  command.add_flag("--no-header", flags.no_header, "The first line is data; name columns by position")
      ->group(group);
  command.add_flag("--strict", flags.request.read.strict, "Any row that cannot be used is an error")
      ->group(group);
  command
      .add_flag("--predictions", flags.request.read.with_predictions,
                "Take a platform's model predictions as labels of the supplier 'model'")
      ->group(group);
  command.add_option("--repeats", flags.repeats, "An annotator's labels of one task: keep-last or keep-all")
      ->check(CLI::IsMember({"keep-last", "keep-all"}).description(""))
      ->capture_default_str()
      ->group(group);
}

void add_inference(CLI::App& command, AuditFlags& flags) {
  const char* group = "Inference";
  command.add_option("--method", flags.request.method, "How labels are weighed (see below)")
      ->capture_default_str()
      ->group(group);
  command.add_flag("--strong", flags.request.is_strong, "More methods and restarts, whatever they cost")
      ->group(group);
  command.add_option("--target", flags.request.target_accuracy, "Accuracy that the cheapest mix must reach")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--seed", flags.request.seed,
                  "Of random starts and draws; the same seed gives the same report")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--threads", flags.threads,
                  "Threads to use (default: all); the report does not depend on it")
      ->group(group);
}

void add_output(CLI::App& command, AuditFlags& flags) {
  const char* group = "Output";
  command.add_option("--html", flags.html, "Write the report as one page that needs no network")
      ->group(group);
  command.add_option("--out", flags.out, "Write report.json and tables into this folder")->group(group);
  command.add_option("--format", flags.table_format, "Format of the tables: csv or parquet")
      ->check(CLI::IsMember({"csv", "parquet"}).description(""))
      ->capture_default_str()
      ->group(group);
  command.add_flag("--json", flags.as_json, "Print report.json instead of the summary; errors as JSON too")
      ->group(group);
  command.add_flag("--quiet", flags.is_quiet, "Print nothing but errors")->group(group);
}

}  // namespace

void add_audit_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand(
      "audit", "Say what a file of labels says, how sure that is, and who is worth the price");
  auto flags = std::make_shared<AuditFlags>();
  command
      ->add_option(
          "labels", flags->request.read.path,
          "CSV, TSV, JSON lines, Parquet, Arrow (also .gz, .zst); exports of Label Studio, Argilla, MTurk,\n"
          "Toloka; '-' reads standard input")
      ->required();
  add_columns(*command, *flags);
  add_reading(*command, *flags);
  add_inference(*command, *flags);
  add_output(*command, *flags);
  command->footer(methods_text());
  command->callback([flags, &exit_code] {
    const Result<void> done = run(*flags);
    exit_code = done ? kDone : report_error(done.error(), flags->as_json);
  });
}

}  // namespace mizan::cli
