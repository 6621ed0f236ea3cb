#include "mizan/app/inference/publish_models.h"

#include <algorithm>
#include <memory>
#include <span>

#include "mizan/app/models/live_models.h"

namespace mizan::app {
namespace {

constexpr std::size_t kSkillsAtOnce = 200;  // writers wait no longer than one such transaction
// Nodes may still decide by a version that is no longer the newest; so may transactions under way.
constexpr std::int64_t kVersionsKept = 4;

std::shared_ptr<const LiveModel> live_model_of(const ModelDraft& draft, std::int64_t version) {
  const auto classes = static_cast<std::size_t>(draft.model.class_count);
  auto model = std::make_shared<LiveModel>();
  model->version = version;
  model->class_pseudo_count = draft.model.class_pseudo_counts;
  model->error_correlation = draft.model.error_correlation;
  model->everybody = truth::skill_of(draft.model.everybody, classes);
  for (const store::SkillRow& skill : draft.skills) {
    truth::Skill known = truth::skill_of(skill.pseudo_counts, classes);
    if (skill.holder == store::kSupplierSkill) {
      model->suppliers.emplace(domain::SupplierId{skill.holder_id}, std::move(known));
    } else {
      model->annotators.emplace(domain::AnnotatorId{skill.holder_id}, std::move(known));
    }
  }
  return model;
}

Result<void> publish(Service& service, const ModelDraft& draft) {
  const store::QuestionKey& key = draft.model.key;
  store::Database& database = service.database();
  MIZAN_TRY(const std::int64_t newest,
            database.read([&](store::Transaction& tx) { return store::newest_model_version(tx, key); }));
  const std::int64_t version = newest + 1;
  for (std::size_t begin = 0; begin < draft.skills.size(); begin += kSkillsAtOnce) {
    const auto some =
        std::span(draft.skills).subspan(begin, std::min(kSkillsAtOnce, draft.skills.size() - begin));
    MIZAN_CHECK_OK(database.write([&](store::Transaction& tx) -> Result<void> {
      for (const store::SkillRow& skill : some) MIZAN_CHECK_OK(store::put_skill(tx, {key, version}, skill));
      return {};
    }));
  }
  store::QuestionModelRow row = draft.model;
  row.model_version = version;
  row.created_at = service.now();
  MIZAN_CHECK_OK(database.write(
      [&](store::Transaction& tx) -> Result<void> { return store::insert_question_model(tx, row); }));
  service.shared<LiveModels>().put(key, live_model_of(draft, version));
  return {};
}

}  // namespace

Result<void> publish_models(Service& service, const std::vector<ProjectLearner::Learned>& learned) {
  for (const ProjectLearner::Learned& each : learned) MIZAN_CHECK_OK(publish(service, each.draft));
  return {};
}

Result<void> prune_models(Service& service, const store::QuestionKey& key) {
  MIZAN_TRY(const std::int64_t newest, service.database().read([&](store::Transaction& tx) {
    return store::newest_model_version(tx, key);
  }));
  if (newest <= kVersionsKept) return {};
  MIZAN_TRY(const std::int64_t deleted, service.database().write([&](store::Transaction& tx) {
    return store::delete_unused_models(tx, key, newest - kVersionsKept + 1);
  }));
  static_cast<void>(deleted);
  return {};
}

}  // namespace mizan::app
