#include "mizan/engine/truth/methods/ebcc_restart.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/engine/truth/em/confusion_model.h"
#include "mizan/engine/truth/special.h"

namespace mizan::truth::ebcc_internal {
namespace {

// A class that nobody chose still needs a positive pseudo-count.
constexpr double kLeastClassCount = 0.01;
// A subtype to which less than this many tasks belong is dead: the rest of the run cannot tell.
constexpr double kDeadCount = 1e-7;

}  // namespace

Problem prepare(const Evidence& evidence, const EbccOptions& options, Run run) {
  Problem problem{evidence, options, by_annotator(evidence.labels), vote_shares(evidence, run), {}};
  problem.class_count.assign(problem.classes(), 0.0);
  for (std::size_t t = 0; t < problem.votes.rows; ++t)
    if (takes_part(evidence, static_cast<TaskIndex>(t)))
      for (std::size_t k = 0; k < problem.classes(); ++k) problem.class_count[k] += problem.votes.row(t)[k];
  for (double& count : problem.class_count) count = std::max(count, kLeastClassCount);
  return problem;
}

Restart::Restart(const Problem& problem, Rng rng)
    : problem_(problem),
      share_(problem.votes.rows, problem.cells()),
      answer_(problem.votes),
      counts_(problem.evidence.labels.annotator_count() * problem.classes(), problem.cells()),
      log_rows_(counts_.rows, problem.cells()) {
  const std::size_t subtypes = problem.options.subtypes;
  const std::vector<double> even(subtypes, 1.0);
  for (std::size_t k = 0; k <= problem.classes(); ++k) begin_.push_back(k * subtypes);
  for (std::size_t c = 0; c < problem.cells(); ++c) answer_of_.push_back(c / subtypes);
  for (std::size_t t = 0; t < share_.rows; ++t)
    for (std::size_t k = 0; k < problem.classes(); ++k) {
      const auto own = share_.row(t).subspan(begin_[k], subtypes);
      rng.dirichlet(even, own);
      for (double& cell : own) cell *= answer_.row(t)[k];
    }
}

std::size_t Restart::task_blocks() const {
  return block_count(problem_.evidence.labels.label_count() * cells() / 4, 0);
}

void Restart::sum_cells(Run run) {
  const std::size_t blocks = task_blocks();
  std::vector<std::vector<double>> partial(blocks, std::vector<double>(cells(), 0.0));
  parallel_blocks(run.pool, share_.rows, blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t)
      if (takes_part(problem_.evidence, static_cast<TaskIndex>(t)))
        for (std::size_t c = 0; c < cells(); ++c) partial[block][c] += share_.row(t)[c];
  });
  cell_count_.assign(cells(), 0.0);
  for (const auto& part : partial)
    for (std::size_t c = 0; c < cells(); ++c) cell_count_[c] += part[c];
}

// Packs the living cells to the front of every row once a quarter of them is dead. Each class keeps one.
void Restart::bury_the_dead() {
  std::vector<std::size_t> alive;
  std::vector<std::size_t> begin{0};
  for (std::size_t k = 0; k < problem_.classes(); ++k) {
    for (std::size_t c = begin_[k]; c < begin_[k + 1]; ++c)
      if (cell_count_[c] >= kDeadCount) alive.push_back(c);
    if (alive.size() == begin.back()) alive.push_back(begin_[k]);
    begin.push_back(alive.size());
  }
  if (alive.size() > cells() - (cells() + 3) / 4) return;
  std::size_t write = 0;
  for (std::size_t t = 0; t < share_.rows; ++t)
    for (const std::size_t c : alive) share_.values[write++] = share_.values[t * cells() + c];
  const std::vector<double> count = cell_count_;
  const std::vector<std::size_t> answer = answer_of_;
  for (std::size_t i = 0; i < alive.size(); ++i) {
    cell_count_[i] = count[alive[i]];
    answer_of_[i] = answer[alive[i]];
  }
  share_.columns = counts_.columns = log_rows_.columns = alive.size();
  begin_ = begin;
}

Restart::Subtypes Restart::subtypes_of(std::size_t answer) const {
  const std::vector<double> prior(problem_.options.subtypes, subtype_prior());
  Subtypes own{prior, prior, 0};
  for (std::size_t c = begin_[answer]; c < begin_[answer + 1]; ++c)
    own.count[c - begin_[answer]] += cell_count_[c];
  own.sum = std::accumulate(own.count.begin(), own.count.end(), 0.0);
  return own;
}

// Beliefs about class and subtype shares.
void Restart::fit_cells() {
  class_total_ = problem_.class_count;
  for (std::size_t c = 0; c < cells(); ++c) class_total_[answer_of_[c]] += cell_count_[c];
  const double at_all = digamma(std::accumulate(class_total_.begin(), class_total_.end(), 0.0));
  log_cell_.assign(cells(), 0.0);
  for (std::size_t k = 0; k < problem_.classes(); ++k) {
    const Subtypes own = subtypes_of(k);
    const double log_class = digamma(class_total_[k]) - at_all - digamma(own.sum);
    for (std::size_t c = begin_[k]; c < begin_[k + 1]; ++c)
      log_cell_[c] = log_class + digamma(own.count[c - begin_[k]]);
  }
}

// One annotator's expected counts, and the logarithms expected under them.
void Restart::fit_annotator(std::size_t annotator) {
  const std::size_t classes = problem_.classes();
  const std::size_t width = cells();
  double* counts = counts_.row(annotator * classes).data();
  std::fill(counts, counts + classes * width, 0.0);
  const LabelsByAnnotator& index = problem_.by_annotator;
  for (std::size_t i = index.offsets[annotator]; i < index.offsets[annotator + 1]; ++i) {
    double* into = counts + index.label[i] * width;
    const double* from = share_.row(index.task[i]).data();
    for (std::size_t c = 0; c < width; ++c) into[c] += from[c];
  }
  double* logs = log_rows_.row(annotator * classes).data();
  for (std::size_t c = 0; c < width; ++c) {
    double sum = 0;
    for (std::size_t label = 0; label < classes; ++label) {
      const double posterior = problem_.confusion_count(answer_of_[c], label) + counts[label * width + c];
      sum += posterior;
      logs[label * width + c] = digamma(posterior);
    }
    const double at_sum = digamma(sum);
    for (std::size_t label = 0; label < classes; ++label) logs[label * width + c] -= at_sum;
  }
}

void Restart::fit_annotators(Run run) {
  const std::size_t annotators = problem_.evidence.labels.annotator_count();
  parallel_blocks(run.pool, annotators, std::min<std::size_t>(annotators, 64),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) fit_annotator(w);
                  });
}

// The posterior of one task over cells; returns the log of its normaliser.
double Restart::fill_task(TaskIndex task, std::span<double> row) const {
  const std::size_t classes = problem_.classes();
  const std::size_t width = row.size();
  std::copy(log_cell_.begin(), log_cell_.end(), row.begin());
  problem_.evidence.labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
    const double* logs = log_rows_.row(annotator * classes + label).data();
    for (std::size_t c = 0; c < width; ++c) row[c] += logs[c];
  });
  const std::int32_t gold = problem_.evidence.gold_of(task);
  if (gold == kNoGold) return normalise_logs(row);
  const std::size_t begin = begin_[static_cast<std::size_t>(gold)];
  const std::size_t end = begin_[static_cast<std::size_t>(gold) + 1];
  for (std::size_t c = 0; c < width; ++c)
    if (c < begin || c >= end) row[c] = 0;
  return normalise_logs(row.subspan(begin, end - begin));
}

void Restart::fill_tasks(Run run) {
  const std::size_t blocks = task_blocks();
  std::vector<double> sums(blocks, 0.0);
  std::vector<double> changes(blocks, 0.0);
  parallel_blocks(run.pool, share_.rows, blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      const auto task = static_cast<TaskIndex>(t);
      if (!takes_part(problem_.evidence, task)) continue;
      const auto row = share_.row(t);
      sums[block] += fill_task(task, row);
      for (std::size_t k = 0; k < problem_.classes(); ++k) {
        const auto own = row.subspan(begin_[k], begin_[k + 1] - begin_[k]);
        const double fresh = std::accumulate(own.begin(), own.end(), 0.0);
        changes[block] = std::max(changes[block], std::abs(fresh - answer_.row(t)[k]));
        answer_.row(t)[k] = fresh;
      }
    }
  });
  largest_change_ = *std::max_element(changes.begin(), changes.end());
  log_likelihood_ = std::accumulate(sums.begin(), sums.end(), 0.0);
}

double Restart::annotator_divergence(std::size_t annotator) const {
  const std::size_t classes = problem_.classes();
  std::vector<double> prior(classes);
  std::vector<double> posterior(classes);
  double divergence = 0;
  for (std::size_t c = 0; c < cells(); ++c) {
    for (std::size_t label = 0; label < classes; ++label) {
      prior[label] = problem_.confusion_count(answer_of_[c], label);
      posterior[label] = prior[label] + counts_.row(annotator * classes + label)[c];
    }
    divergence += dirichlet_divergence(posterior, prior);
  }
  return divergence;
}

// Exact for the beliefs that the last posteriors were made with: log normalisers of the tasks, less what the
// beliefs about shares and annotators diverge from their priors. The dead are at their priors and add
// nothing.
double Restart::free_energy(Run run) const {
  double divergence = dirichlet_divergence(class_total_, problem_.class_count);
  for (std::size_t k = 0; k < problem_.classes(); ++k) {
    const Subtypes own = subtypes_of(k);
    divergence += dirichlet_divergence(own.count, own.prior);
  }
  const std::size_t annotators = problem_.evidence.labels.annotator_count();
  std::vector<double> terms(annotators, 0.0);
  parallel_blocks(run.pool, annotators, std::min<std::size_t>(annotators, 64),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) terms[w] = annotator_divergence(w);
                  });
  return log_likelihood_ - std::accumulate(terms.begin(), terms.end(), divergence);
}

Result<void> Restart::settle(Run run) {
  while (steps_ < problem_.options.max_steps && !converged_) {
    if (run.progress.is_cancelled()) return fail(ErrorCode::cancelled, "EBCC was cancelled");
    sum_cells(run);
    bury_the_dead();
    fit_cells();
    fit_annotators(run);
    fill_tasks(run);
    converged_ = largest_change_ <= problem_.options.tolerance;
    ++steps_;
    const bool is_last = converged_ || steps_ == problem_.options.max_steps;
    if (is_last || problem_.options.keeps_trace) trace_.push_back(free_energy(run));
  }
  return {};
}

Belief Restart::belief() const {
  const std::size_t classes = problem_.classes();
  Belief belief;
  belief.posterior = answer_;
  belief.class_prior = class_shares(class_total_, 0);
  belief.confusion.assign(counts_.rows * classes, 0.0);
  for (std::size_t annotator = 0; annotator < counts_.rows / classes; ++annotator)
    for (std::size_t k = 0; k < classes; ++k) {
      const auto row = std::span(belief.confusion).subspan((annotator * classes + k) * classes, classes);
      add_confusion(annotator, k, row);
    }
  belief.objective_trace = trace_;
  belief.objective = trace_.back();
  belief.iterations = steps_;
  belief.converged = converged_;
  return belief;
}

// The posterior mean of a class's row: its subtypes' means, weighted by their shares.
void Restart::add_confusion(std::size_t annotator, std::size_t answer, std::span<double> row) const {
  const std::size_t classes = row.size();
  const Subtypes own = subtypes_of(answer);
  const double prior_sum =
      problem_.options.diagonal + problem_.options.off_diagonal * static_cast<double>(classes - 1);
  double share_left = 1;  // of the dead, who are at their prior
  for (std::size_t c = begin_[answer]; c < begin_[answer + 1]; ++c) {
    double sum = prior_sum;
    for (std::size_t label = 0; label < classes; ++label) sum += counts_.row(annotator * classes + label)[c];
    const double share = own.count[c - begin_[answer]] / own.sum;
    share_left -= share;
    for (std::size_t label = 0; label < classes; ++label)
      row[label] += share *
                    (problem_.confusion_count(answer, label) + counts_.row(annotator * classes + label)[c]) /
                    sum;
  }
  for (std::size_t label = 0; label < classes; ++label)
    row[label] += share_left * problem_.confusion_count(answer, label) / prior_sum;
}

}  // namespace mizan::truth::ebcc_internal
