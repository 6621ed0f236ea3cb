#include "mizan/engine/truth/methods/mmsr.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// Pairs of annotators; the gold answers, if any, are the last annotator.
struct Pairs {
  std::size_t count = 0;  // annotators, gold included
  Table common;           // [count,count] tasks in common; diagonal 0
  Table covariance;       // [count,count] agreement scaled: 1 = always, 0 = as by chance
  std::size_t fewest_partners = 0;
};

template <class Body>
void for_each_annotator(std::size_t count, Run run, Body&& body) {
  parallel_blocks(run.pool, count, std::min<std::size_t>(count, 64),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) body(w);
                  });
}

// The row of one annotator: tasks in common, and how many labels agree (in `covariance`).
void count_row(const Evidence& evidence, const LabelsByAnnotator& index, std::size_t annotator,
               Pairs& pairs) {
  const auto common = pairs.common.row(annotator);
  const auto agreed = pairs.covariance.row(annotator);
  const std::size_t gold_column = pairs.count - 1;
  for (std::size_t i = index.offsets[annotator]; i < index.offsets[annotator + 1]; ++i) {
    const ClassIndex own = index.label[i];
    evidence.labels.visit_task(index.task[i], [&](AnnotatorIndex other, ClassIndex label) {
      if (other == annotator) return;
      common[other] += 1;
      agreed[other] += label == own ? 1 : 0;
    });
    if (const std::int32_t gold = evidence.gold_of(index.task[i]); gold != kNoGold) {
      common[gold_column] += 1;
      agreed[gold_column] += static_cast<ClassIndex>(gold) == own ? 1 : 0;
    }
  }
}

void copy_gold_column_to_row(Table& table) {
  const std::size_t last = table.rows - 1;
  for (std::size_t w = 0; w < last; ++w) table.row(last)[w] = table.row(w)[last];
}

Pairs pairs_of(const Evidence& evidence, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const bool has_gold = !evidence.gold.empty();
  Pairs pairs;
  pairs.count = labels.annotator_count() + (has_gold ? 1 : 0);
  pairs.common = Table(pairs.count, pairs.count);
  pairs.covariance = Table(pairs.count, pairs.count);
  const LabelsByAnnotator index = by_annotator(labels);
  for_each_annotator(labels.annotator_count(), run,
                     [&](std::size_t w) { count_row(evidence, index, w, pairs); });
  if (has_gold) {
    copy_gold_column_to_row(pairs.common);
    copy_gold_column_to_row(pairs.covariance);
  }
  const auto others = static_cast<double>(labels.class_count() - 1);
  pairs.fewest_partners = pairs.count;
  for (std::size_t w = 0; w < pairs.count; ++w) {
    std::size_t partners = 0;
    for (std::size_t v = 0; v < pairs.count; ++v) {
      double& cell = pairs.covariance.row(w)[v];
      const double common = pairs.common.row(w)[v];
      if (common > 0) {
        ++partners;
        cell = cell / common * (others + 1) / others - 1 / others;
      }
    }
    if (partners > 0) pairs.fewest_partners = std::min(pairs.fewest_partners, partners);
  }
  return pairs;
}

// The mean without up to `trim` values above `own` and as many below it.
double trimmed_mean(std::vector<double>& values, std::size_t trim, double own, double fallback) {
  std::sort(values.begin(), values.end());
  const auto below =
      static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), own) - values.begin());
  const auto above =
      static_cast<std::size_t>(values.end() - std::upper_bound(values.begin(), values.end(), own));
  const std::size_t begin = std::min(trim, below);
  const std::size_t end = values.size() - std::min(trim, above);
  if (begin >= end) return own;
  if (end - begin == 1 && values[begin] == 0) return fallback;
  const double sum = std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(begin),
                                     values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
  return sum / static_cast<double>(end - begin);
}

// One side of the rank-one factorisation from the other.
void improve(const Pairs& pairs, std::span<const double> other, double fallback, std::vector<double>& side,
             Run run) {
  const std::size_t trim = pairs.fewest_partners / 2 > 0 ? pairs.fewest_partners / 2 - 1 : 0;
  constexpr double kLeast = 1e-9;  // no division by a skill of 0
  for_each_annotator(pairs.count, run, [&](std::size_t w) {
    std::vector<double> quotients;
    for (std::size_t v = 0; v < pairs.count; ++v)
      if (pairs.common.row(w)[v] > 0)
        quotients.push_back(std::abs(pairs.covariance.row(w)[v]) / std::max(other[v], kLeast));
    if (!quotients.empty()) side[w] = trimmed_mean(quotients, trim, side[w], fallback);
  });
}

// +1 or -1 for each annotator, so that pairs who agree more than chance share a sign: the leading eigenvector
// of the signs of the pairs, by power iteration from "all alike", with the majority positive.
std::vector<double> signs_of(const Pairs& pairs, Run run) {
  constexpr int kSteps = 100;
  std::vector<double> vector(pairs.count, 1.0);
  for (int step = 0; step < kSteps; ++step) {
    std::vector<double> next(pairs.count);
    for_each_annotator(pairs.count, run, [&](std::size_t w) {
      double sum = 0;
      double partners = 0;
      for (std::size_t v = 0; v < pairs.count; ++v) {
        const double value = pairs.covariance.row(w)[v];
        if (pairs.common.row(w)[v] <= 0 || value == 0) continue;
        partners += 1;
        sum += value > 0 ? vector[v] : -vector[v];
      }
      next[w] = partners > 0 ? vector[w] + sum / partners
                             : vector[w];  // the shift keeps the iteration from swinging
    });
    double largest = 0;
    for (const double value : next) largest = std::max(largest, std::abs(value));
    if (!(largest > 0)) break;
    for (std::size_t w = 0; w < pairs.count; ++w) vector[w] = next[w] / largest;
  }
  double balance = 0;
  for (double& value : vector) balance += value = value < 0 ? -1 : 1;
  if (balance < 0)
    for (double& value : vector) value = -value;
  return vector;
}

double norm(std::span<const double> vector) {
  double square = 0;
  for (const double value : vector) square += value * value;
  return std::sqrt(square);
}

struct Factors {
  std::vector<double> left;
  std::vector<double> right;
  int steps = 0;
  bool converged = false;
};

Result<Factors> factorise(const Pairs& pairs, const MmsrOptions& options, double fallback, Run run) {
  Rng rng(options.seed);
  Factors factors;
  for (std::size_t w = 0; w < pairs.count; ++w) factors.left.push_back(rng.uniform());
  for (std::size_t w = 0; w < pairs.count; ++w) factors.right.push_back(rng.uniform());
  while (factors.steps < options.max_steps && !factors.converged) {
    MIZAN_CHECK_OK(check_step(run, "mmsr", factors.steps, options.max_steps));
    const Factors before = factors;
    improve(pairs, factors.left, fallback, factors.right, run);
    improve(pairs, factors.right, fallback, factors.left, run);
    double change = 0;
    for (std::size_t w = 0; w < pairs.count; ++w)
      change = std::max(
          {change, std::abs(factors.left[w] - before.left[w]), std::abs(factors.right[w] - before.right[w])});
    factors.converged = change <= options.tolerance;
    ++factors.steps;
  }
  return factors;
}

// [W] signed skills inside the range that the number of tasks can tell from perfect and from contrary.
std::vector<double> skills_of(const Pairs& pairs, const Factors& factors, const LabelMatrix& labels,
                              Run run) {
  const double resolution = 1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, labels.task_count())));
  const double lowest = -1 / static_cast<double>(labels.class_count() - 1) + resolution;
  const double right_norm = norm(factors.right);
  const double scale = right_norm > 0 ? std::sqrt(norm(factors.left) / right_norm) : 1;
  const std::vector<double> sign = signs_of(pairs, run);
  std::vector<double> skill(labels.annotator_count());
  std::vector<char> is_known(skill.size(), 0);
  double sum = 0;
  double known = 0;
  for (std::size_t w = 0; w < skill.size(); ++w) {
    const auto common = pairs.common.row(w);
    is_known[w] = std::any_of(common.begin(), common.end(), [](double c) { return c > 0; }) ? 1 : 0;
    skill[w] = std::max(std::min(scale > 0 ? sign[w] * factors.left[w] / scale : 0, 1 - resolution), lowest);
    if (is_known[w] != 0) {
      sum += skill[w];
      known += 1;
    }
  }
  for (std::size_t w = 0; w < skill.size(); ++w)
    if (is_known[w] == 0) skill[w] = known > 0 ? std::max(sum / known, lowest) : 0.5;
  return skill;
}

LogConfusion as_confusion(std::span<const double> skill, std::size_t classes) {
  const auto k = static_cast<double>(classes);
  LogConfusion model{std::vector<double>(classes, -std::log(k)), Table(skill.size() * classes, classes)};
  for (std::size_t w = 0; w < skill.size(); ++w) {
    const double right = skill[w] * (k - 1) / k + 1 / k;
    for (std::size_t label = 0; label < classes; ++label)
      for (std::size_t answer = 0; answer < classes; ++answer)
        model.log_rows.row(w * classes + label)[answer] =
            std::log(label == answer ? right : (1 - right) / (k - 1));
  }
  return model;
}

}  // namespace

Result<Belief> mmsr(const Evidence& evidence, const MmsrOptions& options, Run run) {
  const LabelMatrix& labels = evidence.labels;
  if (labels.annotator_count() > options.most_annotators)
    return fail(ErrorCode::cannot_be_known,
                "M-MSR compares every pair of annotators; " + std::to_string(labels.annotator_count()) +
                    " are too many",
                {}, "use one_coin, which rests on the same idea");
  const Pairs pairs = pairs_of(evidence, run);
  const double fallback = 1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, labels.task_count())));
  MIZAN_TRY(const Factors factors, factorise(pairs, options, fallback, run));
  Belief belief;
  belief.iterations = factors.steps;
  belief.converged = factors.converged;
  belief.skill = skills_of(pairs, factors, labels, run);
  const LogConfusion model = as_confusion(belief.skill, labels.class_count());
  belief.posterior = Table(labels.task_count(), labels.class_count());
  belief.objective = fill_posteriors(evidence, model, belief.posterior, run);
  belief.class_prior.assign(labels.class_count(), 1.0 / static_cast<double>(labels.class_count()));
  belief.confusion = confusion_of(model);
  return belief;
}

}  // namespace mizan::truth
