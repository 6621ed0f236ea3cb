#include "mizan/app/work/checked_answers.h"

#include <utility>

namespace mizan::app {

Result<CheckedAnswers> check_answers(const TemplateFacts& facts, std::int64_t template_version,
                                     const boost::json::value& answers) {
  CheckedAnswers checked{.template_version = template_version};
  MIZAN_TRY(checked.answers, domain::parse_answers(facts.parsed, answers));
  checked.text = domain::to_json(facts.parsed, checked.answers);
  checked.labels = domain::labels_of(facts.parsed, checked.answers);
  return checked;
}

}  // namespace mizan::app
