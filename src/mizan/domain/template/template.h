// A template: how a task of a project is shown and what is asked about it, with everything that the project's
// answers must satisfy. The document is JSON: docs/formats/template.md, docs/formats/template.schema.json.
//
// Beside this header: answers.h (answers and their check), labels.h (what inference sees), gold_score.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "mizan/base/result.h"
#include "mizan/domain/template/display.h"
#include "mizan/domain/template/question.h"

namespace mizan::domain {

/// Limits that keep a template small enough for any screen and any machine.
inline constexpr std::size_t kMaxTemplateBytes = 1 << 20;
inline constexpr std::size_t kMaxQuestions = 200;
inline constexpr std::size_t kMaxOptions = 4096;
inline constexpr std::size_t kMaxBlocks = 200;

/// Immutable once parsed; safe to read from any thread.
/// Invariants: at least one question; what display.h and question.h say.
struct Template {
  std::string title{};
  std::vector<DisplayBlock> display{};
  std::vector<TemplateQuestion> questions{};
};

/// @in     text  JSON of docs/formats/template.md
/// @errors malformed_template: not JSON, an unknown or missing member, a value that makes no sense, a
/// condition on a
///         question that does not stand before; `where` is the JSON pointer of the offending value
/// @cost   O(bytes)
[[nodiscard]] Result<Template> parse_template(std::string_view text);
[[nodiscard]] Result<Template> read_template(const boost::json::value& document);

/// The question of that name, or nullptr.
[[nodiscard]] const TemplateQuestion* find_question(const Template& task_template, std::string_view name);

/// Does a payload have what the template shows? Only that the paths exist and have a fitting type.
/// @errors bad_payload: `where` is the JSON pointer into the payload
[[nodiscard]] Result<void> check_payload(const Template& task_template, const boost::json::value& payload);

/// The top-level members of the payload that the template shows or refers to, sorted: what an annotator
/// needs.
[[nodiscard]] std::vector<std::string> payload_fields(const Template& task_template);

}  // namespace mizan::domain
