#include "mizan/engine/integrity/copied_work.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "mizan/engine/integrity/multiple_testing.h"
#include "mizan/engine/truth/confusion.h"

namespace mizan::integrity {
namespace {

using truth::AnnotatorIndex;
using truth::LabelMatrix;
using truth::TaskIndex;

// All that a comparison of two annotators reads.
struct Data {
  const LabelMatrix& labels;
  const truth::Table& posterior;
  truth::LabelsByAnnotator by_annotator;
  std::vector<double> confusion;  // [W,K,K]
  std::size_t least_shared;
};

struct Tally {
  AnnotatorIndex other = 0;
  std::size_t shared = 0;
  std::size_t agreed = 0;
  double expected = 0;
  double variance = 0;
};

// Chance that two independent annotators give the same answer to a task.
double chance_of_same(const Data& data, TaskIndex task, AnnotatorIndex a, AnnotatorIndex b) {
  const std::size_t classes = data.labels.class_count();
  const auto belief = data.posterior.row(task);
  double chance = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    if (belief[k] < 1e-3) continue;
    const double* row_a = data.confusion.data() + (a * classes + k) * classes;
    const double* row_b = data.confusion.data() + (b * classes + k) * classes;
    double same = 0;
    for (std::size_t l = 0; l < classes; ++l) same += row_a[l] * row_b[l];
    chance += belief[k] * same;
  }
  return std::min(chance, 1.0);
}

// Compares annotator a with every later one; `place` is scratch of [W] zeros and is left so.
void compare_with_later(const Data& data, AnnotatorIndex a, std::vector<std::uint32_t>& place,
                        std::vector<Tally>& tallies) {
  const auto begin = data.by_annotator.offsets[a];
  const auto end = data.by_annotator.offsets[a + 1];
  std::vector<AnnotatorIndex> met;
  for (auto i = begin; i < end; ++i)
    data.labels.visit_task(data.by_annotator.task[i], [&](AnnotatorIndex b, truth::ClassIndex) {
      if (b > a && place[b]++ == 0) met.push_back(b);
    });
  tallies.clear();
  std::sort(met.begin(), met.end());
  for (const AnnotatorIndex b : met) {
    const bool enough = place[b] >= data.least_shared;
    if (enough) tallies.push_back({.other = b});
    place[b] = enough ? static_cast<std::uint32_t>(tallies.size()) : 0;
  }
  for (auto i = begin; i < end && !tallies.empty(); ++i) {
    const TaskIndex task = data.by_annotator.task[i];
    const auto own = data.by_annotator.label[i];
    data.labels.visit_task(task, [&](AnnotatorIndex b, truth::ClassIndex label) {
      if (b <= a || place[b] == 0) return;
      Tally& tally = tallies[place[b] - 1];
      const double chance = chance_of_same(data, task, a, b);
      ++tally.shared;
      tally.agreed += label == own;
      tally.expected += chance;
      tally.variance += chance * (1 - chance);
    });
  }
  for (const Tally& tally : tallies) place[tally.other] = 0;
}

}  // namespace

CopiedWork copied_work(const LabelMatrix& labels, const truth::Table& posterior,
                       const CopiedWorkOptions& options, truth::Run run) {
  CopiedWork result;
  const std::size_t classes = labels.class_count();
  if (labels.annotator_count() * classes * classes > options.most_confusion_cells) {
    result.was_run = false;
    return result;
  }
  const auto counts = truth::confusion_counts(labels, posterior, run);
  const Data data{labels, posterior, truth::by_annotator(labels),
                  truth::smoothed_confusion(counts, classes, options.confusion_strength),
                  options.least_shared_tasks};

  const std::size_t blocks = std::min<std::size_t>(256, labels.annotator_count());
  std::vector<std::vector<CopiedPair>> found(std::max<std::size_t>(1, blocks));
  parallel_blocks(
      run.pool, labels.annotator_count(), blocks, [&](std::size_t block, std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> place(labels.annotator_count(), 0);
        std::vector<Tally> tallies;
        for (std::size_t a = begin; a < end; ++a) {
          if (data.by_annotator.offsets[a + 1] - data.by_annotator.offsets[a] < options.least_shared_tasks)
            continue;
          compare_with_later(data, static_cast<AnnotatorIndex>(a), place, tallies);
          for (const Tally& tally : tallies) {
            const auto shared = static_cast<double>(tally.shared);
            const double spread = std::sqrt(std::max(tally.variance, 1e-9));
            found[block].push_back({static_cast<AnnotatorIndex>(a), tally.other, tally.shared,
                                    static_cast<double>(tally.agreed) / shared, tally.expected / shared,
                                    (static_cast<double>(tally.agreed) - tally.expected) / spread, 1, 1});
          }
        }
      });

  std::vector<CopiedPair> pairs;
  for (const auto& block : found) pairs.insert(pairs.end(), block.begin(), block.end());
  result.compared_pair_count = pairs.size();
  std::vector<double> scores;
  for (const CopiedPair& pair : pairs) scores.push_back(pair.z);
  const EmpiricalNull null = empirical_null(scores);
  std::vector<double> p_values;
  for (CopiedPair& pair : pairs) {
    pair.z = null.standardise(pair.z);
    p_values.push_back(pair.p_value = normal_upper_tail(pair.z));
  }
  const std::vector<double> q_values = benjamini_hochberg(p_values);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].q_value = q_values[i];
    if (q_values[i] <= options.false_discovery_rate) result.pairs.push_back(pairs[i]);
  }
  std::sort(result.pairs.begin(), result.pairs.end(), [](const CopiedPair& a, const CopiedPair& b) {
    return std::tuple(-a.z, a.first, a.second) < std::tuple(-b.z, b.first, b.second);
  });
  return result;
}

}  // namespace mizan::integrity
