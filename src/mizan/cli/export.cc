// `mizan export annotations` and `mizan export consensus`.
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "mizan/app/exports/export_annotations.h"
#include "mizan/app/exports/export_consensus.h"
#include "mizan/cli/command.h"
#include "mizan/cli/progress_bar.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/work_place.h"
#include "mizan/dataset/write/file_output.h"

namespace mizan::cli {
namespace {

enum class What : std::uint8_t { annotations, consensus };

struct ExportFlags {
  WorkPlace place{};
  std::string file{};
  std::string format{};
  std::string project{};
  std::string question{};
  bool newest_only = false;
  bool replace = false;
};

Result<dataset::RowFormat> format_of(const ExportFlags& flags) {
  std::string name = flags.format;
  if (name.empty()) {
    std::filesystem::path path(flags.file);
    if (path.extension() == ".gz") path = path.stem();
    name = path.extension().string().substr(path.has_extension() ? 1 : 0);
  }
  const auto format = dataset::row_format_of(name);
  if (format) return *format;
  return fail(ErrorCode::unsupported_format, "what kind of file is wanted?", flags.file,
              "say --format jsonl, csv or parquet, or let the name end so; .gz may follow");
}

Result<void> export_here(const ExportFlags& flags, What what, dataset::RowFormat format,
                         const std::function<Result<void>(std::string_view)>& write) {
  MIZAN_TRY(const auto project, parse_id<domain::ProjectId>(flags.project));
  MIZAN_TRY(auto opened, app::OpenService::open({.database = flags.place.database}));
  const app::Caller caller = app::system_caller();
  std::unique_ptr<app::RowExport> rows;
  if (what == What::annotations) {
    MIZAN_TRY(rows, app::export_annotations(
                        opened->service(), caller,
                        {.project = project, .format = format, .newest_only = flags.newest_only}));
  } else {
    app::ExportConsensus command{.project = project, .format = format};
    command.filter.question = flags.question;
    MIZAN_TRY(rows, app::export_consensus(opened->service(), caller, command));
  }
  std::string piece;
  for (bool has_more = true; has_more;) {
    piece.clear();
    MIZAN_TRY(has_more, rows->next(piece));
    MIZAN_CHECK_OK(write(piece));
  }
  return {};
}

Result<void> export_there(const ExportFlags& flags, What what, dataset::RowFormat format,
                          const std::function<Result<void>(std::string_view)>& write) {
  std::string target = "/api/v1/projects/" + flags.project;
  target += what == What::annotations ? "/annotations:export?format=" : "/consensus:export?format=";
  target += dataset::row_format_name(format);
  if (flags.newest_only) target += "&newest=true";
  if (!flags.question.empty()) target += "&question=" + url_escaped(flags.question);
  return download(flags.place.remote, target, write);
}

Result<void> export_file(const ExportFlags& flags, What what) {
  MIZAN_CHECK_OK(check_work_place(flags.place));
  MIZAN_TRY(const auto format, format_of(flags));
  MIZAN_TRY(auto output, dataset::FileOutput::create(flags.file, {.replaces = flags.replace}));
  const ProgressBar bar;
  std::uint64_t byte_count = 0;
  const auto write = [&](std::string_view bytes) {
    byte_count += bytes.size();
    bar.progress().report(fmt::format("exporting, {:.0f} MB", static_cast<double>(byte_count) / 1e6), 0, 0);
    return output.append(bytes);
  };
  MIZAN_CHECK_OK(flags.place.remote.is_set() ? export_there(flags, what, format, write)
                                             : export_here(flags, what, format, write));
  return output.finish();
}

CLI::App* add_what(CLI::App& group, const std::shared_ptr<ExportFlags>& flags, const std::string& name,
                   const std::string& about) {
  CLI::App* command = group.add_subcommand(name, about);
  command
      ->add_option("file", flags->file, "Where it goes: .jsonl, .csv, .parquet, .gz too; - = standard output")
      ->required();
  command->add_option("--project", flags->project, "Of which project, prj_…")->required();
  command->add_option("--format", flags->format, "jsonl, csv or parquet (default: by the file's name)")
      ->check(CLI::IsMember({"jsonl", "csv", "parquet"}));
  command->add_flag("--replace", flags->replace, "Write over a file that is there");
  add_work_place(*command, flags->place);
  return command;
}

}  // namespace

void add_export_command(CLI::App& program, int& exit_code) {
  CLI::App* group =
      program.add_subcommand("export", "Write annotations or the consensus of a project to a file");
  group->require_subcommand(1);
  group->footer("A server may run on the database meanwhile. docs/formats/export.md has the columns.");
  const auto run = [](const ExportFlags& flags, What what) {
    const auto done = export_file(flags, what);
    return done ? int{kDone} : report_error(done.error(), false);
  };
  const auto annotations = std::make_shared<ExportFlags>();
  CLI::App* command = add_what(*group, annotations, "annotations", "Who said what of which task and when");
  command->add_flag("--newest", annotations->newest_only, "Leave out annotations that were revised");
  command->footer("Example\n  mizan export annotations answers.csv.gz --project prj_0D5K3X9YB2M7C");
  command->callback([=, &exit_code] { exit_code = run(*annotations, What::annotations); });
  const auto consensus = std::make_shared<ExportFlags>();
  command = add_what(*group, consensus, "consensus",
                     "The answer to each question of each task, and how sure it is");
  command->add_option("--question", consensus->question, "Only this question");
  command->footer("Example\n  mizan export consensus consensus.parquet --project prj_0D5K3X9YB2M7C");
  command->callback([=, &exit_code] { exit_code = run(*consensus, What::consensus); });
}

}  // namespace mizan::cli
