#include "mizan/engine/integrity/low_effort.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

#include "mizan/engine/integrity/multiple_testing.h"
#include "mizan/engine/integrity/speed.h"
#include "mizan/engine/truth/confusion.h"

namespace mizan::integrity {
namespace {

constexpr std::size_t kMostSteps = 6;  // longest pattern looked for: A-B-C-D-E-F repeated

struct Model {
  const truth::Table& posterior;
  truth::Table score;             // [I,K] log evidence of all labels of a task under the confusions
  std::vector<double> confusion;  // [W,K,K]
  std::vector<double> pooled;     // [K,K] confusion of an annotator without labels of his own
  std::size_t classes;
};

// Log evidence of the labels of each task, one confusion matrix for each annotator, labels independent given
// the task.
truth::Table evidence_of_labels(const truth::LabelMatrix& labels, const truth::Table& posterior,
                                const std::vector<double>& confusion, truth::Run run) {
  const std::size_t classes = labels.class_count();
  std::vector<double> log_prior(classes, 1.0);
  for (std::size_t t = 0; t < posterior.rows; ++t)
    for (std::size_t k = 0; k < classes; ++k) log_prior[k] += posterior.row(t)[k];
  for (double& share : log_prior) share = std::log(share / static_cast<double>(posterior.rows + classes));
  std::vector<double> log_confusion(confusion.size());
  for (std::size_t i = 0; i < confusion.size(); ++i) log_confusion[i] = std::log(confusion[i]);
  truth::Table score(labels.task_count(), classes);
  parallel_blocks(run.pool, labels.task_count(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t task = begin; task < end; ++task) {
      auto row = score.row(task);
      std::copy(log_prior.begin(), log_prior.end(), row.begin());
      labels.visit_task(static_cast<truth::TaskIndex>(task),
                        [&](std::uint32_t annotator, std::uint32_t label) {
                          for (std::size_t k = 0; k < classes; ++k)
                            row[k] += log_confusion[(annotator * classes + k) * classes + label];
                        });
    }
  });
  return score;
}

// What the others say about a task: the evidence without this annotator's own label, tempered because
// annotators err together. A task whose answer is known (gold) stays known.
void belief_of_others(const Model& model, std::uint32_t annotator, std::uint32_t task, std::uint16_t label,
                      std::vector<double>& belief) {
  constexpr double kTemper = 0.7;
  constexpr double kKnown = 1 - 1e-12;
  const auto posterior = model.posterior.row(task);
  if (*std::max_element(posterior.begin(), posterior.end()) >= kKnown) {
    std::copy(posterior.begin(), posterior.end(), belief.begin());
    return;
  }
  const auto score = model.score.row(task);
  for (std::size_t k = 0; k < model.classes; ++k)
    belief[k] =
        kTemper *
        (score[k] - std::log(model.confusion[(annotator * model.classes + k) * model.classes + label]));
  const double most = *std::max_element(belief.begin(), belief.end());
  double total = 0;
  for (double& share : belief) total += share = std::exp(share - most);
  for (double& share : belief) share /= total;
}

// What an ordinary annotator would answer, on each task of one annotator, [n,K], and how right this one was.
struct Expectation {
  std::vector<double> answers;
  std::vector<double> class_share;   // [K] mean of what the others believe
  std::vector<double> answer_share;  // [K] how often this annotator gave each answer
  double right = 0;                  // mean belief of others in his answers
  double right_variance = 0;         // of that mean
};

Expectation expectation_of(const Model& model, const AnswerLog& log, std::uint32_t annotator) {
  const auto tasks = log.tasks_of(annotator);
  const auto labels = log.labels_of(annotator);
  const std::size_t classes = model.classes;
  const auto n = static_cast<double>(tasks.size());
  Expectation result{std::vector<double>(tasks.size() * classes), std::vector<double>(classes),
                     std::vector<double>(classes)};
  std::vector<double> belief(classes);
  double squares = 0;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    belief_of_others(model, annotator, tasks[i], labels[i], belief);
    result.answer_share[labels[i]] += 1 / n;
    result.right += belief[labels[i]] / n;
    squares += belief[labels[i]] * belief[labels[i]];
    for (std::size_t k = 0; k < classes; ++k) {
      result.class_share[k] += belief[k] / n;
      for (std::size_t l = 0; l < classes; ++l)
        result.answers[i * classes + l] += belief[k] * model.pooled[k * classes + l];
    }
  }
  result.right_variance = std::max(squares / n - result.right * result.right, 0.25 / n) / n;
  return result;
}

// Skill over chance: 0 = right as often as luck with his habits, 1 = always right.
struct Skill {
  double value;
  double standard_error;
  double right;   // share of answers that the others think right
  double chance;  // that share by luck with these habits
};
Skill skill_of(const Expectation& expected) {
  double chance = 0;
  for (std::size_t k = 0; k < expected.class_share.size(); ++k)
    chance += expected.class_share[k] * expected.answer_share[k];
  const double room = std::max(1 - chance, 0.05);
  return {(expected.right - chance) / room, std::sqrt(expected.right_variance) / room, expected.right,
          chance};
}

Flag constant_check(const Expectation& expected, std::uint32_t annotator, std::size_t n,
                    std::size_t classes) {
  const auto top =
      static_cast<std::size_t>(std::max_element(expected.answer_share.begin(), expected.answer_share.end()) -
                               expected.answer_share.begin());
  double mean = 0;
  double variance = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double p = expected.answers[i * classes + top];
    mean += p;
    variance += p * (1 - p);
  }
  const double count = expected.answer_share[top] * static_cast<double>(n);
  const bool nearly_always = expected.answer_share[top] >= 0.95;
  const double z = (count - mean) / std::sqrt(variance + 1);
  const double p_value =
      nearly_always ? std::min(1.0, normal_upper_tail(z) * static_cast<double>(classes)) : 1;
  return {annotator,
          Suspicion::constant_answers,
          p_value,
          1,
          expected.answer_share[top],
          mean / static_cast<double>(n),
          static_cast<std::uint32_t>(top),
          n};
}

// How often an answer equals the one `steps` before, against what the tasks explain; the strongest distance
// counts.
struct PositionCheck {
  Flag flag;
  double z = 0;
};
PositionCheck position_check(const Expectation& expected, std::span<const std::uint16_t> labels,
                             std::uint32_t annotator, std::size_t classes) {
  PositionCheck check{{annotator, Suspicion::position_bound, 1, 1, 0, 0, 1, labels.size()}, -1e9};
  const std::size_t n = labels.size();
  for (std::size_t steps = 1; steps <= kMostSteps && steps + 15 <= n; ++steps) {
    double same = 0;
    double mean = 0;
    double variance = 0;
    for (std::size_t i = steps; i < n; ++i) {
      double p =
          0;  // his own habit of answering is no pattern in time, so it is allowed for beside the tasks
      double habit = 0;
      for (std::size_t l = 0; l < classes; ++l) {
        p += expected.answers[i * classes + l] * expected.answers[(i - steps) * classes + l];
        habit += expected.answer_share[l] * expected.answer_share[l];
      }
      p = std::max(p, habit);
      same += labels[i] == labels[i - steps];
      mean += p;
      variance += p * (1 - p);
    }
    const double z = (same - mean - 0.5) / std::sqrt(variance + 0.25);
    const auto pairs = static_cast<double>(n - steps);
    if (z <= check.z) continue;
    check.z = z;
    check.flag.observed = same / pairs;
    check.flag.expected = mean / pairs;
    check.flag.detail = static_cast<std::uint32_t>(steps);
  }
  return check;
}

struct Behaviour {
  std::uint32_t annotator;
  std::size_t label_count;
  Skill skill;
  Flag constant;
  PositionCheck position;
};

Behaviour behaviour_of(const Model& model, const AnswerLog& log, std::uint32_t annotator) {
  const auto labels = log.labels_of(annotator);
  const Expectation expected = expectation_of(model, log, annotator);
  return {annotator, labels.size(), skill_of(expected),
          constant_check(expected, annotator, labels.size(), model.classes),
          position_check(expected, labels, annotator, model.classes)};
}

std::vector<Behaviour> behaviours(const Model& model, const AnswerLog& log, std::size_t least_labels,
                                  truth::Run run) {
  std::vector<std::vector<Behaviour>> parts(
      std::max<std::size_t>(1, std::min<std::size_t>(256, log.annotator_count())));
  parallel_blocks(run.pool, log.annotator_count(), parts.size(),
                  [&](std::size_t block, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w)
                      if (log.labels_of(w).size() >= least_labels)
                        parts[block].push_back(behaviour_of(model, log, static_cast<std::uint32_t>(w)));
                  });
  std::vector<Behaviour> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

double middle_skill(const std::vector<Behaviour>& behaviours) {
  std::vector<double> skills;
  for (const Behaviour& behaviour : behaviours) skills.push_back(behaviour.skill.value);
  const auto middle = skills.begin() + static_cast<std::ptrdiff_t>(skills.size() / 2);
  std::nth_element(skills.begin(), middle, skills.end());
  return std::max(0.0, *middle);
}

void add_behaviour_flags(const std::vector<Behaviour>& behaviours, double least_share,
                         std::vector<Flag>& flags) {
  if (behaviours.empty()) return;
  const double middle = middle_skill(behaviours);
  // Tasks that follow one another are often alike, which ties an honest annotator's answers too: hence the
  // learned null.
  std::vector<double> position_scores;
  for (const Behaviour& behaviour : behaviours) position_scores.push_back(behaviour.position.z);
  const EmpiricalNull position_null = empirical_null(position_scores);
  for (const Behaviour& behaviour : behaviours) {
    const auto [value, error, right, chance] = behaviour.skill;
    flags.push_back({behaviour.annotator, Suspicion::random_answers,
                     normal_upper_tail((middle * least_share - value) / error), 1, right, chance, 0,
                     behaviour.label_count});
    flags.push_back({behaviour.annotator, Suspicion::worse_than_chance, normal_upper_tail(-value / error), 1,
                     value, 0, 0, behaviour.label_count});
    flags.push_back(behaviour.constant);
    Flag position = behaviour.position.flag;
    const double tail = normal_upper_tail(position_null.standardise(behaviour.position.z));
    position.p_value = std::min(1.0, tail * static_cast<double>(kMostSteps));
    flags.push_back(position);
  }
}

void keep_significant(std::vector<Flag>& flags, double false_discovery_rate) {
  std::vector<Flag> kept;
  for (const auto suspicion : {Suspicion::random_answers, Suspicion::worse_than_chance,
                               Suspicion::constant_answers, Suspicion::position_bound, Suspicion::too_fast}) {
    std::vector<double> p_values;
    for (const Flag& flag : flags)
      if (flag.suspicion == suspicion) p_values.push_back(flag.p_value);
    const auto q_values = benjamini_hochberg(p_values);
    std::size_t next = 0;
    for (Flag flag : flags) {
      if (flag.suspicion != suspicion) continue;
      flag.q_value = q_values[next++];
      if (flag.q_value <= false_discovery_rate) kept.push_back(flag);
    }
  }
  std::stable_sort(kept.begin(), kept.end(), [](const Flag& a, const Flag& b) {
    return std::tuple(a.annotator, a.suspicion) < std::tuple(b.annotator, b.suspicion);
  });
  flags = std::move(kept);
}

// Someone worse than chance or constant is no better than random either: the stronger word is enough.
void drop_implied(std::vector<Flag>& flags) {
  std::erase_if(flags, [&](const Flag& flag) {
    return flag.suspicion == Suspicion::random_answers &&
           std::any_of(flags.begin(), flags.end(), [&](const Flag& other) {
             return other.annotator == flag.annotator && (other.suspicion == Suspicion::worse_than_chance ||
                                                          other.suspicion == Suspicion::constant_answers);
           });
  });
}

}  // namespace

std::string_view suspicion_name(Suspicion suspicion) {
  switch (suspicion) {
    case Suspicion::random_answers:
      return "random_answers";
    case Suspicion::worse_than_chance:
      return "worse_than_chance";
    case Suspicion::constant_answers:
      return "constant_answers";
    case Suspicion::position_bound:
      return "position_bound";
    case Suspicion::too_fast:
      return "too_fast";
  }
  return "";
}

LowEffort low_effort(const truth::LabelMatrix& labels, const truth::Table& posterior, const AnswerLog& log,
                     const LowEffortOptions& options, truth::Run run) {
  LowEffort result;
  const std::size_t classes = labels.class_count();
  const std::size_t annotators = labels.annotator_count();
  if (annotators * classes * classes <= options.most_confusion_cells) {
    auto counts = truth::confusion_counts(labels, posterior, run);
    counts.resize(counts.size() + classes * classes,
                  0);  // one more annotator, without labels: the pooled confusion
    Model model{
        posterior, {}, truth::smoothed_confusion(counts, classes, options.confusion_strength), {}, classes};
    model.score = evidence_of_labels(labels, posterior, model.confusion, run);
    model.pooled.assign(model.confusion.end() - static_cast<std::ptrdiff_t>(classes * classes),
                        model.confusion.end());
    add_behaviour_flags(behaviours(model, log, options.least_labels, run), options.least_share_of_skill,
                        result.flags);
  } else {
    result.was_run = false;
  }
  for (const SpeedCheck& check : speed_checks(
           log, posterior, {options.least_labels, options.fast_share_of_median, options.least_fast_share}))
    result.flags.push_back({check.annotator, Suspicion::too_fast, check.p_value, 1, check.fast_share,
                            options.least_fast_share, 0, check.label_count});
  keep_significant(result.flags, options.false_discovery_rate);
  drop_implied(result.flags);
  return result;
}

}  // namespace mizan::integrity
