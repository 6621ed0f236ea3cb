#include "mizan/domain/project_settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

namespace mizan::domain {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, Overlap>, 3> kOverlaps{
    {{"fixed", Overlap::fixed}, {"stratified", Overlap::stratified}, {"adaptive", Overlap::adaptive}}};
constexpr std::array<std::pair<std::string_view, Grace>, 3> kGraces{
    {{"refuse", Grace::refuse}, {"if_room", Grace::if_room}, {"always", Grace::always}}};
constexpr std::int64_t kMaxLabels = 1000;
constexpr std::int64_t kMaxLeaseSeconds = 90 * 86'400;

tl::unexpected<Error> refuse(std::string where, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(where),
              "docs/guide/project-settings.md lists every setting with its range");
}

// Reads the members of one object; what is not read in the end is unknown.
class Members {
 public:
  Members(const json::object& object, std::string where) : object_(object), where_(std::move(where)) {}

  Result<void> integer(std::string_view name, std::int64_t low, std::int64_t high, std::int64_t& value) {
    const json::value* found = take(name);
    if (found == nullptr) return {};
    if (!found->is_int64() || found->as_int64() < low || found->as_int64() > high) {
      return refuse(at(name),
                    "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    value = found->as_int64();
    return {};
  }

  Result<void> share(std::string_view name, double low, double& value) {
    const json::value* found = take(name);
    if (found == nullptr) return {};
    const double number = found->is_number() ? found->to_number<double>() : -1;
    if (!(number >= low && number <= 1)) {
      return refuse(at(name), low > 0 ? "must be a number from 0.5 to 1" : "must be a number from 0 to 1");
    }
    value = number;
    return {};
  }

  Result<void> flag(std::string_view name, bool& value) {
    const json::value* found = take(name);
    if (found == nullptr) return {};
    if (!found->is_bool()) return refuse(at(name), "must be true or false");
    value = found->as_bool();
    return {};
  }

  template <class Choice, std::size_t kCount>
  Result<void> choice(std::string_view name,
                      const std::array<std::pair<std::string_view, Choice>, kCount>& choices, Choice& value) {
    const json::value* found = take(name);
    if (found == nullptr) return {};
    std::string names;
    for (const auto& [text, each] : choices) {
      if (found->is_string() && found->as_string() == text) {
        value = each;
        return {};
      }
      names += (names.empty() ? "" : ", ") + std::string(text);
    }
    return refuse(at(name), "must be one of " + names);
  }

  Result<void> names(std::string_view name, std::vector<std::string>& value) {
    const json::value* found = take(name);
    if (found == nullptr) return {};
    if (!found->is_array()) return refuse(at(name), "must be a list of names");
    value.clear();
    for (const json::value& each : found->as_array()) {
      if (!each.is_string() || each.as_string().empty() || each.as_string().size() > 100) {
        return refuse(at(name), "every name must be a text of 1 to 100 bytes");
      }
      value.emplace_back(each.as_string());
    }
    return {};
  }

  // A member that is itself an object; nothing when it is absent or null.
  Result<const json::object*> object(std::string_view name) {
    const json::value* found = take(name);
    if (found == nullptr || found->is_null()) return nullptr;
    if (!found->is_object()) return refuse(at(name), "must be an object");
    return &found->as_object();
  }

  const json::value* take(std::string_view name) {
    taken_.push_back(name);
    return object_.if_contains(name);
  }
  [[nodiscard]] std::string at(std::string_view name) const { return where_ + "/" + std::string(name); }

  Result<void> nothing_else() const {
    for (const auto& member : object_) {
      const std::string_view key = member.key();
      if (std::find(taken_.begin(), taken_.end(), key) == taken_.end()) {
        return refuse(at(key), "there is no setting \"" + std::string(key.substr(0, 100)) + "\"");
      }
    }
    return {};
  }

 private:
  const json::object& object_;
  std::string where_;
  std::vector<std::string_view> taken_;
};

Result<void> read_overlap(const json::object& object, OverlapSettings& overlap) {
  Members members(object, "/overlap");
  MIZAN_CHECK_OK(members.choice("kind", kOverlaps, overlap.kind));
  MIZAN_CHECK_OK(members.integer("labels_per_task", 1, kMaxLabels, overlap.labels_per_task));
  overlap.max_labels_per_task = std::max(overlap.max_labels_per_task, overlap.labels_per_task);
  MIZAN_CHECK_OK(members.integer("max_labels_per_task", 1, kMaxLabels, overlap.max_labels_per_task));
  MIZAN_CHECK_OK(members.share("stratified_share", 0, overlap.stratified_share));
  MIZAN_CHECK_OK(members.share("target_posterior", 0.5, overlap.target_posterior));
  MIZAN_CHECK_OK(members.nothing_else());
  if (overlap.max_labels_per_task < overlap.labels_per_task) {
    return refuse("/overlap/max_labels_per_task", "must not be smaller than labels_per_task");
  }
  return {};
}

Result<void> read_gold(const json::object& object, GoldSettings& gold) {
  Members members(object, "/gold");
  MIZAN_CHECK_OK(members.share("rate_at_start", 0, gold.rate_at_start));
  MIZAN_CHECK_OK(members.share("rate_later", 0, gold.rate_later));
  MIZAN_CHECK_OK(members.integer("tenure_annotations", 0, 1'000'000, gold.tenure_annotations));
  MIZAN_CHECK_OK(members.flag("training", gold.training));
  return members.nothing_else();
}

Result<void> read_tie_breaker(const json::object& object, TieBreaker& tie_breaker) {
  Members members(object, "/tie_breaker");
  MIZAN_CHECK_OK(members.share("top_share_below", 0, tie_breaker.top_share_below));
  MIZAN_CHECK_OK(members.integer("max_extra_labels", 1, kMaxLabels, tie_breaker.max_extra_labels));
  return members.nothing_else();
}

Result<void> read_escalation(Members& members, std::string& escalate_to) {
  const json::value* found = members.take("escalate_to");
  if (found == nullptr) return {};
  static constexpr std::array<std::string_view, 5> kKinds{"", "crowd", "expert", "staff", "model"};
  const bool known =
      found->is_string() && std::find(kKinds.begin(), kKinds.end(), found->as_string()) != kKinds.end();
  if (!known) return refuse("/escalate_to", "must be crowd, expert, staff, model, or \"\" for nobody");
  escalate_to = found->as_string();
  return {};
}

template <class Choice, std::size_t kCount>
std::string_view name_of(const std::array<std::pair<std::string_view, Choice>, kCount>& choices,
                         Choice choice) {
  return std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.second == choice; })
      ->first;
}

json::array to_array(const std::vector<std::string>& names) {
  return json::array(names.begin(), names.end());
}

}  // namespace

Result<ProjectSettings> parse_project_settings(const json::object& document) {
  ProjectSettings settings;
  Members members(document, "");
  MIZAN_TRY(const json::object* overlap, members.object("overlap"));
  if (overlap != nullptr) MIZAN_CHECK_OK(read_overlap(*overlap, settings.overlap));
  MIZAN_TRY(const json::object* gold, members.object("gold"));
  if (gold != nullptr) MIZAN_CHECK_OK(read_gold(*gold, settings.gold));
  MIZAN_TRY(const json::object* tie_breaker, members.object("tie_breaker"));
  if (tie_breaker != nullptr) MIZAN_CHECK_OK(read_tie_breaker(*tie_breaker, settings.tie_breaker.emplace()));
  MIZAN_CHECK_OK(members.integer("lease_seconds", 1, kMaxLeaseSeconds, settings.lease_seconds));
  MIZAN_CHECK_OK(members.choice("grace", kGraces, settings.grace));
  MIZAN_CHECK_OK(members.integer("live_assignments", 1, 10'000, settings.live_assignments));
  MIZAN_CHECK_OK(members.share("review_share", 0, settings.review_share));
  MIZAN_CHECK_OK(members.names("required_teams", settings.required_teams));
  MIZAN_CHECK_OK(members.names("forbidden_teams", settings.forbidden_teams));
  MIZAN_CHECK_OK(members.names("review_reasons", settings.review_reasons));
  MIZAN_CHECK_OK(read_escalation(members, settings.escalate_to));
  MIZAN_CHECK_OK(members.nothing_else());
  for (const std::string& team : settings.required_teams) {
    const auto& forbidden = settings.forbidden_teams;
    if (std::find(forbidden.begin(), forbidden.end(), team) != forbidden.end()) {
      return refuse("/forbidden_teams",
                    "the team \"" + team + "\" is required and forbidden: nobody could work");
    }
  }
  return settings;
}

json::object to_json(const ProjectSettings& settings) {
  json::object document;
  document["overlap"] = {{"kind", name_of(kOverlaps, settings.overlap.kind)},
                         {"labels_per_task", settings.overlap.labels_per_task},
                         {"max_labels_per_task", settings.overlap.max_labels_per_task},
                         {"stratified_share", settings.overlap.stratified_share},
                         {"target_posterior", settings.overlap.target_posterior}};
  document["gold"] = {{"rate_at_start", settings.gold.rate_at_start},
                      {"rate_later", settings.gold.rate_later},
                      {"tenure_annotations", settings.gold.tenure_annotations},
                      {"training", settings.gold.training}};
  document["tie_breaker"] = nullptr;
  if (settings.tie_breaker) {
    document["tie_breaker"] = {{"top_share_below", settings.tie_breaker->top_share_below},
                               {"max_extra_labels", settings.tie_breaker->max_extra_labels}};
  }
  document["lease_seconds"] = settings.lease_seconds;
  document["grace"] = name_of(kGraces, settings.grace);
  document["live_assignments"] = settings.live_assignments;
  document["review_share"] = settings.review_share;
  document["required_teams"] = to_array(settings.required_teams);
  document["forbidden_teams"] = to_array(settings.forbidden_teams);
  document["review_reasons"] = to_array(settings.review_reasons);
  document["escalate_to"] = settings.escalate_to;
  return document;
}

}  // namespace mizan::domain
