#include "mizan/app/models/live_model.h"

#include <algorithm>
#include <string>
#include <utility>

#include "mizan/store/quality/skills.h"

namespace mizan::app {
namespace {

std::size_t classes_needed(const LiveModel& model, const BeliefInput& input) {
  std::size_t count = std::max({std::size_t{2}, model.class_pseudo_count.size(), input.class_count});
  for (const store::TaskLabel& label : input.labels)
    count = std::max(count, static_cast<std::size_t>(label.class_code) + 1);
  return input.gold ? std::max(count, static_cast<std::size_t>(*input.gold) + 1) : count;
}

double top_share_of(std::span<const store::TaskLabel> labels, std::size_t class_count) {
  if (labels.empty()) return 1;
  std::vector<std::size_t> votes(class_count, 0);
  for (const store::TaskLabel& label : labels) ++votes[static_cast<std::size_t>(label.class_code)];
  return static_cast<double>(*std::max_element(votes.begin(), votes.end())) /
         static_cast<double>(labels.size());
}

}  // namespace

const truth::Skill& LiveModel::skill_of(domain::AnnotatorId annotator, domain::SupplierId supplier) const {
  if (const auto own = annotators.find(annotator); own != annotators.end()) return own->second;
  if (const auto like = suppliers.find(supplier); like != suppliers.end()) return like->second;
  return everybody;
}

Result<LiveModel> load_live_model(store::Transaction& tx, const store::QuestionKey& key,
                                  std::int64_t version) {
  MIZAN_TRY(auto row, store::find_question_model(tx, key, version));
  if (!row)
    return fail(ErrorCode::not_found,
                "question '" + key.question + "' has no model version " + std::to_string(version));
  const auto classes = static_cast<std::size_t>(row->class_count);
  LiveModel model;
  model.version = version;
  model.class_pseudo_count = std::move(row->class_pseudo_counts);
  model.error_correlation = row->error_correlation;
  model.everybody = truth::skill_of(std::move(row->everybody), classes);
  MIZAN_TRY(auto skills, store::skills_of_model(tx, {key, version}));
  for (store::SkillRow& skill : skills) {
    truth::Skill known = truth::skill_of(std::move(skill.pseudo_counts), classes);
    if (skill.holder == store::kSupplierSkill) {
      model.suppliers.emplace(domain::SupplierId{skill.holder_id}, std::move(known));
    } else {
      model.annotators.emplace(domain::AnnotatorId{skill.holder_id}, std::move(known));
    }
  }
  return model;
}

QuestionBelief believe(const LiveModel& model, const BeliefInput& input) {
  const std::size_t classes = classes_needed(model, input);
  QuestionBelief belief;
  belief.top_share = top_share_of(input.labels, classes);
  if (input.gold) {
    belief.raw.assign(classes, 0.0);
    belief.raw[static_cast<std::size_t>(*input.gold)] = 1;
    belief.calibrated = belief.raw;
  } else {
    std::vector<truth::WeighedLabel> labels;
    labels.reserve(input.labels.size());
    for (const store::TaskLabel& label : input.labels)
      labels.push_back({static_cast<truth::ClassIndex>(label.class_code),
                        &model.skill_of(label.annotator, label.supplier)});
    belief.raw = truth::task_posterior(model.class_pseudo_count, labels, classes);
    belief.calibrated = truth::calibrated_posterior(belief.raw, labels.size(), model.error_correlation);
  }
  belief.class_code = truth::best_class(belief.calibrated);
  belief.confidence = belief.calibrated[static_cast<std::size_t>(belief.class_code)];
  return belief;
}

}  // namespace mizan::app
