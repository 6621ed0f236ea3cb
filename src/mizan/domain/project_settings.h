// How a project gives out work and when it believes an answer: the settings a data lead edits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "mizan/base/result.h"

namespace mizan::domain {

enum class Overlap : std::uint8_t {
  fixed,       ///< every task gets `labels_per_task` annotations
  stratified,  ///< a random share of tasks gets `max_labels_per_task`, the others `labels_per_task`
  adaptive,    ///< `labels_per_task` first, then one more at a time until the posterior reaches the target or
               ///< the cap
};

/// What becomes of answers that come after the assignment has expired.
enum class Grace : std::uint8_t {
  refuse,   ///< kept as a draft, refused with the reason
  if_room,  ///< taken when the task still wants an annotation
  always,   ///< taken
};

struct OverlapSettings {
  Overlap kind = Overlap::fixed;
  std::int64_t labels_per_task = 3;
  std::int64_t max_labels_per_task = 7;  ///< the cap of adaptive and tie-breaking annotations
  double stratified_share = 0.1;         ///< of tasks, 0 … 1
  double target_posterior = 0.95;        ///< adaptive stops here, 0.5 … 1
};

struct GoldSettings {
  double rate_at_start = 0.2;  ///< share of gold among an annotator's first assignments, 0 … 1
  double rate_later = 0.05;    ///< after `tenure_annotations`, falling linearly until then
  std::int64_t tenure_annotations = 200;
  bool training = false;  ///< annotators see at once whether they were right, and the explanation
};

/// One more annotation when the answers are split (never by the same annotator).
struct TieBreaker {
  double top_share_below = 0.5;  ///< asks while the most frequent answer has a smaller share, 0 … 1
  std::int64_t max_extra_labels = 1;
};

struct ProjectSettings {
  OverlapSettings overlap{};
  GoldSettings gold{};
  std::optional<TieBreaker> tie_breaker{};
  std::int64_t lease_seconds = 1800;  ///< how long an annotator has a task without a heartbeat
  Grace grace = Grace::if_room;
  std::int64_t live_assignments = 1;  ///< at most so many at once per annotator who works in Mizan
  double review_share = 0.1;          ///< of annotations, drawn at random for review, 0 … 1
  std::vector<std::string> required_teams{};
  std::vector<std::string> forbidden_teams{};
  std::vector<std::string> review_reasons{"wrong", "incomplete", "instructions_not_followed", "low_effort"};
  /// Kind of supplier that is asked when the cap is reached below the target ("expert", "staff" …); empty =
  /// nobody.
  std::string escalate_to{};
};

/// Reads settings over the defaults.
/// @errors invalid_argument with `where` = JSON pointer: unknown member, wrong type, value out of range,
///         settings that contradict each other
[[nodiscard]] Result<ProjectSettings> parse_project_settings(const boost::json::object& document);

/// Every member, in a fixed order; reads back to the same settings.
[[nodiscard]] boost::json::object to_json(const ProjectSettings& settings);

}  // namespace mizan::domain
