#include "mizan/engine/truth/blend/methods.h"

#include <array>
#include <iterator>
#include <string>

#include "mizan/engine/truth/blend/blend.h"
#include "mizan/engine/truth/methods/bwa.h"
#include "mizan/engine/truth/methods/class_coin.h"
#include "mizan/engine/truth/methods/dawid_skene.h"
#include "mizan/engine/truth/methods/ebcc.h"
#include "mizan/engine/truth/methods/glad.h"
#include "mizan/engine/truth/methods/ibcc.h"
#include "mizan/engine/truth/methods/kos.h"
#include "mizan/engine/truth/methods/mace.h"
#include "mizan/engine/truth/methods/majority.h"
#include "mizan/engine/truth/methods/mmsr.h"
#include "mizan/engine/truth/methods/one_coin.h"
#include "mizan/engine/truth/methods/wawa.h"
#include "mizan/engine/truth/methods/zero_based_skill.h"

namespace mizan::truth {
namespace {

using Function = Result<Belief> (*)(const Evidence&, Run);

Result<Belief> run_blend(const Evidence& evidence, Run run) {
  MIZAN_TRY(Blend result, blend(evidence, {}, run));
  return std::move(result.belief);
}

template <class Options, Result<Belief> (*Method)(const Evidence&, const Options&, Run)>
Result<Belief> by_default(const Evidence& evidence, Run run) {
  return Method(evidence, Options{}, run);
}

struct Entry {
  MethodInfo info;
  Function function;
};

constexpr Entry kEntries[] = {
    {{"blend", "the calibrated mean of unlike methods; the default"}, run_blend},
    {{"majority", "what most annotators said"}, by_default<MajorityOptions, majority>},
    {{"wawa", "votes weighted by agreement with the majority"}, by_default<WawaOptions, wawa>},
    {{"zero_based_skill", "votes weighted by agreement with the answers, repeated"},
     by_default<ZeroBasedSkillOptions, zero_based_skill>},
    {{"one_coin", "one accuracy per annotator, by EM"}, by_default<OneCoinOptions, one_coin>},
    {{"class_coin", "one accuracy per annotator and class, with a learned prior"},
     by_default<ClassCoinOptions, class_coin>},
    {{"glad", "skill of annotators and difficulty of tasks"}, by_default<GladOptions, glad>},
    {{"kos", "message passing; two classes only"}, by_default<KosOptions, kos>},
    {{"mmsr", "skill from a robust rank-one matrix of agreement"}, by_default<MmsrOptions, mmsr>},
    {{"mace", "annotators know the answer or follow a habit"}, by_default<MaceOptions, mace>},
    {{"bwa", "labels averaged with a precision per annotator"}, by_default<BwaOptions, bwa>},
    {{"dawid_skene", "a confusion matrix per annotator, by EM"}, by_default<DawidSkeneOptions, dawid_skene>},
    {{"dawid_skene_early", "the same after three steps: fits less noise"},
     [](const Evidence& evidence, Run run) {
       return dawid_skene(evidence, {.max_steps = 3, .tolerance = 0}, run);
     }},
    {{"ibcc", "confusion matrices with learned priors, most probable"}, by_default<IbccOptions, ibcc>},
    {{"ibcc_vb", "the same by variational Bayes"},
     [](const Evidence& evidence, Run run) { return ibcc(evidence, {.form = IbccForm::variational}, run); }},
    {{"ebcc", "hidden subtypes of classes: annotators may be wrong together"}, by_default<EbccOptions, ebcc>},
};

constexpr auto kInfos = [] {
  std::array<MethodInfo, std::size(kEntries)> infos{};
  for (std::size_t i = 0; i < infos.size(); ++i) infos[i] = kEntries[i].info;
  return infos;
}();

std::string all_names() {
  std::string names;
  for (const MethodInfo& info : kInfos) names += (names.empty() ? "" : ", ") + std::string(info.name);
  return names;
}

}  // namespace

std::span<const MethodInfo> methods() {
  return kInfos;
}

Result<Belief> run_method(std::string_view name, const Evidence& evidence, Run run) {
  for (const Entry& entry : kEntries)
    if (entry.info.name == name) return entry.function(evidence, run);
  return fail(ErrorCode::not_found, "there is no method " + std::string(name), {},
              "choose one of " + all_names());
}

}  // namespace mizan::truth
