#include "mizan/app/tasks/checked_task.h"

#include <boost/json/value.hpp>

#include "mizan/app/tasks/task_content.h"
#include "mizan/base/json_writer.h"
#include "mizan/domain/template/answers.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> at(std::string_view place, Error error) {
  error.where = "/" + std::string(place) + (error.where == "/" ? "" : error.where);
  return fail(std::move(error));
}

Result<void> check_fit(const dataset::TaskRecord& record, const domain::Template* task_template) {
  if (task_template != nullptr) {
    const auto fits = domain::check_payload(*task_template, *record.payload);
    if (!fits) return at("payload", fits.error());
    return {};
  }
  if (record.gold_answers == nullptr && record.pre_annotation == nullptr) return {};
  return fail(ErrorCode::bad_answer, "the project has no template yet, so it has no questions to answer",
              "/gold", "append a template first");
}

Result<std::optional<CheckedGold>> read_gold(const dataset::TaskRecord& record,
                                             const domain::Template* task_template) {
  if (record.gold_answers == nullptr) return std::optional<CheckedGold>();
  MIZAN_TRY(const auto answers, domain::parse_gold_answers(*task_template, *record.gold_answers));
  return std::optional(CheckedGold{.answers = domain::to_json(*task_template, answers),
                                   .explanation = std::string(record.explanation),
                                   .concept_name = std::string(record.concept_name),
                                   .difficulty = record.difficulty});
}

/// Everything that was imported but its external id, in a fixed order.
void append_content(std::string& out, const CheckedTask& task) {
  const auto add = [&](std::string_view text) {
    append_json_string(out, text);
    out += ',';
  };
  add(task.domain);
  add(task.language);
  add(task.batch);
  out += std::to_string(task.priority) + ",";
  if (task.pre_annotation) out += *task.pre_annotation;
  out += ',';
  if (!task.gold) return;
  out += task.gold->answers + ",";
  add(task.gold->explanation);
  add(task.gold->concept_name);
  out += std::to_string(task.gold->difficulty);
}

}  // namespace

Result<CheckedTask> check_task(const dataset::TaskRecord& record, const domain::Template* task_template) {
  MIZAN_CHECK_OK(check_fit(record, task_template));
  CheckedTask out{.line = record.line,
                  .external_id = std::string(record.external_id),
                  .payload = std::string(record.payload_text),
                  .domain = std::string(record.domain),
                  .language = std::string(record.language),
                  .batch = std::string(record.batch),
                  .priority = record.priority};
  MIZAN_TRY(out.gold, read_gold(record, task_template));
  if (record.pre_annotation != nullptr) {
    auto answers = domain::parse_draft_answers(*task_template, *record.pre_annotation);
    if (!answers) return at("pre_annotation", answers.error());
    out.pre_annotation = domain::to_json(*task_template, *answers);
  }
  std::string canonical;
  canonical.reserve(out.payload.size() + 128);
  append_canonical_json(canonical, *record.payload);
  append_content(canonical, out);
  out.content_hash = content_hash(canonical);
  return out;
}

}  // namespace mizan::app
