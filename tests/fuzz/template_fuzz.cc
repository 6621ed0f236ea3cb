// A template, and answers to it: the text before the first NUL byte is the template, the rest the answers.
// What is accepted holds its promises: canonical answers read back to themselves, labels are classes, scores
// of the answers against themselves are right.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/json/parse.hpp>

#include "mizan/base/assert.h"
#include "mizan/domain/template/answers.h"
#include "mizan/domain/template/gold_score.h"
#include "mizan/domain/template/labels.h"

namespace {

using namespace mizan;  // NOLINT(google-build-using-namespace)

void check_error(const Error& error, ErrorCode code) {
  MIZAN_ASSERT(error.code == code && !error.message.empty() && error.where.front() == '/');
}

void check_labels(const domain::Template& task_template, const domain::Answers& answers) {
  const auto questions = domain::inference_questions(task_template);
  for (const auto& label : domain::labels_of(task_template, answers)) {
    const auto question = std::find_if(questions.begin(), questions.end(),
                                       [&](const auto& each) { return each.name == label.question; });
    MIZAN_ASSERT(question != questions.end());
    MIZAN_ASSERT(std::count(question->classes.begin(), question->classes.end(), label.label) == 1);
  }
}

void check_answers(const domain::Template& task_template, std::string_view text) {
  boost::json::error_code failed;
  const auto value = boost::json::parse({text.data(), text.size()}, failed);
  if (failed) return;
  const auto answers = domain::parse_answers(task_template, value);
  if (!answers) return check_error(answers.error(), ErrorCode::bad_answer);
  const auto again =
      domain::parse_answers(task_template, boost::json::parse(domain::to_json(task_template, *answers)));
  MIZAN_ASSERT(again.has_value() && *again == *answers);
  check_labels(task_template, *answers);
  for (const auto& score : domain::score_gold(task_template, *answers, *answers))
    MIZAN_ASSERT(score.result != domain::GoldResult::incorrect);
  static_cast<void>(domain::parse_gold_answers(task_template, value));
  static_cast<void>(domain::parse_draft_answers(task_template, value));
  static_cast<void>(domain::check_payload(task_template, value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(text.find('\0'), size);
  const auto task_template = domain::parse_template(text.substr(0, cut));
  if (!task_template) {
    check_error(task_template.error(), ErrorCode::malformed_template);
  } else if (cut < size) {
    check_answers(*task_template, text.substr(cut + 1));
  }
  return 0;
}
