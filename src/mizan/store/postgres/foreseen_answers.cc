#include "mizan/store/postgres/foreseen_answers.h"

#include <utility>

namespace mizan::store {
namespace {

std::string question_of(std::string_view query, const PostgresParams& params) {
  std::string question(query);
  for (int i = 0; i < params.count(); ++i) {
    const char* value = params.values()[i];
    const auto length = static_cast<std::size_t>(params.lengths()[i]);
    question += value == nullptr ? "\nnull" : '\n' + std::to_string(length) + ' ';
    if (value != nullptr) question.append(value, length);
  }
  return question;
}

}  // namespace

std::size_t ForeseenAnswers::expect(std::string_view query, const PostgresParams& params) {
  asked_.push_back({.question = question_of(query, params), .answer = nullptr});
  return asked_.size() - 1;
}

std::size_t ForeseenAnswers::find(std::string_view query, const PostgresParams& params) const {
  if (asked_.empty()) return kNone;
  const std::string question = question_of(query, params);
  for (std::size_t place = 0; place < asked_.size(); ++place)
    if (asked_[place].question == question) return place;
  return kNone;
}

PostgresResult ForeseenAnswers::take(std::size_t place) {
  asked_[place].question.clear();
  return std::move(asked_[place].answer);
}

}  // namespace mizan::store
