// Argilla's records, as a JSON array or one a line, in the three shapes that its versions export:
//   nested    responses: {question: [{value, user_id, status?}]}, suggestions: {question: {value, agent}}
//   by user   responses: [{user_id, status, values: {question: {value}}}], suggestions: [{question_name,
//   value, agent}] flat      "question.responses": […], "question.responses.users": […],
//   "question.suggestion": …
// docs/formats/platforms.md says which field plays which role.
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

constexpr string_view kPeople = "people";
constexpr string_view kModel = "model";
constexpr string_view kResponses = ".responses";
constexpr string_view kSuggestion = ".suggestion";

/// One answer by one user (or model) to one question of a record.
struct Answer {
  std::string question;
  std::string annotator;
  std::string status;
  const value* held;
  bool is_suggestion = false;
};

std::string text_or(const object& parent, string_view key, string_view otherwise) {
  std::string buffer;
  const string_view text = member_text(parent, key, buffer);
  return std::string(text.empty() ? otherwise : text);
}

void collect_nested_responses(const object& responses, std::vector<Answer>& answers) {
  for (const auto& question : responses) {
    const boost::json::array* list = question.value().if_array();
    if (list == nullptr) continue;
    for (const value& member : *list) {
      const object* response = member.if_object();
      const value* held = response == nullptr ? nullptr : response->if_contains("value");
      if (held == nullptr) continue;
      answers.push_back({std::string(question.key()), text_or(*response, "user_id", ""),
                         text_or(*response, "status", ""), held});
    }
  }
}

void collect_responses_by_user(const boost::json::array& responses, std::vector<Answer>& answers) {
  for (const value& member : responses) {
    const object* response = member.if_object();
    const object* values = response == nullptr ? nullptr : object_of(*response, "values");
    if (values == nullptr) continue;
    for (const auto& question : *values) {
      const object* holder = question.value().if_object();
      const value* held = holder == nullptr ? &question.value() : holder->if_contains("value");
      if (held == nullptr) continue;
      answers.push_back({std::string(question.key()), text_or(*response, "user_id", ""),
                         text_or(*response, "status", ""), held});
    }
  }
}

void add_suggestion(const value& member, std::string question, std::vector<Answer>& answers) {
  const object* suggestion = member.if_object();
  const value* held = suggestion == nullptr ? nullptr : suggestion->if_contains("value");
  if (held == nullptr) return;
  if (question.empty()) question = text_or(*suggestion, "question_name", "");
  if (!question.empty())
    answers.push_back({std::move(question), text_or(*suggestion, "agent", kModel), {}, held, true});
}

void collect_suggestions(const object& record, std::vector<Answer>& answers) {
  if (const object* by_question = object_of(record, "suggestions"))
    for (const auto& member : *by_question) add_suggestion(member.value(), member.key(), answers);
  if (const boost::json::array* list = array_of(record, "suggestions"))
    for (const value& member : *list) add_suggestion(member, {}, answers);
}

/// The texts of a list member, by position; what is not a scalar is empty.
std::vector<std::string> texts_of(const object& record, const std::string& key) {
  std::vector<std::string> texts;
  std::string buffer;
  if (const boost::json::array* list = array_of(record, key))
    for (const value& member : *list) texts.emplace_back(scalar_text(member, buffer).value_or(string_view{}));
  return texts;
}

void collect_flat_responses(const object& record, const std::string& key, std::vector<Answer>& answers) {
  const boost::json::array* list = array_of(record, key);
  if (list == nullptr) return;
  const auto users = texts_of(record, key + ".users");
  const auto states = texts_of(record, key + ".status");
  for (std::size_t i = 0; i < list->size(); ++i)
    answers.push_back({key.substr(0, key.size() - kResponses.size()), i < users.size() ? users[i] : "",
                       i < states.size() ? states[i] : "", &(*list)[i]});
}

void collect_flat(const object& record, bool with_suggestions, std::vector<Answer>& answers) {
  for (const auto& member : record) {
    const std::string key(member.key());
    if (key.ends_with(kResponses)) {
      collect_flat_responses(record, key, answers);
    } else if (with_suggestions && key.ends_with(kSuggestion) && !member.value().is_null()) {
      answers.push_back({key.substr(0, key.size() - kSuggestion.size()),
                         text_or(record, key + ".agent", kModel),
                         {},
                         &member.value(),
                         true});
    }
  }
}

/// Every answer of a record, whatever its shape.
void collect(const object& record, bool with_suggestions, std::vector<Answer>& answers) {
  answers.clear();
  if (const object* nested = object_of(record, "responses")) {
    collect_nested_responses(*nested, answers);
  } else if (const boost::json::array* by_user = array_of(record, "responses")) {
    collect_responses_by_user(*by_user, answers);
  } else {
    collect_flat(record, with_suggestions, answers);
  }
  if (with_suggestions) collect_suggestions(record, answers);
}

bool is_withdrawn(const Answer& answer) {
  return answer.status == "draft" || answer.status == "discarded";
}

/// A label is a text, a number, true or false, or a list of those (several labels); spans and rankings are
/// not.
std::optional<std::string> class_of(const value& held, bool& has_several) {
  auto texts = scalar_texts(held);
  if (!texts) return std::nullopt;
  has_several = texts->size() > 1;
  return joined_choices(std::move(*texts));
}

struct Facts {
  QuestionSurvey questions;
  bool has_answers = false;
  bool has_suggestions = false;
};

void survey(const std::vector<Answer>& answers, Facts& facts) {
  for (const Answer& answer : answers) {
    bool has_several = false;
    facts.has_answers = true;
    facts.has_suggestions |= answer.is_suggestion;
    const auto text = class_of(*answer.held, has_several);
    if (text) facts.questions.meet(answer.question, *text);
  }
}

/// Second pass: the answers of one user to a record are one row.
class Rows {
 public:
  Rows(const ReadJob& job, const std::vector<std::string>& questions, bool has_suggestions)
      : task_field_(job.options.roles.task.value_or("")),
        labels_(questions),
        has_suggestions_(has_suggestions),
        builder_(TableShape{.questions = questions, .has_supplier = has_suggestions}) {}

  void add_record(const object& record, const std::vector<Answer>& answers, std::uint64_t number) {
    number_ = number;
    task_ = task_id(record);
    std::vector<bool> is_done(answers.size(), false);
    for (std::size_t first = 0; first < answers.size(); ++first) {
      if (is_done[first]) continue;
      labels_.clear();
      for (std::size_t i = first; i < answers.size(); ++i) {
        if (answers[i].annotator != answers[first].annotator ||
            answers[i].is_suggestion != answers[first].is_suggestion)
          continue;
        is_done[i] = true;
        take(answers[i]);
      }
      if (!labels_.empty()) add_row(answers[first]);
    }
  }
  LabelTableBuilder& builder() { return builder_; }

 private:
  std::string task_id(const object& record) {
    if (task_field_.empty()) {
      for (const char* key : {"id", "external_id", "_server_id"}) {
        std::string id = text_or(record, key, "");
        if (!id.empty()) return id;
      }
      return {};
    }
    for (const char* holder : {"metadata", "fields"}) {
      const object* members = object_of(record, holder);
      std::string id = members == nullptr ? std::string() : text_or(*members, task_field_, "");
      if (!id.empty()) return id;
    }
    return text_or(record, task_field_, "");
  }

  void take(const Answer& answer) {
    if (is_withdrawn(answer))
      return builder_.note(OddityCode::cancelled_annotation, number_,
                           "the response is a draft or was discarded");
    bool has_several = false;
    const auto text = class_of(*answer.held, has_several);
    if (!text)
      return builder_.note(OddityCode::unsupported_answer, number_,
                           "\"" + answer.question + "\" is answered by spans, a ranking or the like");
    const auto question = labels_.index_of(answer.question);
    if (!question) return;
    if (has_several)
      builder_.note(OddityCode::several_choices, number_,
                    "several labels for \"" + answer.question + "\": " + *text);
    labels_.set(*question, *text);
  }

  void add_row(const Answer& answer) {
    const string_view supplier = answer.is_suggestion ? kModel : kPeople;
    builder_.add_row(RowText{.task = task_,
                             .annotator = answer.annotator,
                             .supplier = has_suggestions_ ? supplier : string_view{},
                             .labels = labels_.views(),
                             .place = number_});
  }

  std::string task_field_;
  RowLabels labels_;
  bool has_suggestions_;
  LabelTableBuilder builder_;
  std::string task_;
  std::uint64_t number_ = 0;
};

}  // namespace

Result<ReadOutcome> read_argilla(const ReadJob& job) {
  const ReadOptions& options = job.options;
  const std::string& name = job.input.name();
  MIZAN_CHECK_OK(check_roles(options.roles, "Argilla records"));
  MIZAN_TRY(const string_view text, text_of(job.input, job.pool));
  Facts facts;
  std::vector<Answer> answers;
  const auto survey_record = [&](const object& record, const JsonElement&) {
    collect(record, options.with_predictions, answers);
    survey(answers, facts);
  };
  MIZAN_CHECK_OK(for_each_object(text, name, job.progress, "looking for questions", survey_record));
  if (!facts.has_answers)
    return fail(ErrorCode::no_usable_rows, "no record has a response", name,
                "export the records with their responses");
  MIZAN_TRY(const auto questions,
            facts.questions.chosen(options.roles, name, "one response of label or rating"));
  Rows rows(job, questions, facts.has_suggestions);
  const auto add_record = [&](const object& record, const JsonElement& element) {
    collect(record, options.with_predictions, answers);
    rows.add_record(record, answers, element.number);
  };
  MIZAN_CHECK_OK(for_each_object(text, name, job.progress, "reading labels", add_record));
  facts.questions.note_left_out(options.roles, rows.builder());
  MIZAN_TRY(ReadOutcome outcome, std::move(rows.builder()).finish(job.pool, options, name, "record"));
  outcome.columns =
      uses_of(questions, {{options.roles.task.value_or("id"), Role::task}, {"user_id", Role::annotator}});
  return outcome;
}

}  // namespace mizan::dataset
