// Label Studio's JSON export (tasks with annotations) and its flat JSON-MIN export. docs/formats/platforms.md
// says which field plays which role.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "mizan/dataset/platform/json_elements.h"
#include "mizan/dataset/platform/questions.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using boost::json::object;
using boost::json::value;
using std::string_view;

constexpr const char* kPeople = "people";
constexpr const char* kModel = "model";

bool flag_of(const object& parent, string_view key) {
  const value* flag = parent.if_contains(key);
  return flag != nullptr && flag->is_bool() && flag->get_bool();
}

struct Answer {
  string_view question{};
  std::optional<std::string> text{};  ///< nothing: not a choice
  bool has_several = false;

  void take(const value& chosen) {
    auto texts = scalar_texts(chosen);
    if (!texts) return;
    has_several = texts->size() > 1;
    text = joined_choices(std::move(*texts));
  }
};

/// One element of an annotation's `result`. "selected" is what a pairwise comparison holds.
Answer answer_of(const object& result) {
  Answer answer{};
  const value* question = result.if_contains("from_name");
  if (question == nullptr || !question->is_string()) return answer;
  answer.question = question->get_string();
  const object* held = object_of(result, "value");
  if (held == nullptr) return answer;
  for (const string_view key : {"choices", "rating", "selected"}) {
    if (const value* chosen = held->if_contains(key)) {
      answer.take(*chosen);
      break;
    }
  }
  return answer;
}

/// The flat export holds a text, a number, or {"choices": […]}; a bare list is regions.
Answer flat_answer_of(string_view question, const value& held) {
  Answer answer{question};
  const object* wrapped = held.if_object();
  const value* chosen = wrapped == nullptr ? &held : wrapped->if_contains("choices");
  if (chosen != nullptr && !held.is_array()) answer.take(*chosen);
  return answer;
}

std::string annotator_of(const object& annotation) {
  std::string buffer;
  const object* person = object_of(annotation, "completed_by");
  if (person == nullptr) return std::string(member_text(annotation, "completed_by", buffer));
  const string_view id = member_text(*person, "id", buffer);
  return std::string(id.empty() ? member_text(*person, "email", buffer) : id);
}

bool is_flat(const object& task) {
  return !task.contains("annotations") && task.contains("annotator");
}

/// Calls visit(key, value) for the answers of a flat record: the members between its id and its annotator.
template <class Visit>
void visit_flat_answers(const object& record, const Visit& visit) {
  bool is_inside = false;
  for (const auto& member : record) {
    const string_view key = member.key();
    if (key == "annotator") return;
    if (is_inside) visit(key, member.value());
    if (key == "id") is_inside = true;
  }
}

struct Facts {
  QuestionSurvey questions;
  bool has_seconds = false;
  bool has_time = false;
  bool has_predictions = false;
  bool has_annotations = false;
};

/// Calls visit(annotation) for each object of a list member of `task`.
template <class Visit>
void visit_members(const object& task, string_view key, const Visit& visit) {
  const boost::json::array* list = array_of(task, key);
  if (list == nullptr) return;
  for (const value& member : *list)
    if (const object* child = member.if_object()) visit(*child);
}

void survey_times(const object& annotation, Facts& facts) {
  std::string buffer;
  facts.has_seconds |= !member_text(annotation, "lead_time", buffer).empty();
  facts.has_time |= !member_text(annotation, "created_at", buffer).empty();
}

void survey_results(const object& annotation, Facts& facts) {
  visit_members(annotation, "result", [&](const object& result) {
    const Answer answer = answer_of(result);
    if (answer.text) facts.questions.meet(answer.question, *answer.text);
  });
}

void survey(const object& task, bool with_predictions, Facts& facts) {
  if (is_flat(task)) {
    facts.has_annotations = true;
    survey_times(task, facts);
    visit_flat_answers(task, [&](string_view key, const value& held) {
      const Answer answer = flat_answer_of(key, held);
      if (answer.text) facts.questions.meet(key, *answer.text);
    });
    return;
  }
  visit_members(task, "annotations", [&](const object& annotation) {
    facts.has_annotations = true;
    survey_times(annotation, facts);
    survey_results(annotation, facts);
  });
  if (!with_predictions) return;
  visit_members(task, "predictions", [&](const object& prediction) {
    facts.has_predictions = true;
    survey_results(prediction, facts);
  });
}

/// Second pass: rows and gold.
class Rows {
 public:
  Rows(const ReadJob& job, const std::vector<std::string>& questions, const Facts& facts)
      : task_field_(job.options.roles.task.value_or("")),
        labels_(questions),
        facts_(facts),
        builder_(TableShape{.questions = questions,
                            .has_supplier = facts.has_predictions,
                            .has_seconds = facts.has_seconds,
                            .has_time = facts.has_time}) {}

  void add_task(const object& task, std::uint64_t number) {
    number_ = number;
    task_ = task_id(task);
    if (is_flat(task)) return add_flat(task);
    visit_members(task, "annotations", [&](const object& annotation) { add_annotation(annotation); });
    if (facts_.has_predictions)
      visit_members(task, "predictions", [&](const object& prediction) { add_prediction(prediction); });
  }
  LabelTableBuilder& builder() { return builder_; }

 private:
  std::string task_id(const object& task) {
    std::string buffer;
    if (!task_field_.empty()) {
      const object* data = object_of(task, "data");
      const string_view id = data == nullptr ? string_view{} : member_text(*data, task_field_, buffer);
      if (!id.empty()) return std::string(id);
      return std::string(member_text(task, task_field_, buffer));
    }
    const string_view id = member_text(task, "id", buffer);
    return std::string(id.empty() ? member_text(task, "inner_id", buffer) : id);
  }

  void add_flat(const object& record) {
    labels_.clear();
    visit_flat_answers(record, [&](string_view key, const value& held) { take(flat_answer_of(key, held)); });
    std::string buffer;
    add_row(record, std::string(member_text(record, "annotator", buffer)), {});
  }

  void add_annotation(const object& annotation) {
    if (flag_of(annotation, "was_cancelled")) {
      builder_.note(OddityCode::cancelled_annotation, number_, "the annotation was skipped");
      return;
    }
    take_results(annotation);
    if (flag_of(annotation, "ground_truth")) return add_gold();
    add_row(annotation, annotator_of(annotation), facts_.has_predictions ? kPeople : "");
  }

  void add_prediction(const object& prediction) {
    take_results(prediction);
    std::string buffer;
    const string_view version = member_text(prediction, "model_version", buffer);
    add_row(prediction, std::string(version.empty() ? string_view(kModel) : version), kModel);
  }

  void add_gold() {
    const auto answers = labels_.views();
    for (std::size_t q = 0; q < answers.size(); ++q)
      if (!answers[q].empty()) builder_.add_gold(task_, q, answers[q], number_);
  }

  void add_row(const object& annotation, const std::string& annotator, string_view supplier) {
    std::string seconds;
    std::string time;
    builder_.add_row(RowText{.task = task_,
                             .annotator = annotator,
                             .supplier = supplier,
                             .labels = labels_.views(),
                             .seconds = member_text(annotation, "lead_time", seconds),
                             .time = member_text(annotation, "created_at", time),
                             .place = number_});
  }

  void take_results(const object& annotation) {
    labels_.clear();
    std::vector<string_view> seen;
    visit_members(annotation, "result", [&](const object& result) {
      const Answer answer = answer_of(result);
      if (answer.text && std::ranges::find(seen, answer.question) != seen.end())
        return note_unsupported(answer.question, "is answered for several regions; the first counts");
      seen.push_back(answer.question);
      take(answer);
    });
  }

  void take(const Answer& answer) {
    if (!answer.text) return note_unsupported(answer.question, "is not a choice or a rating");
    const auto question = labels_.index_of(answer.question);
    if (!question) return;
    if (answer.has_several)
      builder_.note(OddityCode::several_choices, number_,
                    "several choices for \"" + std::string(answer.question) + "\": " + *answer.text);
    labels_.set(*question, *answer.text);
  }

  void note_unsupported(string_view question, const char* why) {
    builder_.note(OddityCode::unsupported_answer, number_, "\"" + std::string(question) + "\" " + why);
  }

  std::string task_field_;
  RowLabels labels_;
  const Facts& facts_;
  LabelTableBuilder builder_;
  std::string task_;
  std::uint64_t number_ = 0;
};

template <class Visit>
Result<void> for_each_task(const ReadJob& job, string_view text, string_view stage, const Visit& visit) {
  return for_each_object(text, job.input.name(), job.progress, stage, visit);
}

}  // namespace

Result<ReadOutcome> read_label_studio(const ReadJob& job) {
  const ReadOptions& options = job.options;
  MIZAN_CHECK_OK(check_roles(options.roles, "a Label Studio export"));
  MIZAN_TRY(const string_view text, text_of(job.input, job.pool));
  Facts facts;
  MIZAN_CHECK_OK(for_each_task(
      job, text, "looking for questions",
      [&](const object& task, const JsonElement&) { survey(task, options.with_predictions, facts); }));
  if (!facts.has_annotations && !facts.has_predictions)
    return fail(ErrorCode::no_usable_rows, "no task has an annotation", job.input.name(),
                "export the project with its annotations (JSON, not the tasks alone)");
  MIZAN_TRY(const auto questions,
            facts.questions.chosen(options.roles, job.input.name(), "one choice or rating"));
  Rows rows(job, questions, facts);
  MIZAN_CHECK_OK(for_each_task(
      job, text, "reading labels",
      [&](const object& task, const JsonElement& element) { rows.add_task(task, element.number); }));
  facts.questions.note_left_out(options.roles, rows.builder());
  MIZAN_TRY(ReadOutcome outcome,
            std::move(rows.builder()).finish(job.pool, options, job.input.name(), "task"));
  outcome.columns = uses_of(questions, {{options.roles.task.value_or("id"), Role::task},
                                        {"completed_by", Role::annotator},
                                        {"lead_time", facts.has_seconds ? Role::seconds : Role::ignored},
                                        {"created_at", facts.has_time ? Role::time : Role::ignored}});
  return outcome;
}

}  // namespace mizan::dataset
