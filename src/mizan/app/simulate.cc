#include "mizan/app/simulate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <functional>

#include <fmt/format.h>

#include "mizan/dataset/write/output_folder.h"
#include "mizan/engine/simulation/presets.h"
#include "mizan/engine/simulation/simulate_labels.h"

namespace mizan::app {
namespace {

using simulation::Simulation;
using simulation::SimulationOptions;
using simulation::SupplierOptions;

Result<double> parse_number(const std::string& text, const std::string& where) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(ErrorCode::bad_number, "'" + text + "' is not a number", where);
  return number;
}

struct NumberKey {
  const char* name;
  double SupplierOptions::*field;
  const char* meaning;
};
const NumberKey kNumberKeys[] = {
    {"labels", &SupplierOptions::labels_per_task, "labels per task it is sent"},
    {"share", &SupplierOptions::task_share, "share of the tasks it is sent"},
    {"skill", &SupplierOptions::skill_mean, "mean chance of a right label"},
    {"spread", &SupplierOptions::skill_spread, "how far its annotators differ in skill"},
    {"random", &SupplierOptions::random_share, "share of annotators who answer at random"},
    {"constant", &SupplierOptions::constant_share, "share who always give one answer"},
    {"position", &SupplierOptions::position_share, "share who go round the answers"},
    {"copiers", &SupplierOptions::copier_share, "share who copy a colleague"},
    {"drift", &SupplierOptions::drift, "change of skill from first to last task, in log-odds"},
    {"shared-error", &SupplierOptions::shared_error, "how much its annotators err together"},
    {"trap-pull", &SupplierOptions::trap_pull, "how often they fall for a trap"},
    {"price", &SupplierOptions::price_per_label, "price of a label"},
    {"seconds", &SupplierOptions::seconds_median, "usual time for a label"},
};

Result<void> set_key(SupplierOptions& supplier, const std::string& key, const std::string& value,
                     const std::string& where) {
  if (key == "kind") {
    using simulation::SupplierKind;
    if (value != "crowd" && value != "expert" && value != "model")
      return fail(ErrorCode::invalid_argument, "'" + value + "' is no kind of supplier", where,
                  "kinds: crowd, expert, model");
    supplier.kind = value == "crowd"    ? SupplierKind::crowd
                    : value == "expert" ? SupplierKind::expert
                                        : SupplierKind::model;
    return {};
  }
  MIZAN_TRY(const double number, parse_number(value, where + ": " + key));
  if (key == "annotators") {
    if (number < 1 || number > 1e7)
      return fail(ErrorCode::invalid_argument, "a supplier has 1 to 10,000,000 annotators", where);
    supplier.annotator_count = static_cast<std::size_t>(number);
    return {};
  }
  for (const NumberKey& known : kNumberKeys)
    if (key == known.name) {
      supplier.*known.field = number;
      return {};
    }
  return fail(ErrorCode::invalid_argument, "no key '" + key + "'", where,
              "`mizan simulate --help` lists the keys");
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Result<void> apply_supplier(SimulationOptions& options, const std::string& text) {
  const std::string where = "--supplier " + text;
  if (text.starts_with('-')) {
    if (std::erase_if(options.suppliers, [&](const auto& supplier) { return "-" + supplier.name == text; }) ==
        0)
      return fail(ErrorCode::not_found, "the preset has no supplier '" + text.substr(1) + "'", where);
    return {};
  }
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string name;
  for (const std::string& part : split(text, ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos)
      return fail(ErrorCode::invalid_argument, "'" + part + "' is not key=value", where,
                  "for example name=crowd,annotators=40,skill=0.7,price=0.05");
    if (part.substr(0, equals) == "name")
      name = part.substr(equals + 1);
    else
      pairs.emplace_back(part.substr(0, equals), part.substr(equals + 1));
  }
  if (name.empty()) return fail(ErrorCode::invalid_argument, "the supplier has no name", where, "add name=…");
  auto found = std::find_if(options.suppliers.begin(), options.suppliers.end(),
                            [&](const auto& supplier) { return supplier.name == name; });
  if (found == options.suppliers.end())
    found = options.suppliers.insert(options.suppliers.end(), SupplierOptions{.name = name});
  for (const auto& [key, value] : pairs) MIZAN_CHECK_OK(set_key(*found, key, value, where));
  return {};
}

Result<SimulationOptions> options_of(const SimulateRequest& request) {
  MIZAN_TRY(SimulationOptions options, simulation::preset(request.preset));
  options.seed = request.seed;
  if (request.task_count) options.task_count = *request.task_count;
  if (request.class_count && *request.class_count != options.class_count) {
    options.class_count = *request.class_count;
    options.class_prior.clear();
  }
  if (request.gold_share) options.gold_share = *request.gold_share;
  if (request.trap_share) options.trap_share = *request.trap_share;
  if (request.difficulty_spread) options.difficulty_spread = *request.difficulty_spread;
  for (const std::string& supplier : request.suppliers) MIZAN_CHECK_OK(apply_supplier(options, supplier));
  return options;
}

const char* behaviour_name(simulation::Behaviour behaviour) {
  switch (behaviour) {
    case simulation::Behaviour::honest:
      return "honest";
    case simulation::Behaviour::random:
      return "random";
    case simulation::Behaviour::constant:
      return "constant";
    case simulation::Behaviour::position_bound:
      return "position_bound";
  }
  return "";
}

// ISO 8601 in UTC, to the millisecond.
std::string time_text(std::int64_t time_us) {
  const std::int64_t milliseconds = time_us / 1000;
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

// The columns of one file and the data that they look at.
struct Columns {
  std::vector<std::uint32_t> task, annotator, supplier, label, copies;
  std::vector<double> price, seconds, accuracy;
  std::vector<std::int64_t> label_count, correct_count;
  std::vector<std::string> submitted_at, behaviour;
};

struct Output {
  const SimulateRequest& request;
  const Simulation& made;
  ThreadPool& pool;
  dataset::OutputFolder& folder;

  [[nodiscard]] dataset::OutputColumn words(const char* name, const domain::Dictionary& dictionary,
                                            const std::vector<std::uint32_t>& codes) const {
    return {name, dataset::CodeCells{&dictionary, codes}};
  }
  [[nodiscard]] static dataset::OutputColumn numbers(const char* name, const std::vector<double>& values) {
    return {name, dataset::NumberCells{values.data(), values.size()}};
  }

  Result<void> labels() {
    const domain::LabelTable& table = made.table;
    const domain::Question& question = table.questions[0];
    Columns c;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      c.supplier.push_back(table.supplier_of_annotator[table.annotator[row]]);
      c.label.push_back(question.label[row]);
      c.price.push_back(static_cast<double>(table.price_micros[row]) / 1e6);
      c.seconds.push_back(std::round(10 * static_cast<double>(table.seconds[row])) / 10);
      c.submitted_at.push_back(time_text(table.time_us[row]));
    }
    return folder.write_table("labels",
                              {{words("task", table.tasks, table.task),
                                words("annotator", table.annotators, table.annotator),
                                words("supplier", table.suppliers, c.supplier),
                                words("label", question.classes, c.label),
                                numbers("price", c.price),
                                numbers("seconds", c.seconds),
                                {"submitted_at", dataset::TextCells{c.submitted_at}}}},
                              request.format, pool);
  }

  Result<void> gold() {
    Columns c;
    for (const domain::GoldAnswer& answer : made.table.questions[0].gold) {
      c.task.push_back(answer.task);
      c.label.push_back(answer.answer);
    }
    return folder.write_table(
        "gold",
        {{words("task", made.table.tasks, c.task), words("gold", made.table.questions[0].classes, c.label)}},
        request.format, pool);
  }

  Result<void> truth() {
    Columns c;
    for (std::uint32_t task = 0; task < made.truth.size(); ++task) {
      c.task.push_back(task);
      c.label.push_back(made.truth[task]);
    }
    return folder.write_table(
        "truth",
        {{words("task", made.table.tasks, c.task), words("truth", made.table.questions[0].classes, c.label)}},
        request.format, pool);
  }

  Result<void> annotators() {
    Columns c;
    for (std::uint32_t annotator = 0; annotator < made.annotators.size(); ++annotator) {
      const simulation::AnnotatorTruth& truth = made.annotators[annotator];
      c.annotator.push_back(annotator);
      c.behaviour.push_back(behaviour_name(truth.behaviour));
      c.copies.push_back(truth.copies.value_or(dataset::kNoCode));
      c.accuracy.push_back(truth.accuracy);
      c.label_count.push_back(static_cast<std::int64_t>(truth.label_count));
      c.correct_count.push_back(static_cast<std::int64_t>(truth.correct_count));
    }
    return folder.write_table("annotators",
                              {{words("annotator", made.table.annotators, c.annotator),
                                words("supplier", made.table.suppliers, made.table.supplier_of_annotator),
                                {"behaviour", dataset::TextCells{c.behaviour}},
                                words("copies", made.table.annotators, c.copies),
                                numbers("true_accuracy", c.accuracy),
                                {"label_count", dataset::CountCells{c.label_count}},
                                {"correct_count", dataset::CountCells{c.correct_count}}}},
                              request.format, pool);
  }
};

}  // namespace

std::vector<std::string> simulation_presets() {
  const auto names = simulation::preset_names();
  return {names.begin(), names.end()};
}

std::vector<SimulateKey> simulate_keys() {
  std::vector<SimulateKey> keys{{"name", "the supplier's name"},
                                {"kind", "crowd, expert or model"},
                                {"annotators", "how many annotators it has"}};
  for (const NumberKey& key : kNumberKeys) keys.push_back({key.name, key.meaning});
  return keys;
}

Result<SimulateOutcome> simulate(const SimulateRequest& request, ThreadPool& pool) {
  MIZAN_TRY(const SimulationOptions options, options_of(request));
  MIZAN_TRY(const Simulation made, simulation::simulate_labels(options));
  MIZAN_TRY(dataset::OutputFolder folder, dataset::OutputFolder::prepare(request.folder));
  Output output{request, made, pool, folder};
  MIZAN_CHECK_OK(output.labels());
  MIZAN_CHECK_OK(output.gold());
  MIZAN_CHECK_OK(output.truth());
  MIZAN_CHECK_OK(output.annotators());
  MIZAN_CHECK_OK(folder.commit());

  SimulateOutcome outcome;
  outcome.task_count = made.truth.size();
  outcome.label_count = made.table.row_count();
  outcome.gold_count = made.table.questions[0].gold.size();
  for (std::size_t s = 0; s < made.suppliers.size(); ++s) {
    const auto& supplier = made.suppliers[s];
    outcome.suppliers.push_back({std::string(made.table.suppliers[s]), options.suppliers[s].annotator_count,
                                 supplier.label_count,
                                 static_cast<double>(supplier.correct_count) /
                                     std::max<double>(1, static_cast<double>(supplier.label_count))});
  }
  for (const char* name : {"labels", "gold", "truth", "annotators"})
    outcome.files.push_back(std::string(name) + std::string(dataset::extension_of(request.format)));
  return outcome;
}

}  // namespace mizan::app
