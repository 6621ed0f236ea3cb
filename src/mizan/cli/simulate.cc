// `mizan simulate`: labelled data whose truth is known.
#include "mizan/app/simulate.h"

#include <memory>

#include <fmt/format.h>

#include "mizan/app/message_text.h"
#include "mizan/cli/command.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/terminal.h"

namespace mizan::cli {
namespace {

std::string keys_help() {
  std::string text =
      "Keys of --supplier name=…,key=value,… (a supplier of the preset is changed, a new name is added,\n"
      "-name takes one away):\n";
  for (const app::SimulateKey& key : app::simulate_keys())
    text += fmt::format("  {:<13} {}\n", key.name, key.meaning);
  return text +
         "\nExample\n  mizan simulate --tasks 2000 --supplier name=crowd,random=0.2 --supplier -llm_judges "
         "--out pilot";
}

void print(const app::SimulateOutcome& outcome, const std::string& folder) {
  const Terminal terminal = Terminal::of(stdout);
  fmt::print("{} tasks, {} labels, gold for {}\n", app::count_text(outcome.task_count),
             app::count_text(outcome.label_count), app::count_text(outcome.gold_count));
  TextTable table(
      {TextTable::Align::left, TextTable::Align::right, TextTable::Align::right, TextTable::Align::right});
  table.add({"supplier", "annotators", "labels", "right"});
  for (const auto& supplier : outcome.suppliers)
    table.add({fitted(supplier.name, 30), app::count_text(supplier.annotator_count),
               app::count_text(supplier.label_count), app::percent_text(supplier.accuracy)});
  fmt::print("{}", table.text(terminal, 2));
  for (const std::string& file : outcome.files) fmt::print("  {}/{}\n", folder, file);
}

}  // namespace

void add_simulate_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand(
      "simulate", "Make labelled data whose truth is known: for trials and demonstrations");
  auto request = std::make_shared<app::SimulateRequest>();
  auto threads = std::make_shared<std::size_t>(0);
  std::string presets;
  for (const std::string& name : app::simulation_presets()) presets += (presets.empty() ? "" : ", ") + name;
  command->add_option("--out", request->folder, "Folder for labels, gold, truth and annotators")->required();
  command->add_option("--preset", request->preset, "One of: " + presets)->capture_default_str();
  command->add_option("--tasks", request->task_count, "How many tasks");
  command->add_option("--classes", request->class_count, "How many classes");
  command->add_option("--gold-share", request->gold_share, "Share of tasks with a gold answer");
  command->add_option("--trap-share", request->trap_share, "Share of tasks that mislead many annotators");
  command->add_option("--difficulty", request->difficulty_spread,
                      "How far tasks differ in difficulty (log-odds)");
  command->add_option("--supplier", request->suppliers, "A supplier, as key=value,… (see below)")
      ->allow_extra_args(false);
  auto format = std::make_shared<std::string>("csv");
  command->add_option("--format", *format, "csv or parquet")
      ->check(CLI::IsMember({"csv", "parquet"}).description(""))
      ->capture_default_str();
  command->add_option("--seed", request->seed, "The same seed makes the same data")->capture_default_str();
  command->add_option("--threads", *threads, "Threads to use (default: all)");
  command->footer(keys_help());
  command->callback([request, threads, format, &exit_code] {
    request->format = *format == "parquet" ? dataset::TableFormat::parquet : dataset::TableFormat::csv;
    ThreadPool pool(*threads);
    const auto outcome = app::simulate(*request, pool);
    if (!outcome) {
      exit_code = report_error(outcome.error(), false);
      return;
    }
    print(*outcome, request->folder);
    exit_code = kDone;
  });
}

}  // namespace mizan::cli
