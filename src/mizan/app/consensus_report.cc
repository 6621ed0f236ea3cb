// The consensus part of a question's report: confidence, calibration, method, the least certain tasks.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/app/question_facts.h"

namespace mizan::app {

std::optional<double> known(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Message message_of(const truth::Note& note, const domain::Question& question) {
  Message message{note.code};
  for (const auto& [name, value] : note.args) {
    if (const auto* number = std::get_if<double>(&value)) {
      message = std::move(message).with(name, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      message = std::move(message).with(name, *text);
    } else {
      std::vector<std::string> names;
      for (const truth::ClassIndex k : std::get<std::vector<truth::ClassIndex>>(value)) {
        if (names.size() == 8) {
          names.emplace_back("…");
          break;
        }
        names.emplace_back(question.classes[k]);
      }
      message = std::move(message).with(name, names);
    }
  }
  return message;
}

MethodReport method_report(const truth::Blend& blend, const domain::Question& question,
                           const std::string& name) {
  MethodReport report;
  report.name = name;
  for (const truth::BlendPart& part : blend.parts) {
    report.parts.push_back({part.method, part.weight});
    report.converged = report.converged && part.converged;
  }
  for (const truth::Note& reason : blend.reasons) report.reasons.push_back(message_of(reason, question));
  report.temperature = blend.scaling.temperature;
  report.calibrated_on = blend.calibrated_on == truth::CalibratedOn::gold ? "gold" : "default";
  report.iterations = blend.belief.iterations;
  return report;
}

namespace {

CalibrationReport calibration_report(const truth::Calibration& calibration) {
  CalibrationReport report;
  report.task_count = calibration.task_count;
  report.accuracy = {calibration.accuracy, calibration.accuracy_low, calibration.accuracy_high};
  report.mean_confidence = calibration.mean_confidence;
  report.ece = calibration.ece;
  report.log_loss = calibration.log_loss;
  for (const truth::CalibrationBin& bin : calibration.bins) {
    if (bin.task_count == 0) continue;
    report.bins.push_back({bin.low,
                           bin.high,
                           bin.task_count,
                           bin.mean_confidence,
                           {bin.accuracy, bin.accuracy_low, bin.accuracy_high}});
  }
  return report;
}

}  // namespace

ConsensusReport consensus_report(const QuestionFacts& facts) {
  constexpr std::size_t kBins = 10;
  ConsensusReport report;
  report.confidence_histogram.assign(kBins, 0);
  report.class_counts.assign(facts.class_count(), 0);
  std::size_t tasks = 0;
  for (truth::TaskIndex t = 0; t < facts.labels.task_count(); ++t) {
    if (facts.labels.label_count_of_task(t) == 0) continue;
    const auto belief = facts.posterior().row(t);
    const std::size_t best = truth::best_class(belief);
    const double confidence = belief[best];
    const auto bin = static_cast<std::size_t>(std::ceil(confidence * kBins)) - 1;
    ++report.confidence_histogram[std::min(bin, kBins - 1)];
    ++report.class_counts[best];
    report.mean_confidence += confidence;
    report.uncertain_task_count += confidence < kUncertain;
    ++tasks;
  }
  report.mean_confidence /= std::max<double>(1, static_cast<double>(tasks));
  if (facts.blend.calibration) report.calibration = calibration_report(*facts.blend.calibration);
  return report;
}

std::vector<UncertainTaskReport> uncertain_tasks(const QuestionFacts& facts) {
  constexpr std::size_t kMost = 200;
  std::vector<std::pair<double, truth::TaskIndex>> order;
  for (truth::TaskIndex t = 0; t < facts.labels.task_count(); ++t) {
    if (facts.labels.label_count_of_task(t) == 0) continue;
    const auto belief = facts.posterior().row(t);
    const double confidence = belief[truth::best_class(belief)];
    if (confidence < 1) order.emplace_back(confidence, t);
  }
  const std::size_t shown = std::min(kMost, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end());
  std::vector<UncertainTaskReport> tasks;
  tasks.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto [confidence, t] = order[i];
    UncertainTaskReport task{std::string(facts.table.tasks[t]),
                             facts.class_name(truth::best_class(facts.posterior().row(t))),
                             confidence,
                             facts.labels.label_count_of_task(t),
                             std::vector<std::uint64_t>(facts.class_count(), 0),
                             1 - confidence};
    facts.labels.visit_task(t, [&](truth::AnnotatorIndex, truth::ClassIndex label) { ++task.votes[label]; });
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace mizan::app
