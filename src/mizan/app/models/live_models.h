// What this node knows by heart for the moment of a submit: the newest published model of every question that
// was asked for, and the class codes of every project. Both are loaded when they are first needed; models
// that another node published are noticed by refresh().
//
// Thread-safe. A model that is a little old is never wrong: a consensus row says which version made it, and
// versions stay as long as a row needs them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/app/models/live_model.h"
#include "mizan/store/database.h"

namespace mizan::app {

/// The classes of each question of a project, by code.
using ProjectClasses = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The code of a class, or -1.
[[nodiscard]] std::int64_t class_code_of(const ProjectClasses& classes, std::string_view question,
                                         std::string_view class_name);

/// The name of a class; its code where the project has none for it.
[[nodiscard]] std::string class_name(const ProjectClasses& classes, std::string_view question,
                                     std::int64_t code);

class LiveModels {
 public:
  /// The newest version this node knows of; looked up through `tx` the first time. Version 0 when nothing was
  /// published.
  [[nodiscard]] Result<std::shared_ptr<const LiveModel>> find(store::Transaction& tx,
                                                              const store::QuestionKey& key);
  /// After this node has published a version (and it is committed).
  void put(const store::QuestionKey& key, std::shared_ptr<const LiveModel> model);
  /// Loads what other nodes have published since, of the questions that were asked for here.
  [[nodiscard]] Result<void> refresh(store::Database& database);

  [[nodiscard]] Result<std::shared_ptr<const ProjectClasses>> classes(store::Transaction& tx,
                                                                      domain::ProjectId project);
  /// As above, read again: when a class was not found.
  [[nodiscard]] Result<std::shared_ptr<const ProjectClasses>> reload_classes(store::Transaction& tx,
                                                                             domain::ProjectId project);

 private:
  using Key = std::pair<std::int64_t, std::string>;

  std::shared_mutex mutex_;
  std::map<Key, std::shared_ptr<const LiveModel>> models_;
  std::map<std::int64_t, std::shared_ptr<const ProjectClasses>> classes_;
};

}  // namespace mizan::app
