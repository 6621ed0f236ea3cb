// Who may work on a project at all, and which lanes of its queue are for them. Pure, but for the teams.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/domain/project_settings.h"
#include "mizan/store/sql/transaction.h"
#include "mizan/store/work/annotator_standing.h"
#include "mizan/store/work/lanes.h"

namespace mizan::app {

/// The checks, in this order: the project is active and has a template; the annotator and the supplier are
/// active; the supplier is on the project and active there.
/// @errors not_eligible: the first that fails
[[nodiscard]] Result<void> check_standing(const store::StandingRow& standing);

/// required ∧ ¬forbidden: in every required team and in no forbidden one.
/// @errors not_eligible: the first team that is missing, or forbidden
[[nodiscard]] Result<void> check_teams(const domain::ProjectSettings& settings,
                                       const std::vector<std::string>& teams);

/// Both, reading the annotator's teams if the project asks for any.
[[nodiscard]] Result<void> check_eligible(store::Transaction& tx, const store::StandingRow& standing,
                                          const domain::ProjectSettings& settings,
                                          domain::AnnotatorId annotator);

/// The domains and languages that an annotator works in; an empty list means any.
struct Abilities {
  std::vector<std::string> domains{};
  std::vector<std::string> languages{};
};
[[nodiscard]] Abilities abilities_of(const store::StandingRow& standing);
/// Whether tasks of the lane are for these abilities. The lane's supplier is the query's business.
[[nodiscard]] bool fits(const Abilities& abilities, const store::AnnotatorLane& lane);

}  // namespace mizan::app
