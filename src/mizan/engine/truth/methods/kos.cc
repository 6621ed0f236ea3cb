#include "mizan/engine/truth/methods/kos.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "mizan/base/rng.h"
#include "mizan/engine/truth/em/confusion_model.h"

namespace mizan::truth {
namespace {

// The bipartite graph of labels. Edges stand in the order of the matrix: by task.
struct Graph {
  std::span<const std::uint32_t> task_begin;     // [I+1] into edges
  std::vector<AnnotatorIndex> annotator;         // [A]
  std::vector<double> sign;                      // [A] +1 = class 0, -1 = class 1
  std::vector<std::uint32_t> annotator_begin;    // [W+1] into edge_of_annotator
  std::vector<std::uint32_t> edge_of_annotator;  // [A]
};

Graph graph_of(const LabelMatrix& labels) {
  Graph graph{labels.offsets(), {}, {}, std::vector<std::uint32_t>(labels.annotator_count() + 1, 0), {}};
  for (TaskIndex task = 0; task < labels.task_count(); ++task)
    labels.visit_task(task, [&](AnnotatorIndex annotator, ClassIndex label) {
      graph.annotator.push_back(annotator);
      graph.sign.push_back(label == 0 ? 1 : -1);
      ++graph.annotator_begin[annotator + 1];
    });
  std::partial_sum(graph.annotator_begin.begin(), graph.annotator_begin.end(), graph.annotator_begin.begin());
  std::vector<std::uint32_t> cursor(graph.annotator_begin.begin(), graph.annotator_begin.end() - 1);
  graph.edge_of_annotator.resize(graph.annotator.size());
  for (std::uint32_t edge = 0; edge < graph.annotator.size(); ++edge)
    graph.edge_of_annotator[cursor[graph.annotator[edge]]++] = edge;
  return graph;
}

// Task to annotator: what the task's other labels say.
void pass_to_annotators(const Graph& graph, std::span<const double> weight, std::vector<double>& opinion,
                        Run run) {
  const std::size_t tasks = graph.task_begin.size() - 1;
  parallel_blocks(run.pool, tasks, block_count(graph.sign.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) {
                      double sum = 0;
                      for (std::size_t e = graph.task_begin[t]; e < graph.task_begin[t + 1]; ++e)
                        sum += graph.sign[e] * weight[e];
                      for (std::size_t e = graph.task_begin[t]; e < graph.task_begin[t + 1]; ++e)
                        opinion[e] = sum - graph.sign[e] * weight[e];
                    }
                  });
}

// A gold task says its answer, as loud as the others on average.
void speak_gold(const Evidence& evidence, const Graph& graph, std::vector<double>& opinion) {
  for (std::size_t t = 0; t < evidence.gold.size(); ++t)
    if (evidence.gold[t] != kNoGold)
      for (std::size_t e = graph.task_begin[t]; e < graph.task_begin[t + 1]; ++e)
        opinion[e] = evidence.gold[t] == 0 ? 1 : -1;
}

// Annotator to task: how far the annotator's other labels side with their tasks. `total` is with all labels.
void pass_to_tasks(const Graph& graph, std::span<const double> opinion, std::vector<double>& weight,
                   std::vector<double>& total, Run run) {
  parallel_blocks(run.pool, total.size(), block_count(graph.sign.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t w = begin; w < end; ++w) {
                      double sum = 0;
                      for (std::size_t i = graph.annotator_begin[w]; i < graph.annotator_begin[w + 1]; ++i)
                        sum += graph.sign[graph.edge_of_annotator[i]] * opinion[graph.edge_of_annotator[i]];
                      for (std::size_t i = graph.annotator_begin[w]; i < graph.annotator_begin[w + 1]; ++i) {
                        const std::uint32_t edge = graph.edge_of_annotator[i];
                        weight[edge] = sum - graph.sign[edge] * opinion[edge];
                      }
                      total[w] = sum;
                    }
                  });
}

// Divides the messages by their root mean square (none: by 1) and returns it.
double scale(std::vector<double>& message) {
  double square = 0;
  for (const double value : message) square += value * value;
  const double size = std::sqrt(square / static_cast<double>(std::max<std::size_t>(1, message.size())));
  if (!(size > 1e-200)) return 1;
  for (double& value : message) value /= size;
  return size;
}

double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

// The share of weight behind class 0. DEVIATION: where no label has a weight (annotators who share no task),
// each counts as one vote; without labels, an even split.
double share_of_first(const Graph& graph, std::span<const double> weight, std::size_t task) {
  double sum = 0;
  double size = 0;
  double votes = 0;
  for (std::size_t e = graph.task_begin[task]; e < graph.task_begin[task + 1]; ++e) {
    sum += graph.sign[e] * weight[e];
    size += std::abs(weight[e]);
    votes += graph.sign[e];
  }
  const double count = graph.task_begin[task + 1] - graph.task_begin[task];
  if (size > 0) return (1 + sum / size) / 2;
  return count > 0 ? (1 + votes / count) / 2 : 0.5;
}

}  // namespace

Result<Belief> kos(const Evidence& evidence, const KosOptions& options, Run run) {
  const LabelMatrix& labels = evidence.labels;
  if (labels.class_count() != 2)
    return fail(ErrorCode::invalid_argument,
                "KOS is for two classes; the question has " + std::to_string(labels.class_count()), {},
                "use mmsr or one_coin, which need no more of the annotators");
  const Graph graph = graph_of(labels);
  Rng rng(options.seed);
  std::vector<double> weight(graph.sign.size());
  for (double& value : weight) value = 1 + rng.normal();
  std::vector<double> opinion(weight.size());
  std::vector<double> total(labels.annotator_count(), 0.0);
  Belief belief;
  belief.converged = false;
  while (belief.iterations < options.max_steps && !belief.converged) {
    MIZAN_CHECK_OK(check_step(run, "kos", belief.iterations, options.max_steps));
    const std::vector<double> before = weight;
    pass_to_annotators(graph, weight, opinion, run);
    scale(opinion);
    speak_gold(evidence, graph, opinion);
    pass_to_tasks(graph, opinion, weight, total, run);
    const double size = scale(weight);
    for (double& value : total) value /= size;
    belief.converged = largest_difference(before, weight) <= options.tolerance;
    ++belief.iterations;
  }
  const bool has_gold =
      std::any_of(evidence.gold.begin(), evidence.gold.end(), [](std::int32_t g) { return g != kNoGold; });
  if (!has_gold && std::accumulate(weight.begin(), weight.end(), 0.0) < 0) {
    for (double& value : weight) value = -value;
    for (double& value : total) value = -value;
  }
  belief.class_prior.assign(2, 0.5);
  belief.skill = std::move(total);
  belief.posterior = Table(labels.task_count(), 2);
  for (std::size_t t = 0; t < labels.task_count(); ++t) {
    belief.posterior.row(t)[0] = share_of_first(graph, weight, t);
    belief.posterior.row(t)[1] = 1 - belief.posterior.row(t)[0];
  }
  clamp_gold(evidence, belief.posterior);
  return belief;
}

}  // namespace mizan::truth
