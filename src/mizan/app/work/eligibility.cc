#include "mizan/app/work/eligibility.h"

#include <algorithm>

#include "mizan/domain/text_list.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> refuse(std::string message, std::string hint = {}) {
  return fail(ErrorCode::not_eligible, std::move(message), {}, std::move(hint));
}

bool has(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// An empty list of abilities takes anything; so does a task without a demand.
bool takes(const std::vector<std::string>& abilities, const std::string& demand) {
  return demand.empty() || abilities.empty() || has(abilities, demand);
}

}  // namespace

Result<void> check_standing(const store::StandingRow& standing) {
  if (standing.project_state != "active")
    return refuse("the project is " + standing.project_state + " and gives out no work");
  if (standing.template_version == 0)
    return refuse("the project has no template yet", "publish a template first");
  if (standing.annotator_state != "active") return refuse("the annotator is " + standing.annotator_state);
  if (standing.supplier_state != "active") return refuse("the supplier is " + standing.supplier_state);
  if (standing.project_supplier_state.empty()) return refuse("the supplier does not work on this project");
  if (standing.project_supplier_state != "active")
    return refuse("the supplier is " + standing.project_supplier_state + " on this project");
  return {};
}

Result<void> check_teams(const domain::ProjectSettings& settings, const std::vector<std::string>& teams) {
  for (const std::string& team : settings.required_teams)
    if (!has(teams, team)) return refuse("the project is for members of the team \"" + team + "\"");
  for (const std::string& team : settings.forbidden_teams)
    if (has(teams, team)) return refuse("members of the team \"" + team + "\" may not work on this project");
  return {};
}

Result<void> check_eligible(store::Transaction& tx, const store::StandingRow& standing,
                            const domain::ProjectSettings& settings, domain::AnnotatorId annotator) {
  MIZAN_CHECK_OK(check_standing(standing));
  if (settings.required_teams.empty() && settings.forbidden_teams.empty()) return {};
  MIZAN_TRY(const auto teams, store::find_teams(tx, annotator));
  return check_teams(settings, teams);
}

Abilities abilities_of(const store::StandingRow& standing) {
  return {.domains = domain::text_list(standing.domains), .languages = domain::text_list(standing.languages)};
}

bool fits(const Abilities& abilities, const store::AnnotatorLane& lane) {
  return takes(abilities.domains, lane.domain) && takes(abilities.languages, lane.language);
}

}  // namespace mizan::app
