#include "mizan/engine/truth/blend/blend_parts.h"

#include <algorithm>
#include <cmath>

#include "mizan/engine/truth/blend/methods.h"
#include "mizan/engine/truth/methods/bwa.h"
#include "mizan/engine/truth/methods/class_coin.h"
#include "mizan/engine/truth/methods/dawid_skene.h"
#include "mizan/engine/truth/methods/ebcc.h"
#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/engine/truth/methods/mace.h"
#include "mizan/engine/truth/methods/majority.h"

namespace mizan::truth {
namespace {

constexpr int kEarlySteps = 3;  // of Dawid–Skene: stopping early regularises
constexpr int kEbccSteps = 100;
constexpr double kEbccWork = 1e9;   // multiplications over all fits, about a second of one core
constexpr double kStepWork = 6e7;   // labels * classes * steps of each other method over all fits
constexpr double kMostCells = 2e8;  // W*K*K numbers that fit in memory several times
constexpr int kLeastSteps = 5;

Note left_out(const std::string& method, const std::string& because) {
  return {"method_left_out", {{"method", method}, {"because", because}}};
}

struct Sizes {
  double label_classes;  // labels * K
  double cells;          // W * K * K
};

int steps_within(const Sizes& sizes, double work, std::size_t fits, int most) {
  const double steps = kStepWork * work / (sizes.label_classes * static_cast<double>(fits) + 1);
  return std::clamp(static_cast<int>(std::min(steps, 1e6)), kLeastSteps, most);
}

EbccOptions ebcc_options(const BlendOptions& options, std::size_t starts) {
  return {.restarts = starts, .seed = options.seed, .max_steps = kEbccSteps};
}

bool is_ebcc_affordable(const LabelMatrix& labels, const BlendOptions& options, std::size_t fits) {
  const EbccCost cost = ebcc_cost(labels, ebcc_options(options, 1));
  return cost.multiplications_per_step * kEbccSteps * static_cast<double>(fits) <= kEbccWork * options.work &&
         cost.bytes <= 2e9;
}

BlendPlan plan_named(const BlendOptions& options) {
  BlendPlan plan;
  for (const std::string& method : options.methods)
    plan.parts.push_back({method, method == "dawid_skene_early" ? kEarlySteps : 0, 3});
  return plan;
}

}  // namespace

BlendPlan plan_blend(const LabelMatrix& labels, const BlendOptions& options, std::size_t fits) {
  if (!options.methods.empty()) return plan_named(options);
  const auto classes = static_cast<double>(labels.class_count());
  const Sizes sizes{static_cast<double>(labels.label_count()) * classes,
                    static_cast<double>(labels.annotator_count()) * classes * classes};
  const double work = options.is_strong ? 100 * options.work : options.work;
  const auto steps = [&](int most) { return steps_within(sizes, work, fits, most); };
  const bool has_room = sizes.cells <= kMostCells;
  BlendPlan plan;
  const auto add = [&](const std::string& method, bool wanted, const std::string& because, PlannedPart part) {
    part.method = method;
    if (wanted)
      plan.parts.push_back(std::move(part));
    else
      plan.reasons.push_back(left_out(method, because));
  };
  add("dawid_skene_early", has_room, "too_many_classes", {.max_steps = kEarlySteps});
  add("class_coin", has_room, "too_many_classes", {.max_steps = steps(50)});
  add("mace", true, {}, {.max_steps = steps(50), .starts = options.is_strong ? 10U : 1U});
  add("majority", true, {}, {});
  add("bwa", true, {}, {.max_steps = steps(100)});
  const bool runs_ebcc =
      has_room && (options.is_strong ? ebcc_cost(labels, ebcc_options(options, 5)).bytes < 4e9
                                     : is_ebcc_affordable(labels, options, fits));
  add("ebcc", runs_ebcc, has_room ? "too_slow" : "too_many_classes", {.starts = options.is_strong ? 5U : 1U});
  if (options.is_strong) add("ibcc", has_room, "too_many_classes", {});
  if (has_room)
    plan.reasons.push_back(
        {"early_stopping",
         {{"method", "dawid_skene_early"}, {"iterations", static_cast<double>(kEarlySteps)}}});
  return plan;
}

namespace {

// Shares s of n labels become (n s + a / K) / (n + a). Gold and tasks without labels stay.
void smooth_votes(const Evidence& evidence, double pseudo_count, Table& posterior, Run run) {
  const LabelMatrix& labels = evidence.labels;
  const double even = pseudo_count / static_cast<double>(posterior.columns);
  parallel_blocks(run.pool, posterior.rows, block_count(posterior.values.size(), 0),
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t t = begin; t < end; ++t) {
                      const auto task = static_cast<TaskIndex>(t);
                      const auto count = static_cast<double>(labels.label_count_of_task(task));
                      if (count == 0 || evidence.gold_of(task) != kNoGold) continue;
                      for (double& p : posterior.row(t)) p = (count * p + even) / (count + pseudo_count);
                    }
                  });
}

Result<Belief> run_named(const PlannedPart& part, const Evidence& evidence, const BlendOptions& options,
                         Run run) {
  const auto steps = [&](int own) { return part.max_steps > 0 ? part.max_steps : own; };
  if (part.method == "dawid_skene_early")
    return dawid_skene(evidence, {.max_steps = steps(kEarlySteps), .tolerance = 0}, run);
  if (part.method == "class_coin")
    return class_coin(evidence, {.max_steps = steps(ClassCoinOptions{}.max_steps)}, run);
  if (part.method == "mace")
    return mace(evidence,
                {.starts = static_cast<int>(part.starts),
                 .max_steps = steps(MaceOptions{}.max_steps),
                 .describes_annotators = false,
                 .seed = options.seed},
                run);
  if (part.method == "majority") return majority(evidence, {}, run);
  if (part.method == "bwa") return bwa(evidence, {.max_steps = steps(BwaOptions{}.max_steps)}, run);
  if (part.method == "ebcc") return ebcc(evidence, ebcc_options(options, part.starts), run);
  if (part.method == "ibcc") return ibcc(evidence, {}, run);
  const auto known = methods();
  if (part.method != "blend" &&
      std::any_of(known.begin(), known.end(), [&](const auto& method) { return method.name == part.method; }))
    return run_method(part.method, evidence, run);
  return fail(ErrorCode::invalid_argument, "a blend cannot hold the method " + part.method, {},
              "it can hold every method of engine/truth/blend/methods.h but itself");
}

}  // namespace

Result<Belief> run_part(const PlannedPart& part, const Evidence& evidence, const BlendOptions& options,
                        Run run) {
  MIZAN_TRY(Belief belief, run_named(part, evidence, options, run));
  belief.confusion = {};
  if (part.method == "majority") smooth_votes(evidence, options.vote_pseudo_count, belief.posterior, run);
  if (part.method == "dawid_skene_early") belief.converged = true;  // stopped on purpose
  return belief;
}

}  // namespace mizan::truth
