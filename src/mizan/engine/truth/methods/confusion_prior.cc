#include "mizan/engine/truth/methods/confusion_prior.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mizan/engine/truth/special.h"

namespace mizan::truth {
namespace {

constexpr std::size_t kMostMembers = 2000;
constexpr int kMostRounds = 40;
constexpr int kMostHalvings = 6;
constexpr double kSettled = 1e-4;  // change of a logarithm

// The counts of one row of one annotator's confusion matrix.
class Row {
 public:
  Row(const Table& counts, AnnotatorIndex annotator, std::size_t answer)
      : counts_(counts), first_(annotator * counts.columns), answer_(answer) {}
  [[nodiscard]] double at(std::size_t label) const { return counts_.row(first_ + label)[answer_]; }
  [[nodiscard]] double right() const { return at(answer_); }
  [[nodiscard]] double sum() const {
    double total = 0;
    for (std::size_t label = 0; label < counts_.columns; ++label) total += at(label);
    return total;
  }

 private:
  const Table& counts_;
  std::size_t first_;
  std::size_t answer_;
};

std::vector<AnnotatorIndex> informed(const Table& counts, std::span<const AnnotatorIndex> members) {
  std::vector<AnnotatorIndex> with_counts;
  const std::size_t classes = counts.columns;
  for (const AnnotatorIndex annotator : members) {
    const auto begin = counts.values.begin() + static_cast<std::ptrdiff_t>(annotator * classes * classes);
    if (std::any_of(begin, begin + static_cast<std::ptrdiff_t>(classes * classes),
                    [](double count) { return count > 0; }))
      with_counts.push_back(annotator);
  }
  if (with_counts.size() <= kMostMembers) return with_counts;
  std::vector<AnnotatorIndex> sample;
  for (std::size_t i = 0; i < kMostMembers; ++i)
    sample.push_back(with_counts[i * with_counts.size() / kMostMembers]);
  return sample;
}

// The logarithms of a row's two numbers.
struct Logs {
  double right;
  double wrong;
};

// What the level above says of one row, and how firmly.
struct Pull {
  Logs parent;
  double strength;
};

// The penalised likelihood's slope and curvature in the two logarithms, and the terms of Minka's bound:
// likelihood >= gain_right * log d + gain_wrong * log o - cost * (d + (K-1) o) + constant, tight at (d, o).
struct Shape {
  Logs slope{0, 0};
  double right_right = 0;
  double right_wrong = 0;
  double wrong_wrong = 0;
  double gain_right = 0;
  double gain_wrong = 0;
  double cost = 0;
};

void add_row(const Row& row, std::size_t answer, std::size_t classes, const Logs& at, Shape& shape) {
  const double sum = row.sum();
  if (sum <= 0) return;
  const double right = std::exp(at.right);
  const double wrong = std::exp(at.wrong);
  const auto others = static_cast<double>(classes - 1);
  const double total = right + others * wrong;
  shape.cost += digamma(total + sum) - digamma(total);
  const double bend = trigamma(total) - trigamma(total + sum);
  shape.right_right += right * right * bend;
  shape.right_wrong += others * right * wrong * bend;
  shape.wrong_wrong += others * others * wrong * wrong * bend;
  for (std::size_t label = 0; label < classes; ++label) {
    const double count = row.at(label);
    if (count <= 0) continue;
    const double own = label == answer ? right : wrong;
    const double gain = own * (digamma(own + count) - digamma(own));
    const double curve = own * own * (trigamma(own + count) - trigamma(own));
    (label == answer ? shape.gain_right : shape.gain_wrong) += gain;
    (label == answer ? shape.right_right : shape.wrong_wrong) += curve;
  }
}

Shape shape_at(const Table& counts, std::span<const AnnotatorIndex> members, std::size_t answer,
               const Logs& at, const Pull& pull) {
  Shape shape;
  for (const AnnotatorIndex annotator : members)
    add_row(Row(counts, annotator, answer), answer, counts.columns, at, shape);
  const double pay_right = shape.cost * std::exp(at.right);
  const double pay_wrong = shape.cost * std::exp(at.wrong) * static_cast<double>(counts.columns - 1);
  shape.slope.right = shape.gain_right - pay_right - pull.strength * (at.right - pull.parent.right);
  shape.slope.wrong = shape.gain_wrong - pay_wrong - pull.strength * (at.wrong - pull.parent.wrong);
  shape.right_right += shape.gain_right - pay_right - pull.strength;
  shape.wrong_wrong += shape.gain_wrong - pay_wrong - pull.strength;
  return shape;
}

// Newton's step, no longer than 1.5 in either logarithm; nothing where the likelihood is not concave.
std::optional<Logs> newton_step(const Shape& shape) {
  const double determinant = shape.right_right * shape.wrong_wrong - shape.right_wrong * shape.right_wrong;
  if (!(shape.right_right < 0) || !(determinant > 0)) return std::nullopt;
  const Logs step{
      (shape.right_wrong * shape.slope.wrong - shape.wrong_wrong * shape.slope.right) / determinant,
      (shape.right_wrong * shape.slope.right - shape.right_right * shape.slope.wrong) / determinant};
  const double scale = std::min(1.0, 1.5 / std::max({std::abs(step.right), std::abs(step.wrong), 1e-300}));
  return Logs{step.right * scale, step.wrong * scale};
}

// The u that maximises gain*u - cost*exp(u) - strength/2 (u - parent)^2: concave, so Newton with short steps.
double best_log(double gain, double cost, double strength, double parent, double start) {
  double u = start;
  for (int step = 0; step < 50; ++step) {
    const double rise = cost * std::exp(u);
    const double slope = gain - rise - strength * (u - parent);
    const double move = std::clamp(slope / (rise + strength), -1.0, 1.0);
    u += move;
    if (std::abs(move) < 1e-10) break;
  }
  return u;
}

// The row that maximises Minka's bound: never worse than where the bound was taken.
Logs bound_step(const Shape& shape, double others, const Logs& at, const Pull& pull) {
  return {
      best_log(shape.gain_right, shape.cost, pull.strength, pull.parent.right, at.right) - at.right,
      best_log(shape.gain_wrong, shape.cost * others, pull.strength, pull.parent.wrong, at.wrong) - at.wrong};
}

// Climbs the penalised likelihood of one row by Newton, halved until it rises, else by Minka's bound.
class RowFit {
 public:
  RowFit(const Table& counts, std::span<const AnnotatorIndex> members, const ConfusionPrior& parent,
         double strength, std::size_t answer)
      : counts_(counts), members_(members), parent_(parent), answer_(answer), prior_(parent) {
    pull_ = {{std::log(parent.diagonal[answer]), std::log(parent.off_diagonal[answer])}, strength};
  }

  Logs climb() {
    Logs at = pull_.parent;
    double height = height_at(at);
    for (int round = 0; round < kMostRounds; ++round) {
      const Logs step = next_step(at, height);
      at = {at.right + step.right, at.wrong + step.wrong};
      height = height_at(at);
      if (std::max(std::abs(step.right), std::abs(step.wrong)) < kSettled) break;
    }
    return at;
  }

 private:
  double height_at(const Logs& at) {
    prior_.diagonal[answer_] = std::exp(at.right);
    prior_.off_diagonal[answer_] = std::exp(at.wrong);
    return prior_fit(counts_, members_, prior_, parent_, pull_.strength, answer_);
  }

  Logs next_step(const Logs& at, double height) {
    const Shape shape = shape_at(counts_, members_, answer_, at, pull_);
    if (const auto newton = newton_step(shape)) {
      Logs step = *newton;
      for (int halving = 0; halving < kMostHalvings; ++halving) {
        if (height_at({at.right + step.right, at.wrong + step.wrong}) >= height) return step;
        step = {step.right / 2, step.wrong / 2};
      }
    }
    return bound_step(shape, static_cast<double>(counts_.columns - 1), at, pull_);
  }

  const Table& counts_;
  std::span<const AnnotatorIndex> members_;
  const ConfusionPrior& parent_;
  std::size_t answer_;
  ConfusionPrior prior_;  // scratch
  Pull pull_{};
};

}  // namespace

ConfusionPrior flat_prior(std::size_t class_count, double diagonal, double off_diagonal) {
  return {std::vector<double>(class_count, diagonal), std::vector<double>(class_count, off_diagonal), 0};
}

ConfusionPrior fit_prior(const Table& counts, std::span<const AnnotatorIndex> members,
                         const ConfusionPrior& parent, double strength) {
  ConfusionPrior prior = parent;
  const std::vector<AnnotatorIndex> sample = informed(counts, members);
  prior.annotator_count = sample.size();
  for (std::size_t answer = 0; answer < counts.columns; ++answer) {
    const Logs best = RowFit(counts, sample, parent, strength, answer).climb();
    prior.diagonal[answer] = std::exp(best.right);
    prior.off_diagonal[answer] = std::exp(best.wrong);
  }
  return prior;
}

double prior_fit(const Table& counts, std::span<const AnnotatorIndex> members, const ConfusionPrior& prior,
                 const ConfusionPrior& parent, double strength, std::size_t answer) {
  double fit = 0;
  for (const AnnotatorIndex annotator : members) {
    const Row row(counts, annotator, answer);
    fit += log_gamma(prior.row_sum(answer)) - log_gamma(prior.row_sum(answer) + row.sum());
    for (std::size_t label = 0; label < counts.columns; ++label)
      fit += log_gamma(prior.at(answer, label) + row.at(label)) - log_gamma(prior.at(answer, label));
  }
  const double right = std::log(prior.diagonal[answer] / parent.diagonal[answer]);
  const double wrong = std::log(prior.off_diagonal[answer] / parent.off_diagonal[answer]);
  return fit - strength / 2 * (right * right + wrong * wrong);
}

}  // namespace mizan::truth
