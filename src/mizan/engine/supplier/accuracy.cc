#include "mizan/engine/supplier/accuracy.h"

#include <algorithm>
#include <cmath>

#include "mizan/engine/supplier/estimate.h"
#include "mizan/engine/supplier/truth_draws.h"

namespace mizan::supplier {
namespace {

// The chains take the rows of an annotator's confusion matrix as independent of each other, so that each is
// drawn further to the supplier's than one skill in common would be. In simulated worlds the variance of the
// number of right labels came out too small by this factor.
constexpr std::size_t kStudied = 200'000;
constexpr std::size_t kFewestPerAnnotator = 400;
constexpr double kRowsTogether = 1.6;

class Assessment {
 public:
  Assessment(const AccuracyInput& input, truth::Run run)
      : input_(input),
        labels_(sampled_labels(input.labels, input.supplier_of_annotator, input.supplier_count, run.pool)),
        estimands_(supplier_estimands(labels_)),
        posteriors_{&input.posterior} {
    posteriors_.insert(posteriors_.end(), input.other_posteriors.begin(), input.other_posteriors.end());
    for (std::uint32_t a = 0; a < input.supplier_count; ++a)
      for (std::uint32_t b = a + 1; b < input.supplier_count; ++b)
        estimands_.push_back(pair_estimand(estimands_[a], estimands_[b], labels_.class_count));
    // Of very many labels the chains learn from a part, and judge them all.
    if (labels_.codes.size() >= kFewestPerAnnotator * labels_.annotator_count)
      study_a_part(labels_, std::max(kStudied, kFewestPerAnnotator / 2 * labels_.annotator_count),
                   Rng(input.seed).split(9));
    draws_ = draw_truths(labels_, estimands_, input.posterior, input.gold, {.seed = input.seed}, run.pool);
  }

  AccuracyReport report() {
    AccuracyReport out;
    out.error_correlation = draws_.mean_correlation;
    for (std::size_t s = 0; s < input_.supplier_count; ++s) {
      model_.push_back(model_estimate(about(s)));
      final_.push_back(best_estimate(about(s)));
      out.suppliers.push_back(supplier(s));
    }
    std::size_t e = input_.supplier_count;
    for (std::uint32_t a = 0; a < input_.supplier_count; ++a)
      for (std::uint32_t b = a + 1; b < input_.supplier_count; ++b)
        out.pairs.push_back(compare_suppliers(a, b, about(e++)));
    count_annotators(out.annotators);
    for (std::uint32_t s = 0; s < input_.supplier_count; ++s) annotators_of(s, out.annotators);
    return out;
  }

 private:
  [[nodiscard]] std::int32_t gold_of(truth::TaskIndex task) const {
    return input_.gold.empty() ? truth::kNoGold : input_.gold[task];
  }

  [[nodiscard]] EstimateInput about(std::size_t e) const {
    return {estimands_[e], draws_.estimands[e], draws_, input_.gold, posteriors_};
  }

  [[nodiscard]] Accuracy supplier(std::size_t s) const {
    const Estimand& one = estimands_[s];
    Accuracy out;
    out.label_count = static_cast<std::size_t>(one.total_size);
    out.task_count = one.tasks.size();
    for (std::size_t slot = 0; slot < one.tasks.size(); ++slot) {
      const std::int32_t gold = gold_of(one.tasks[slot]);
      if (gold == truth::kNoGold) continue;
      out.gold_label_count += static_cast<std::size_t>(one.size[slot]);
      out.gold_correct_count +=
          static_cast<std::size_t>(one.weights[slot * labels_.class_count + static_cast<std::size_t>(gold)]);
    }
    if (one.tasks.empty()) return out;
    const Estimate& best = final_[s];
    fill(out, best.value, best.variance(), best.degrees);
    out.basis = best.basis;
    out.recorded_value = out.value;
    out.recorded_interval = beta_interval(out.value, best.recorded_variance);
    return out;
  }

  static void fill(Accuracy& out, double value, double variance, double degrees) {
    const double wider = student_quantile(0.975, degrees) / student_quantile(0.975, kMany);
    out.value = std::clamp(value, 0.0, 1.0);
    out.standard_error = std::sqrt(variance);
    out.interval = beta_interval(out.value, variance * wider * wider);
  }

  void count_annotators(std::vector<Accuracy>& out) const {
    const std::size_t classes = labels_.class_count;
    out.resize(labels_.annotator_count);
    for (std::size_t task = 0; task < labels_.task_count(); ++task) {
      const std::int32_t gold = gold_of(static_cast<truth::TaskIndex>(task));
      for (std::size_t i = labels_.offsets[task]; i < labels_.offsets[task + 1]; ++i) {
        const std::uint32_t code = labels_.codes[i];
        Accuracy& one = out[code / classes];
        one.label_count += 1;
        one.task_count += 1;
        if (gold == truth::kNoGold) continue;
        one.gold_label_count += 1;
        one.gold_correct_count += code % classes == static_cast<std::size_t>(gold) ? 1 : 0;
      }
    }
  }

  // Annotators of a supplier resemble each other: a Beta distribution around the supplier's accuracy, with a
  // spread estimated from them (moments), is what is believed of one before its own labels are seen.
  void annotators_of(std::uint32_t s, std::vector<Accuracy>& out) const {
    const RightLabels& right = draws_.annotators;
    const double shift = final_[s].value - model_[s].value;
    const double middle = std::clamp(final_[s].value, 0.01, 0.99);
    const double size = beliefs_size(s, middle, out);
    const double common = model_[s].basis == final_[s].basis && shift == 0 ? method_variance(about(s)) : 0;
    for (std::size_t a = 0; a < out.size(); ++a) {
      if (labels_.supplier_of[a] != s || out[a].label_count == 0) continue;
      Accuracy& one = out[a];
      const auto count = static_cast<double>(one.label_count);
      const auto gold = static_cast<double>(one.gold_label_count);
      const double correct = std::clamp(right.mean[a] + shift * (count - gold), 0.0, count);
      const double own = count / (count + size);
      const double unknown_share = (count - gold) / count;
      const double recorded =
          kRowsTogether * (right.truth_variance[a] + right.model_variance[a]) / (count * count) +
          unknown_share * unknown_share * common;
      const double value = (correct + size * middle) / (count + size);
      const double variance = value * (1 - value) / (count + size + 1) + own * own * recorded +
                              (1 - own) * (1 - own) * final_[s].variance();
      fill(one, value, variance, kMany);
      one.recorded_value = correct / count;
      one.recorded_interval = beta_interval(one.recorded_value, recorded);
      one.basis = gold == 0 ? Basis::model : (gold == count ? Basis::gold : Basis::gold_and_model);
    }
  }

  [[nodiscard]] double beliefs_size(std::uint32_t s, double middle, const std::vector<Accuracy>& all) const {
    constexpr double kUsualVariance = 0.01;  // standard deviation of 10 points between annotators
    constexpr double kUsualWeight = 3;       // counts as three annotators
    const RightLabels& right = draws_.annotators;
    double labels = 0;
    double label_squares = 0;
    double people = 0;
    double spread = 0;
    for (std::size_t a = 0; a < all.size(); ++a) {
      if (labels_.supplier_of[a] != s || all[a].label_count == 0) continue;
      const auto count = static_cast<double>(all[a].label_count);
      const double gap = right.mean[a] / count - model_[s].value;
      // What a draw of the truth shows: the spread of the means, and that around them.
      const double hidden =
          kRowsTogether * (right.truth_variance[a] + right.model_variance[a]) / (count * count);
      const double noise = middle * (1 - middle) / count - hidden;
      labels += count;
      label_squares += count * count;
      people += 1;
      spread += count * (gap * gap - noise);
    }
    const double scale = labels - label_squares / std::max(1.0, labels);
    const double seen = scale > 0 ? std::max(0.0, spread / scale) : 0;
    const double variance =
        (seen * std::max(0.0, people - 1) + kUsualVariance * kUsualWeight) / (people + kUsualWeight - 1);
    return std::max(1.0, middle * (1 - middle) / variance - 1);
  }

  static constexpr double kMany = std::numeric_limits<double>::infinity();
  const AccuracyInput& input_;
  SampledLabels labels_;
  std::vector<Estimand> estimands_;
  std::vector<const truth::Table*> posteriors_;
  TruthDraws draws_;
  std::vector<Estimate> model_;
  std::vector<Estimate> final_;
};

Result<void> check(const AccuracyInput& input) {
  const auto refuse = [](const char* what) { return fail(ErrorCode::invalid_argument, what); };
  const auto fits = [&](const truth::Table& table) {
    return table.rows == input.labels.task_count() && table.columns == input.labels.class_count();
  };
  if (!fits(input.posterior)) return refuse("the posterior does not fit the labels");
  for (const truth::Table* other : input.other_posteriors)
    if (!fits(*other)) return refuse("a posterior of another method does not fit the labels");
  if (!input.gold.empty() && input.gold.size() != input.labels.task_count())
    return refuse("gold needs one answer, or none, for each task");
  if (input.supplier_count == 0) return refuse("there must be a supplier");
  if (!input.supplier_of_annotator.empty() &&
      input.supplier_of_annotator.size() != input.labels.annotator_count())
    return refuse("each annotator needs a supplier");
  for (const std::uint32_t s : input.supplier_of_annotator)
    if (s >= input.supplier_count) return refuse("a supplier's index is out of range");
  for (const std::int32_t answer : input.gold)
    if (answer != truth::kNoGold && static_cast<std::size_t>(answer) >= input.labels.class_count())
      return refuse("a gold answer is not a class");
  return {};
}

}  // namespace

Result<AccuracyReport> assess_accuracy(const AccuracyInput& input, truth::Run run) {
  MIZAN_CHECK_OK(check(input));
  return Assessment(input, run).report();
}

}  // namespace mizan::supplier
