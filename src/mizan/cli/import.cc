// `mizan import tasks` and `mizan import annotations`.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "mizan/app/imports/import_annotations.h"
#include "mizan/app/tasks/import_tasks.h"
#include "mizan/base/json_writer.h"
#include "mizan/cli/command.h"
#include "mizan/cli/progress_bar.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/terminal.h"
#include "mizan/cli/work_place.h"
#include "mizan/dataset/byte_stream.h"

namespace mizan::cli {
namespace {

struct ImportFlags {
  WorkPlace place{};
  std::string file{};
  std::string format{};
  std::string project{};
  std::string supplier{};
  bool skip_bad_rows = false;
  bool as_json = false;
};

struct Kind {
  bool is_tasks;
  std::string_view noun;
};
constexpr Kind kTasks{true, "tasks"};
constexpr Kind kAnnotations{false, "annotations"};

Result<dataset::TaskFormat> format_of(const ImportFlags& flags) {
  const auto format = flags.format.empty() ? dataset::task_format_of_path(flags.file)
                                           : dataset::task_format_of_path("x." + flags.format);
  if (format) return *format;
  return fail(ErrorCode::unsupported_format, "what kind of file is this?", flags.file,
              "say --format jsonl, csv or parquet, or let the name end so");
}

ImportOutcome outcome_of(app::TaskImport done) {
  ImportOutcome outcome{.is_complete = done.is_complete,
                        .new_count = done.created_count,
                        .unchanged_count = done.unchanged_count,
                        .refused_count = done.bad_count};
  for (app::RowError& each : done.errors) outcome.refused.push_back({each.line, std::move(each.error)});
  return outcome;
}
ImportOutcome outcome_of(app::AnnotationImport done) {
  ImportOutcome outcome{.new_count = done.taken_count,
                        .unchanged_count = done.unchanged_count,
                        .refused_count = done.refused_count};
  for (app::RowError& each : done.errors) outcome.refused.push_back({each.line, std::move(each.error)});
  return outcome;
}

Result<ImportOutcome> import_here(const ImportFlags& flags, const Kind& kind, dataset::TaskFormat format,
                                  const dataset::ReadBytes& read) {
  MIZAN_TRY(const auto project, parse_id<domain::ProjectId>(flags.project));
  MIZAN_TRY(auto opened, app::OpenService::open({.database = flags.place.database}));
  const app::Caller caller = app::system_caller();
  if (kind.is_tasks) {
    MIZAN_TRY(
        auto done,
        app::import_tasks(
            opened->service(), caller,
            {.project_id = project, .format = format, .read = read, .skip_bad_rows = flags.skip_bad_rows}));
    return outcome_of(std::move(done));
  }
  MIZAN_TRY(const auto supplier, parse_id<domain::SupplierId>(flags.supplier));
  MIZAN_TRY(auto done, app::import_annotations(
                           opened->service(), caller,
                           {.project = project, .supplier = supplier, .format = format, .read = read}));
  return outcome_of(std::move(done));
}

Result<ImportOutcome> import_there(const ImportFlags& flags, const Kind& kind, dataset::TaskFormat format,
                                   const dataset::ReadBytes& read) {
  std::string target = "/api/v1/projects/" + flags.project;
  target += kind.is_tasks ? "/tasks:import" : "/suppliers/" + flags.supplier + "/annotations:import";
  if (flags.skip_bad_rows) target += "?skip_bad_rows=true";
  return upload(flags.place.remote, {.target = std::move(target),
                                     .content_type = std::string(dataset::media_type_of_tasks(format)),
                                     .read = read});
}

Result<ImportOutcome> import(const ImportFlags& flags, const Kind& kind) {
  MIZAN_CHECK_OK(check_work_place(flags.place));
  MIZAN_TRY(const auto format, format_of(flags));
  MIZAN_TRY(auto stream, dataset::ByteStream::open(flags.file));
  const ProgressBar bar;
  const auto read = [&](std::span<char> buffer) {
    bar.progress().report("importing " + std::string(kind.noun), stream.done_bytes(), stream.total_bytes());
    return stream.read(buffer);
  };
  return flags.place.remote.is_set() ? import_there(flags, kind, format, read)
                                     : import_here(flags, kind, format, read);
}

void print_json(const ImportOutcome& outcome) {
  JsonWriter json;
  json.begin_object();
  json.member("is_complete", outcome.is_complete);
  json.member("new_count", outcome.new_count);
  json.member("unchanged_count", outcome.unchanged_count);
  json.member("refused_count", outcome.refused_count);
  json.key("errors").begin_array();
  for (const RefusedRow& row : outcome.refused) {
    json.begin_object();
    json.member("line", static_cast<std::int64_t>(row.line));
    json.member("code", error_name(row.error.code));
    json.member("message", row.error.message);
    json.member("where", row.error.where);
    json.member("hint", row.error.hint);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  fmt::print("{}\n", json.take());
}

void print(const ImportOutcome& outcome, const ImportFlags& flags, const Kind& kind) {
  const Terminal terminal = Terminal::of(stderr);
  for (const RefusedRow& row : outcome.refused) {
    const std::string where = row.error.where.empty() ? "" : " " + row.error.where;
    fmt::print(stderr, "{}:{}{}: {} {}\n", flags.file, row.line, where, fitted(row.error.message, 600),
               terminal.styled(fmt::format("({})", error_name(row.error.code)), Style::dim));
    if (!row.error.hint.empty()) fmt::print(stderr, "  hint: {}\n", fitted(row.error.hint, 600));
  }
  const auto more = outcome.refused_count - static_cast<std::int64_t>(outcome.refused.size());
  if (more > 0) fmt::print(stderr, "and {} more rows\n", more);
  if (!outcome.is_complete) {
    fmt::print(stderr,
               "Nothing was imported: {} of the rows cannot be used. Mend them, or import the others with "
               "--skip-bad-rows.\n",
               outcome.refused_count);
    return;
  }
  fmt::print("{} new {}, {} were there already, {} rows refused.\n", outcome.new_count, kind.noun,
             outcome.unchanged_count, outcome.refused_count);
}

int run(const ImportFlags& flags, const Kind& kind) {
  const auto outcome = import(flags, kind);
  if (!outcome) return report_error(outcome.error(), flags.as_json);
  flags.as_json ? print_json(*outcome) : print(*outcome, flags, kind);
  const bool is_as_asked = outcome->is_complete && (outcome->refused_count == 0 || flags.skip_bad_rows);
  return is_as_asked ? kDone : kUnusableInput;
}

CLI::App* add_kind(CLI::App& group, const std::shared_ptr<ImportFlags>& flags, const Kind& kind,
                   const std::string& about) {
  CLI::App* command = group.add_subcommand(std::string(kind.noun), about);
  command->add_option("file", flags->file, "A file, or - for standard input; .gz and .zst are unpacked")
      ->required();
  command->add_option("--project", flags->project, "Into which project, prj_…")->required();
  command->add_option("--format", flags->format, "jsonl, csv or parquet (default: by the file's name)")
      ->check(CLI::IsMember({"jsonl", "csv", "parquet"}));
  add_work_place(*command, flags->place);
  command->add_flag("--json", flags->as_json, "One JSON object instead of lines");
  return command;
}

}  // namespace

void add_import_command(CLI::App& program, int& exit_code) {
  CLI::App* group = program.add_subcommand("import", "Bring tasks or annotations into a project");
  group->require_subcommand(1);
  group->footer("A server may run on the database meanwhile; --server imports over its API.");
  const auto tasks = std::make_shared<ImportFlags>();
  CLI::App* command = add_kind(*group, tasks, kTasks, "Tasks, all of them or none");
  command->add_flag("--skip-bad-rows", tasks->skip_bad_rows, "Import the good rows and report the others");
  command->footer(
      "Example\n  mizan import tasks tasks.jsonl.gz --project prj_0D5K3X9YB2M7C\n\n"
      "The same rows again change nothing. docs/formats/tasks.md has the columns.");
  command->callback([tasks, &exit_code] { exit_code = run(*tasks, kTasks); });
  const auto annotations = std::make_shared<ImportFlags>();
  command =
      add_kind(*group, annotations, kAnnotations, "Annotations that a supplier's people made elsewhere");
  command->add_option("--supplier", annotations->supplier, "Whose they are, sup_…")->required();
  command->footer(
      "Example\n  mizan import annotations answers.csv --project prj_… --supplier sup_…\n\n"
      "Good rows are taken, the others reported; then the exit code is 2. docs/formats/annotations.md has "
      "the columns.");
  command->callback([annotations, &exit_code] { exit_code = run(*annotations, kAnnotations); });
}

}  // namespace mizan::cli
