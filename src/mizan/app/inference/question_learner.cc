#include "mizan/app/inference/question_learner.h"

#include <algorithm>
#include <utility>

#include "mizan/engine/truth/online/live_calibration.h"

namespace mizan::app {
namespace {

// Settling from votes makes the result depend on the labels alone. Up to so many labels it is done every
// time, beyond that when the labels have grown by a tenth since.
constexpr std::size_t kAlwaysFromVotes = 300'000;

std::vector<double> counts_of(const truth::ConfusionPrior& prior) {
  const std::size_t classes = prior.diagonal.size();
  std::vector<double> counts(classes * classes);
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t label = 0; label < classes; ++label) counts[k * classes + label] = prior.at(k, label);
  return counts;
}

}  // namespace

void QuestionLearner::widen(std::size_t class_count) {
  if (class_count > model_.class_count()) model_.add_classes(class_count - model_.class_count());
}

truth::TaskIndex QuestionLearner::index_of(domain::TaskId task) {
  const auto [place, is_new] = tasks_.try_emplace(task, 0);
  if (is_new) place->second = model_.add_task();
  return place->second;
}

truth::AnnotatorIndex QuestionLearner::index_of(domain::AnnotatorId annotator, domain::SupplierId supplier) {
  if (const auto known = annotator_index_.find(annotator); known != annotator_index_.end())
    return known->second;
  const auto [place, is_new] = supplier_index_.try_emplace(supplier, 0);
  if (is_new) {
    place->second = model_.add_supplier();
    suppliers_.push_back(supplier);
  }
  annotators_.push_back(annotator);
  return annotator_index_[annotator] = model_.add_annotator(place->second);
}

Result<void> QuestionLearner::set_labels(domain::TaskId task, std::span<const store::TaskLabel> labels) {
  if (labels.empty() && tasks_.find(task) == tasks_.end()) return {};
  const truth::TaskIndex index = index_of(task);
  std::vector<std::pair<truth::AnnotatorIndex, truth::ClassIndex>> there;
  model_.visit_task(index, [&](truth::AnnotatorIndex annotator, truth::ClassIndex label) {
    there.emplace_back(annotator, label);
  });
  for (const store::TaskLabel& label : labels) {
    const truth::AnnotatorIndex annotator = index_of(label.annotator, label.supplier);
    const auto code = static_cast<truth::ClassIndex>(label.class_code);
    widen(code + 1);
    const auto known =
        std::find_if(there.begin(), there.end(), [&](const auto& each) { return each.first == annotator; });
    const bool is_same = known != there.end() && known->second == code;
    if (known != there.end()) there.erase(known);
    if (is_same) continue;
    MIZAN_CHECK_OK(model_.add_label({index, annotator, code}));
    ++changes_;
  }
  for (const auto& [annotator, label] : there) {
    MIZAN_CHECK_OK(model_.remove_label(index, annotator));
    ++changes_;
  }
  return {};
}

Result<void> QuestionLearner::set_gold(domain::TaskId task, std::int64_t code) {
  if (code < 0 && tasks_.find(task) == tasks_.end()) return {};
  const truth::TaskIndex index = index_of(task);
  const auto answer = code < 0 ? truth::kNoGold : static_cast<std::int32_t>(code);
  if (model_.gold_of(index) == answer) return {};
  if (code >= 0) widen(static_cast<std::size_t>(code) + 1);
  MIZAN_CHECK_OK(model_.set_gold(index, answer));
  ++changes_;
  return {};
}

Result<ModelDraft> QuestionLearner::learn(truth::Run run) {
  const bool from_votes =
      label_count() <= kAlwaysFromVotes || label_count() >= learned_from_votes_ + learned_from_votes_ / 10;
  MIZAN_TRY(const auto settled,
            model_.sweep_until_settled(
                {.start = from_votes ? truth::SweepStart::votes : truth::SweepStart::here, .tolerance = 1e-4},
                run));
  static_cast<void>(settled);
  if (from_votes) learned_from_votes_ = label_count();
  changes_ = 0;
  return draft();
}

ModelDraft QuestionLearner::draft() const {
  truth::OnlineSkills skills = model_.skills();
  const std::size_t classes = skills.class_count;
  const std::size_t cells = classes * classes;
  ModelDraft draft;
  draft.model.class_count = static_cast<std::int64_t>(classes);
  draft.model.everybody = counts_of(skills.hierarchy.everybody);
  draft.model.error_correlation = truth::fit_live_calibration(model_).correlation;
  draft.model.label_count = static_cast<std::int64_t>(model_.label_count());
  const auto add = [&](std::string_view holder, std::int64_t id, std::vector<double> counts,
                       std::int64_t label_count) {
    const double accuracy = truth::accuracy_of(truth::skill_of(counts, classes), skills.class_pseudo_count);
    draft.skills.push_back({std::string(holder), id, std::move(counts), accuracy, label_count});
  };
  for (std::size_t w = 0; w < annotators_.size(); ++w) {
    if (skills.label_count[w] == 0) continue;
    const auto begin = skills.pseudo_count.begin() + static_cast<std::ptrdiff_t>(w * cells);
    add(store::kAnnotatorSkill, annotators_[w].value, {begin, begin + static_cast<std::ptrdiff_t>(cells)},
        skills.label_count[w]);
  }
  for (std::size_t s = 0; s < suppliers_.size(); ++s)
    add(store::kSupplierSkill, suppliers_[s].value, counts_of(skills.hierarchy.suppliers[s]),
        static_cast<std::int64_t>(skills.hierarchy.suppliers[s].annotator_count));
  draft.model.class_pseudo_counts = std::move(skills.class_pseudo_count);
  return draft;
}

}  // namespace mizan::app
