#include "mizan/engine/supplier/skill_sampler.h"

#include <algorithm>
#include <cmath>

namespace mizan::supplier {
namespace {

// What is believed of a supplier before its labels: rows mostly on the right class, worth four labels; and a
// concentration of about ten labels.
constexpr double kRightPseudoCount = 3;
constexpr double kWrongPseudoCount = 1;
constexpr double kConcentrationShape = 2;
constexpr double kConcentrationRate = 0.2;
constexpr double kStartConcentration = 8;
constexpr double kSmallestWeight = 1e-3;
// The vote shares as a prior of the class mix, worth this part of the tasks: keeps thin data from losing a
// class.
constexpr double kVotePriorShare = 0.05;

double log_gamma_draw(Rng& rng, double shape) {
  if (shape >= 1) return std::log(rng.gamma(shape));
  return std::log(rng.gamma(shape + 1)) + std::log(1 - rng.uniform()) / shape;
}

// In place: logarithms to shares that add up to 1.
void softmax(std::span<double> row) {
  const double top = *std::max_element(row.begin(), row.end());
  double total = 0;
  for (double& value : row) total += value = std::exp(value - top);
  for (double& value : row) value /= total;
}

}  // namespace

SampledLabels sampled_labels(const truth::LabelMatrix& labels, std::span<const std::uint32_t> supplier_of,
                             std::size_t supplier_count, ThreadPool& pool) {
  SampledLabels out;
  out.offsets = labels.offsets();
  out.class_count = labels.class_count();
  out.annotator_count = labels.annotator_count();
  out.supplier_of.assign(supplier_of.begin(), supplier_of.end());
  if (supplier_of.empty()) out.supplier_of.assign(out.annotator_count, 0);
  out.supplier_count = supplier_of.empty() ? 1 : supplier_count;
  out.codes.resize(labels.label_count());
  parallel_blocks(pool, labels.label_count(), truth::block_count(labels.label_count(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t i = begin; i < end; ++i)
                      out.codes[i] =
                          labels.has_narrow_codes() ? labels.narrow_codes()[i] : labels.wide_codes()[i];
                  });
  out.class_votes.assign(out.class_count, 0);
  for (const std::uint32_t code : out.codes) out.class_votes[code % out.class_count] += 1;
  for (double& share : out.class_votes)
    share /= static_cast<double>(std::max<std::size_t>(1, out.codes.size()));
  for (truth::TaskIndex task = 0; task < out.task_count(); ++task)
    if (out.offsets[task] < out.offsets[task + 1]) out.studied.push_back(task);
  return out;
}

void study_a_part(SampledLabels& labels, std::size_t label_count, Rng rng) {
  const double share =
      static_cast<double>(label_count) / static_cast<double>(std::max<std::size_t>(1, labels.codes.size()));
  if (share >= 1) return;
  std::erase_if(labels.studied, [&](truth::TaskIndex) { return rng.uniform() >= share; });
}

SkillSampler::SkillSampler(const SampledLabels& labels, const truth::Table& start,
                           std::span<const std::int32_t> gold, Rng rng)
    : labels_(labels), gold_(gold), rng_(rng) {
  const std::size_t classes = labels.class_count;
  answer_.resize(labels.task_count());
  counts_.resize(labels.annotator_count * classes * classes);
  log_theta_.assign(counts_.size(), std::log(1 / static_cast<double>(classes)));
  concentration_.resize(labels.supplier_count);
  log_prior_.resize(classes);
  class_counts_.resize(classes);
  is_used_.assign(labels.annotator_count, 0);
  for (const std::uint32_t code : labels.codes) is_used_[code / classes] = 1;
  centre_.resize(labels.supplier_count * classes * classes);
  begin(start);
}

void SkillSampler::begin(const truth::Table& start) {
  const std::size_t classes = labels_.class_count;
  std::fill(concentration_.begin(), concentration_.end(), kStartConcentration);
  for (std::size_t row = 0; row < labels_.supplier_count * classes; ++row)
    for (std::size_t l = 0; l < classes; ++l)
      centre_[row * classes + l] = l == row % classes ? 0.7 : 0.3 / static_cast<double>(classes - 1);
  std::fill(counts_.begin(), counts_.end(), 0.0F);
  std::fill(class_counts_.begin(), class_counts_.end(), 0.0);
  for (std::size_t task = 0; task < answer_.size(); ++task) {
    const std::int32_t gold = gold_.empty() ? truth::kNoGold : gold_[task];
    const std::size_t answer =
        gold == truth::kNoGold ? rng_.categorical(start.row(task)) : static_cast<std::size_t>(gold);
    answer_[task] = static_cast<std::uint16_t>(answer);
    class_counts_[answer] += 1;
    for (std::size_t i = labels_.offsets[task]; i < labels_.offsets[task + 1]; ++i)
      counts_[labels_.codes[i] * classes + answer] += 1;
  }
  draw_suppliers();
  draw_annotators();
  draw_class_mix();
}

void SkillSampler::sweep() {
  draw_truth();
  draw_suppliers();
  draw_annotators();
  draw_class_mix();
}

void SkillSampler::draw_truth() {
  const std::size_t classes = labels_.class_count;
  std::fill(counts_.begin(), counts_.end(), 0.0F);
  std::fill(class_counts_.begin(), class_counts_.end(), 0.0);
  std::vector<double> row(classes);
  for (const truth::TaskIndex task : labels_.studied) {
    const std::int32_t gold = gold_.empty() ? truth::kNoGold : gold_[task];
    std::size_t answer = static_cast<std::size_t>(std::max(gold, 0));
    const std::size_t begin = labels_.offsets[task];
    const std::size_t end = labels_.offsets[task + 1];
    if (gold == truth::kNoGold) {
      std::copy(log_prior_.begin(), log_prior_.end(), row.begin());
      add_labels(begin, end, row);
      softmax(row);
      double mark = rng_.uniform();
      for (answer = 0; answer + 1 < classes && mark >= row[answer]; ++answer) mark -= row[answer];
    }
    answer_[task] = static_cast<std::uint16_t>(answer);
    class_counts_[answer] += 1;
    for (std::size_t i = begin; i < end; ++i) counts_[labels_.codes[i] * classes + answer] += 1;
  }
}

// How many tables `count` guests take in a Chinese restaurant of this weight: what a count tells about the
// centre of its Dirichlet prior (Antoniak 1974, doi:10.1214/aos/1176342871).
double SkillSampler::tables_of(double count, double weight) {
  constexpr double kDrawnOneByOne = 40;
  if (count < 0.5) return 0;
  double tables = 1;
  const double exact = std::min(count, kDrawnOneByOne);
  for (double guest = 1; guest < exact; ++guest)
    if (rng_.uniform() * (weight + guest) < weight) tables += 1;
  if (count > exact) {
    const double rest = weight * std::log((weight + count - 0.5) / (weight + exact - 0.5));
    tables += std::floor(rest + rng_.uniform());
  }
  return tables;
}

void SkillSampler::draw_suppliers() {
  const std::size_t classes = labels_.class_count;
  std::vector<double> tables(centre_.size());
  std::vector<double> shape(labels_.supplier_count, kConcentrationShape);
  std::vector<double> rate(labels_.supplier_count, kConcentrationRate);
  for (std::size_t a = 0; a < labels_.annotator_count; ++a) {
    if (is_used_[a] == 0) continue;
    const std::uint32_t s = labels_.supplier_of[a];
    for (std::size_t k = 0; k < classes; ++k) {
      double total = 0;
      for (std::size_t l = 0; l < classes; ++l) {
        const double count = counts_[(a * classes + l) * classes + k];
        if (count < 0.5) continue;
        total += count;
        const std::size_t cell = (s * classes + k) * classes + l;
        const double drawn = tables_of(count, concentration_[s] * centre_[cell]);
        tables[cell] += drawn;
        shape[s] += drawn;
      }
      if (total < 0.5) continue;
      // Auxiliary variables of Escobar & West 1995, doi:10.1080/01621459.1995.10476550, one pair a row.
      rate[s] -= std::log(std::max(1e-300, rng_.beta(concentration_[s] + 1, total)));
      if (rng_.uniform() * (total + concentration_[s]) < total) shape[s] -= 1;
    }
  }
  std::vector<double> weights(classes);
  for (std::size_t s = 0; s < labels_.supplier_count; ++s) {
    concentration_[s] = std::clamp(rng_.gamma(std::max(shape[s], 0.1)) / rate[s], 0.2, 2000.0);
    for (std::size_t k = 0; k < classes; ++k) {
      const std::size_t first = (s * classes + k) * classes;
      for (std::size_t l = 0; l < classes; ++l)
        weights[l] = tables[first + l] +
                     (l == k ? kRightPseudoCount : kWrongPseudoCount / static_cast<double>(classes - 1));
      rng_.dirichlet(weights, {&centre_[first], classes});
    }
  }
}

void SkillSampler::draw_annotators() {
  const std::size_t classes = labels_.class_count;
  std::vector<double> row(classes);
  for (std::size_t a = 0; a < labels_.annotator_count; ++a) {
    if (is_used_[a] == 0) continue;
    const std::uint32_t s = labels_.supplier_of[a];
    for (std::size_t k = 0; k < classes; ++k) {
      const double* centre = &centre_[(s * classes + k) * classes];
      for (std::size_t l = 0; l < classes; ++l)
        row[l] = log_gamma_draw(rng_, std::max(kSmallestWeight, concentration_[s] * centre[l]) +
                                          static_cast<double>(counts_[(a * classes + l) * classes + k]));
      const double top = *std::max_element(row.begin(), row.end());
      double total = 0;
      for (const double value : row) total += std::exp(value - top);
      const double log_total = top + std::log(total);
      for (std::size_t l = 0; l < classes; ++l)
        log_theta_[(a * classes + l) * classes + k] = std::max(row[l] - log_total, -40.0);
    }
  }
}

void SkillSampler::draw_class_mix() {
  const std::size_t classes = labels_.class_count;
  std::vector<double> weights(classes);
  const double votes = kVotePriorShare * static_cast<double>(labels_.studied.size());
  for (std::size_t k = 0; k < classes; ++k)
    weights[k] = class_counts_[k] + 1 + votes * labels_.class_votes[k];
  rng_.dirichlet(weights, log_prior_);
  for (double& value : log_prior_) value = std::log(std::max(value, 1e-12));
}

void SkillSampler::fill_task_posterior(truth::TaskIndex task, double correlation,
                                       std::span<double> row) const {
  const std::size_t classes = labels_.class_count;
  const std::size_t begin = labels_.offsets[task];
  const std::size_t end = labels_.offsets[task + 1];
  std::fill(row.begin(), row.end(), 0.0);
  add_labels(begin, end, row);
  const double others = end > begin ? static_cast<double>(end - begin) - 1 : 0;
  const double worth = 1 / (1 + others * correlation);
  for (std::size_t k = 0; k < classes; ++k) row[k] = log_prior_[k] + worth * row[k];
  softmax(row);
}

void SkillSampler::fill_posterior(double correlation, truth::Table& posterior) const {
  for (std::size_t task = 0; task < answer_.size(); ++task)
    fill_task_posterior(static_cast<truth::TaskIndex>(task), correlation, posterior.row(task));
}

// Adds the logarithms of what the labels of a task say for each class.
void SkillSampler::add_labels(std::size_t begin, std::size_t end, std::span<double> row) const {
  const std::size_t classes = labels_.class_count;
  for (std::size_t i = begin; i < end; ++i) {
    const double* theta = &log_theta_[labels_.codes[i] * classes];
    const double worth = worth_.empty() ? 1 : static_cast<double>(worth_[i]);
    for (std::size_t k = 0; k < classes; ++k) row[k] += worth * theta[k];
  }
}

void SkillSampler::set_supplier_correlation(std::span<const double> correlation) {
  if (std::all_of(correlation.begin(), correlation.end(), [](double one) { return one <= 0; })) {
    worth_.clear();
    return;
  }
  worth_.resize(labels_.codes.size());
  std::vector<double> count(labels_.supplier_count);
  const auto supplier_at = [&](std::size_t i) {
    return labels_.supplier_of[labels_.codes[i] / labels_.class_count];
  };
  for (std::size_t task = 0; task < labels_.task_count(); ++task) {
    const std::size_t begin = labels_.offsets[task];
    const std::size_t end = labels_.offsets[task + 1];
    for (std::size_t i = begin; i < end; ++i) count[supplier_at(i)] += 1;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t s = supplier_at(i);
      worth_[i] = static_cast<float>(1 / (1 + (count[s] - 1) * correlation[s]));
    }
    for (std::size_t i = begin; i < end; ++i) count[supplier_at(i)] = 0;
  }
}

namespace {

/// Sums over the pairs of labels of a task: products of their residuals, and what they would be were the
/// residuals one and the same.
struct PairSums {
  double residual = 0;
  double residual_squares = 0;
  double spread = 0;
  double variance = 0;
  void add(double miss, double skill) {
    residual += miss;
    residual_squares += miss * miss;
    spread += std::sqrt(skill * (1 - skill));
    variance += skill * (1 - skill);
  }
  [[nodiscard]] double together() const { return residual * residual - residual_squares; }
  [[nodiscard]] double expected() const { return spread * spread - variance; }
};

/// A ratio of sums over tasks with its standard error.
class RatioOfSums {
 public:
  void add(double top, double bottom) {
    top_ += top;
    bottom_ += bottom;
    top_square_ += top * top;
    mixed_ += top * bottom;
    bottom_square_ += bottom * bottom;
  }
  [[nodiscard]] bool is_known() const { return bottom_ > 0; }
  [[nodiscard]] double value() const { return is_known() ? top_ / bottom_ : 0; }
  [[nodiscard]] double standard_error() const {
    if (!is_known()) return 0;
    const double r = value();
    return std::sqrt(std::max(0.0, top_square_ - 2 * r * mixed_ + r * r * bottom_square_)) / bottom_;
  }

 private:
  double top_ = 0;
  double bottom_ = 0;
  double top_square_ = 0;
  double mixed_ = 0;
  double bottom_square_ = 0;
};

// Less than this among the labels of one supplier is taken for chance.
constexpr double kLeastFamily = 0.1;

std::vector<double> beyond(const std::vector<RatioOfSums>& within, const RatioOfSums& across) {
  std::vector<double> out(within.size());
  if (!across.is_known()) return out;
  for (std::size_t s = 0; s < out.size(); ++s) {
    const double gap = within[s].value() - across.value();
    const double error = std::hypot(within[s].standard_error(), across.standard_error());
    if (within[s].is_known() && gap > 3 * error && gap > kLeastFamily) out[s] = std::min(gap, 0.95);
  }
  return out;
}

}  // namespace

ExcessAgreement SkillSampler::excess_agreement() const {
  const std::size_t classes = labels_.class_count;
  RatioOfSums all;
  RatioOfSums across;
  std::vector<RatioOfSums> within(labels_.supplier_count);
  std::vector<PairSums> own(labels_.supplier_count);
  for (const truth::TaskIndex task : labels_.studied) {
    if (labels_.offsets[task + 1] < labels_.offsets[task] + 2) continue;
    PairSums total;
    std::fill(own.begin(), own.end(), PairSums{});
    const std::size_t answer = answer_[task];
    for (std::size_t i = labels_.offsets[task]; i < labels_.offsets[task + 1]; ++i) {
      const std::uint32_t code = labels_.codes[i];
      const std::size_t label = code % classes;
      const double skill = std::exp(log_theta_[(code - label + answer) * classes + answer]);
      const double miss = (label == answer ? 1.0 : 0.0) - skill;
      total.add(miss, skill);
      own[labels_.supplier_of[code / classes]].add(miss, skill);
    }
    all.add(total.together(), total.expected());
    double rest = total.together();
    double rest_expected = total.expected();
    for (std::size_t s = 0; s < own.size(); ++s) {
      within[s].add(own[s].together(), own[s].expected());
      rest -= own[s].together();
      rest_expected -= own[s].expected();
    }
    across.add(rest, rest_expected);
  }
  return {all.value(), all.standard_error(), beyond(within, across)};
}

}  // namespace mizan::supplier
