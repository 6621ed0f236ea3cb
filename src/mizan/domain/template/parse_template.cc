#include <utility>

#include <boost/json/parse.hpp>

#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

void check_unique(const Template& out, const std::string& where, Complaint& complaint) {
  const TemplateQuestion& last = out.questions.back();
  for (std::size_t i = 0; i + 1 < out.questions.size(); ++i) {
    if (out.questions[i].name == last.name)
      complaint.say(where + "/name", "two questions are named " + quoted(last.name));
    if (!last.shortcut.empty() && out.questions[i].shortcut == last.shortcut)
      complaint.say(where + "/shortcut", "two questions have the shortcut " + quoted(last.shortcut));
  }
}

}  // namespace

Result<Template> read_template(const boost::json::value& document) {
  Complaint complaint(ErrorCode::malformed_template);
  ObjectReader reader(document, "", complaint);
  Template out;
  reader.text("$schema");
  out.title = reader.text("title", {.max_length = 200});
  reader.each("display", {.max = kMaxBlocks}, [&](const boost::json::value& value, const std::string& where) {
    out.display.push_back(parse_block(value, where, complaint));
  });
  reader.each("questions", {.min = 1, .max = kMaxQuestions, .is_needed = true},
              [&](const boost::json::value& value, const std::string& where) {
                out.questions.push_back(parse_question(value, where, out.questions, complaint));
                check_unique(out, where, complaint);
              });
  reader.finish();
  MIZAN_CHECK_OK(complaint.result());
  return out;
}

Result<Template> parse_template(std::string_view text) {
  if (text.size() > kMaxTemplateBytes)
    return fail(ErrorCode::malformed_template, "the template is larger than 1 MiB", "/");
  boost::json::error_code error;
  const auto document = boost::json::parse({text.data(), text.size()}, error);
  if (error) return fail(ErrorCode::malformed_template, "the template is not JSON: " + error.message(), "/");
  return read_template(document);
}

const TemplateQuestion* find_question(const Template& task_template, std::string_view name) {
  for (const TemplateQuestion& question : task_template.questions)
    if (question.name == name) return &question;
  return nullptr;
}

}  // namespace mizan::domain
