#include "mizan/app/models/live_models.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "mizan/store/projects/question_classes.h"

namespace mizan::app {

std::int64_t class_code_of(const ProjectClasses& classes, std::string_view question,
                           std::string_view class_name) {
  const auto found = classes.find(question);
  if (found == classes.end()) return -1;
  const auto place = std::find(found->second.begin(), found->second.end(), class_name);
  return place == found->second.end() ? -1 : place - found->second.begin();
}

std::string class_name(const ProjectClasses& classes, std::string_view question, std::int64_t code) {
  const auto known = classes.find(question);
  if (known == classes.end() || code < 0 || code >= std::ssize(known->second)) return std::to_string(code);
  return known->second[static_cast<std::size_t>(code)];
}

Result<std::shared_ptr<const LiveModel>> LiveModels::find(store::Transaction& tx,
                                                          const store::QuestionKey& key) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto known = models_.find({key.project.value, key.question}); known != models_.end())
      return known->second;
  }
  MIZAN_TRY(const std::int64_t version, store::newest_model_version(tx, key));
  auto model = std::make_shared<LiveModel>();
  if (version > 0) {
    MIZAN_TRY(*model, load_live_model(tx, key, version));
  }
  put(key, model);
  return model;
}

void LiveModels::put(const store::QuestionKey& key, std::shared_ptr<const LiveModel> model) {
  const std::unique_lock lock(mutex_);
  auto& held = models_[{key.project.value, key.question}];
  if (held == nullptr || held->version < model->version) held = std::move(model);
}

Result<void> LiveModels::refresh(store::Database& database) {
  return database.read([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto newest, store::newest_models(tx));
    for (const store::NewestModel& there : newest) {
      {
        const std::shared_lock lock(mutex_);
        const auto held = models_.find({there.key.project.value, there.key.question});
        if (held == models_.end() || held->second->version >= there.model_version) continue;
      }
      MIZAN_TRY(auto model, load_live_model(tx, there.key, there.model_version));
      put(there.key, std::make_shared<const LiveModel>(std::move(model)));
    }
    return {};
  });
}

Result<std::shared_ptr<const ProjectClasses>> LiveModels::classes(store::Transaction& tx,
                                                                  domain::ProjectId project) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto known = classes_.find(project.value); known != classes_.end()) return known->second;
  }
  return reload_classes(tx, project);
}

Result<std::shared_ptr<const ProjectClasses>> LiveModels::reload_classes(store::Transaction& tx,
                                                                         domain::ProjectId project) {
  MIZAN_TRY(const auto rows, store::question_classes(tx, project));
  auto classes = std::make_shared<ProjectClasses>();
  for (const store::QuestionClass& row : rows) (*classes)[row.question].push_back(row.class_name);
  const std::unique_lock lock(mutex_);
  classes_[project.value] = classes;
  return std::shared_ptr<const ProjectClasses>(classes);
}

}  // namespace mizan::app
