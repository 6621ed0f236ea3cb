// The background half of inference: one node at a time per project follows the project's events, keeps a live
// model of each question, publishes versions of it and brings the consensus up to them. Killed at any moment,
// the next run starts from the labels in the database.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "mizan/app/inference/project_learner.h"
#include "mizan/app/inference/refresh_consensus.h"
#include "mizan/app/service.h"
#include "mizan/base/clock.h"
#include "mizan/base/parallel.h"
#include "mizan/base/result.h"

namespace mizan::app {

struct InferenceOptions {
  Duration between_models = {
      3'000'000};                ///< of one project, at least; ten times what the last one took if more
  Duration turn = {60'000'000};  ///< how long a node that died keeps a project
  std::int64_t events_at_once = 2'000;
  std::size_t threads = 2;
  RefreshOptions refresh{};
};

/// One per process; not thread-safe.
class InferenceRun {
 public:
  InferenceRun(Service& service, const InferenceOptions& options);
  ~InferenceRun();

  /// A bounded step over every project that has something new. @out whether there is more to do at once
  [[nodiscard]] Result<bool> step();
  /// Steps until there is nothing more, publishing at once: for commands and tests.
  [[nodiscard]] Result<void> catch_up();

 private:
  struct ProjectRun {
    std::unique_ptr<ProjectLearner> learner;
    std::optional<ConsensusRefresh> refresh;
    Instant published_at{};
    Duration last_took{};
  };

  [[nodiscard]] Result<bool> step_project(domain::ProjectId project, std::int64_t newest_sequence);
  [[nodiscard]] Result<bool> hear(domain::ProjectId project, ProjectRun& run);
  [[nodiscard]] Result<void> publish(ProjectRun& run);
  [[nodiscard]] Result<bool> has_turn(domain::ProjectId project);
  [[nodiscard]] Result<bool> is_learned(domain::ProjectId project, std::int64_t newest_sequence);
  [[nodiscard]] bool is_due(const ProjectRun& run) const;

  Service& service_;
  InferenceOptions options_;
  ThreadPool pool_;
  bool at_once_ = false;
  std::map<domain::ProjectId, ProjectRun> projects_;
};

}  // namespace mizan::app
