// The integrity part of a question's report: likely errors, copied work, and the flags of annotators.
#include <algorithm>
#include <cmath>

#include "mizan/app/question_facts.h"
#include "mizan/engine/integrity/copied_work.h"
#include "mizan/engine/integrity/label_errors.h"
#include "mizan/engine/integrity/speed.h"

namespace mizan::app {
namespace {

std::optional<double> median_of_all_seconds(const integrity::AnswerLog& log) {
  std::vector<float> seconds;
  for (const float value : log.seconds)
    if (!std::isnan(value)) seconds.push_back(value);
  if (seconds.empty()) return std::nullopt;
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return static_cast<double>(*middle);
}

FlagReport flag_report(const QuestionFacts& facts, const integrity::Flag& flag,
                       const AnnotatorReport& annotator, std::optional<double> usual_seconds) {
  const std::string code(integrity::suspicion_name(flag.suspicion));
  Message evidence{code};
  switch (flag.suspicion) {
    case integrity::Suspicion::random_answers:
      evidence = std::move(evidence).with("agreement", flag.observed).with("expected", flag.expected);
      break;
    case integrity::Suspicion::worse_than_chance: {
      const Estimate& accuracy = annotator.accuracy;
      evidence = std::move(evidence)
                     .with("accuracy", accuracy.value ? Argument(*accuracy.value) : Argument{})
                     .with("low", accuracy.low ? Argument(*accuracy.low) : Argument{})
                     .with("high", accuracy.high ? Argument(*accuracy.high) : Argument{});
      break;
    }
    case integrity::Suspicion::constant_answers:
      evidence = std::move(evidence)
                     .with("class", facts.class_name(flag.detail))
                     .with("share", flag.observed)
                     .with("expected", flag.expected);
      break;
    case integrity::Suspicion::position_bound:
      evidence = std::move(evidence)
                     .with("steps", static_cast<std::int64_t>(flag.detail))
                     .with("share", flag.observed)
                     .with("expected", flag.expected);
      break;
    case integrity::Suspicion::too_fast:
      evidence = std::move(evidence).with("share", flag.observed);
      if (usual_seconds)
        evidence =
            std::move(evidence)
                .with("threshold_seconds", integrity::SpeedOptions{}.fast_share_of_median * *usual_seconds)
                .with("median_seconds", *usual_seconds);
      break;
  }
  return {code, flag.p_value, evidence};
}

void add_copied_pairs(const QuestionFacts& facts, truth::Run run, QuestionReport& report) {
  const integrity::CopiedWork copied = integrity::copied_work(facts.labels, facts.posterior(), {}, run);
  for (const integrity::CopiedPair& pair : copied.pairs) {
    report.copied_pairs.push_back({facts.annotator_name(pair.first), facts.annotator_name(pair.second),
                                   pair.shared_task_count, pair.agreement, pair.expected_agreement, pair.z,
                                   pair.p_value, pair.q_value});
    for (const auto& [own, other] :
         {std::pair(pair.first, pair.second), std::pair(pair.second, pair.first)}) {
      auto& flags = report.annotators[own].flags;
      const bool has_one = std::any_of(flags.begin(), flags.end(),
                                       [](const FlagReport& flag) { return flag.code == "copied_work"; });
      if (has_one) continue;  // the strongest pair comes first and is enough; the table of pairs has all
      flags.push_back({"copied_work", pair.p_value,
                       Message{"copied_work"}
                           .with("other", facts.annotator_name(other))
                           .with("shared_task_count", static_cast<std::int64_t>(pair.shared_task_count))});
    }
  }
}

void add_likely_errors(const QuestionFacts& facts, QuestionReport& report) {
  const integrity::LikelyErrors errors = integrity::likely_errors(facts.labels, facts.posterior(), {});
  report.likely_error_count = errors.count;
  for (const integrity::LikelyError& error : errors.top)
    report.likely_errors.push_back({std::string(facts.table.tasks[error.task]),
                                    facts.annotator_name(error.annotator),
                                    facts.supplier_name_of(error.annotator), facts.class_name(error.label),
                                    facts.class_name(error.consensus), error.probability_wrong});
}

}  // namespace

void add_integrity(const QuestionFacts& facts, truth::Run run, QuestionReport& report) {
  add_likely_errors(facts, report);
  const auto usual_seconds = median_of_all_seconds(facts.log);
  for (const integrity::Flag& flag :
       integrity::low_effort(facts.labels, facts.posterior(), facts.log, {}, run).flags) {
    AnnotatorReport& annotator = report.annotators[flag.annotator];
    annotator.flags.push_back(flag_report(facts, flag, annotator, usual_seconds));
  }
  add_copied_pairs(facts, run, report);
  for (SupplierReport& supplier : report.suppliers)
    supplier.flagged_annotator_count = static_cast<std::uint64_t>(std::count_if(
        report.annotators.begin(), report.annotators.end(), [&](const AnnotatorReport& annotator) {
          return !annotator.flags.empty() && annotator.supplier == supplier.supplier;
        }));
}

}  // namespace mizan::app
