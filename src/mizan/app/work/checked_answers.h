// Answers checked against the template version that was leased, in the forms that are stored.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/app/work/work_cache.h"
#include "mizan/base/result.h"
#include "mizan/domain/template/answers.h"
#include "mizan/domain/template/labels.h"

namespace mizan::app {

struct CheckedAnswers {
  std::int64_t template_version = 0;
  domain::Answers answers{};
  std::string text{};  ///< the wire form: the same for equal answers
  std::vector<domain::QuestionLabel> labels{};
};

/// @errors bad_answer
[[nodiscard]] Result<CheckedAnswers> check_answers(const TemplateFacts& facts, std::int64_t template_version,
                                                   const boost::json::value& answers);

}  // namespace mizan::app
