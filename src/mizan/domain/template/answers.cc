#include "mizan/domain/template/answers.h"

#include <charconv>

#include "mizan/domain/template/answer_values.h"

namespace mizan::domain {

namespace {

struct Manner {
  std::string where;
  Completeness completeness;
  bool minds_conditions;  ///< answers to hidden questions are refused
};

void check_hidden_and_required(const Template& task_template, const Answers& answers, const Manner& manner,
                               Complaint& complaint) {
  for (const TemplateQuestion& question : task_template.questions) {
    const bool shown = is_shown(task_template, question, answers);
    const bool answered = answers.find(question.name) != nullptr;
    const std::string where = pointer_to(manner.where, question.name);
    if (answered && !shown)
      return complaint.say(where, quoted(question.name) + " is answered, but the other answers hide it",
                           "leave it out; see show_if in the template");
    if (!answered && shown && question.is_required && manner.completeness == Completeness::whole)
      return complaint.say(where, quoted(question.name) + " needs an answer");
  }
}

Result<Answers> parse(const Template& task_template, const boost::json::value& value, const Manner& manner) {
  Complaint complaint(ErrorCode::bad_answer);
  ObjectReader reader(value, manner.where, complaint);
  Answers out;
  for (const TemplateQuestion& question : task_template.questions) {
    const auto* answer = reader.member(question.name);
    if (answer == nullptr) continue;
    auto parsed =
        parse_answer(question, *answer, reader.where(question.name), manner.completeness, complaint);
    if (parsed) out.by_question.emplace(question.name, std::move(*parsed));
  }
  reader.finish();
  if (manner.minds_conditions && complaint.is_clean())
    check_hidden_and_required(task_template, out, manner, complaint);
  MIZAN_CHECK_OK(complaint.result());
  return out;
}

}  // namespace

const Answer* Answers::find(std::string_view question) const {
  const auto found = by_question.find(question);
  return found == by_question.end() ? nullptr : &found->second;
}

Result<Answers> parse_answers(const Template& task_template, const boost::json::value& answers) {
  return parse(task_template, answers, {"/answers", Completeness::whole, true});
}

Result<Answers> parse_gold_answers(const Template& task_template, const boost::json::value& gold) {
  return parse(task_template, gold, {"/gold", Completeness::partial, false});
}

Result<Answers> parse_draft_answers(const Template& task_template, const boost::json::value& answers) {
  return parse(task_template, answers, {"/answers", Completeness::partial, false});
}

}  // namespace mizan::domain
