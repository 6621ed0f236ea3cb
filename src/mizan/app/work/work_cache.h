// What giving out work reads again and again and seldom changes: parsed settings of projects, parsed
// templates, the list of a project's gold tasks, and whose the newest assignments are. Of bounded size; wrong
// entries cannot hurt: settings are checked against the row's version, gold tasks and assignments against
// their rows.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/domain/project_settings.h"
#include "mizan/domain/template/template.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/assignments.h"
#include "mizan/store/work/gold_answers.h"

namespace mizan::app {

/// A project as of one version.
struct ProjectFacts {
  std::int64_t version = 0;
  std::string instructions{};
  domain::ProjectSettings settings{};
};

/// A template version: immutable.
struct TemplateFacts {
  std::string document{};
  domain::Template parsed{};
};

/// Whose an assignment is and what it asks; known when it was leased here.
struct AssignmentHint {
  domain::ProjectId project;
  domain::TaskId task;
  domain::AnnotatorId annotator;
  domain::SupplierId supplier;
  std::int64_t template_version = 0;
};

using GoldTasks = std::shared_ptr<const std::vector<store::GoldTask>>;

/// Thread-safe.
class WorkCache {
 public:
  /// @errors not_found
  [[nodiscard]] Result<std::shared_ptr<const ProjectFacts>> project(store::Transaction& tx,
                                                                    domain::ProjectId project,
                                                                    std::int64_t version);
  /// @errors not_found
  [[nodiscard]] Result<std::shared_ptr<const TemplateFacts>> task_template(store::Transaction& tx,
                                                                           domain::ProjectId project,
                                                                           std::int64_t template_version);
  /// As above if it is known already.
  [[nodiscard]] std::shared_ptr<const TemplateFacts> known_template(domain::ProjectId project,
                                                                    std::int64_t template_version) const;
  /// The project's gold tasks, at most two seconds old.
  [[nodiscard]] Result<GoldTasks> gold_tasks(store::Transaction& tx, domain::ProjectId project, Instant now);
  void forget_gold_tasks(domain::ProjectId project);

  void remember_assignment(const store::AssignmentRow& assignment);
  [[nodiscard]] std::optional<AssignmentHint> hint(domain::AssignmentId assignment) const;
  void forget_assignment(domain::AssignmentId assignment);

 private:
  struct TemplateKey {
    domain::ProjectId project;
    std::int64_t version = 0;
    friend bool operator==(const TemplateKey&, const TemplateKey&) = default;
  };
  struct TemplateKeyHash {
    std::size_t operator()(const TemplateKey& key) const noexcept {
      return std::hash<std::int64_t>{}(key.project.value * 31 + key.version);
    }
  };
  struct FetchedGold {
    Instant at;
    GoldTasks tasks;
  };

  mutable std::mutex mutex_;
  std::unordered_map<domain::ProjectId, std::shared_ptr<const ProjectFacts>> projects_;
  std::unordered_map<TemplateKey, std::shared_ptr<const TemplateFacts>, TemplateKeyHash> templates_;
  std::unordered_map<domain::ProjectId, FetchedGold> gold_;
  std::unordered_map<domain::AssignmentId, AssignmentHint> hints_;
};

}  // namespace mizan::app
