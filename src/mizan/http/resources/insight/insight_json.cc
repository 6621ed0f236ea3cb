#include "mizan/http/resources/insight/insight_json.h"

#include <charconv>
#include <cmath>

#include <boost/json/array.hpp>

namespace mizan::http {
namespace {

std::string_view conclusion_name(supplier::Conclusion conclusion) {
  switch (conclusion) {
    case supplier::Conclusion::a_better:
      return "a_better";
    case supplier::Conclusion::b_better:
      return "b_better";
    case supplier::Conclusion::not_known:
      return "not_known";
  }
  return "";
}

std::string_view state_name(supplier::UntilKnownState state) {
  switch (state) {
    case supplier::UntilKnownState::known:
      return "known";
    case supplier::UntilKnownState::reachable:
      return "reachable";
    case supplier::UntilKnownState::out_of_reach:
      return "out_of_reach";
    case supplier::UntilKnownState::too_little:
      return "too_little";
  }
  return "";
}

boost::json::object until_known_json(const supplier::UntilKnown& forecast) {
  const auto count = [](const std::optional<std::uint64_t>& tasks) {
    return tasks ? boost::json::value(*tasks) : boost::json::value(nullptr);
  };
  return {{"state", state_name(forecast.state)},
          {"further_task_count", count(forecast.likely)},
          {"further_task_count_range", boost::json::array{count(forecast.low), count(forecast.high)}}};
}

}  // namespace

std::string class_name(const app::ProjectClasses& classes, std::string_view question, std::int64_t code) {
  const auto known = classes.find(question);
  if (known == classes.end() || code < 0 || code >= std::ssize(known->second)) return std::to_string(code);
  return known->second[static_cast<std::size_t>(code)];
}

Result<double> query_share(const Request& request, std::string_view name, double otherwise) {
  const auto text = request.query_value(name);
  if (!text) return otherwise;
  double value = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end || !(value >= 0) || !(value <= 1))
    return fail(ErrorCode::invalid_argument, "this is no number from 0 to 1", std::string(name));
  return value;
}

boost::json::value number(double value) {
  return std::isfinite(value) ? boost::json::value(value) : boost::json::value(nullptr);
}

boost::json::value maybe_number(const std::optional<double>& value) {
  return value ? number(*value) : boost::json::value(nullptr);
}

boost::json::value interval_json(const supplier::Interval& ends) {
  return boost::json::array{number(ends.low), number(ends.high)};
}

std::string_view basis_name(supplier::Basis basis) {
  switch (basis) {
    case supplier::Basis::gold:
      return "gold";
    case supplier::Basis::model:
      return "model";
    case supplier::Basis::gold_and_model:
      return "gold_and_model";
  }
  return "";
}

boost::json::object accuracy_json(const supplier::Accuracy& accuracy) {
  return {{"accuracy", number(accuracy.value)},
          {"accuracy_interval", interval_json(accuracy.interval)},
          {"basis", basis_name(accuracy.basis)},
          {"label_count", accuracy.label_count},
          {"task_count", accuracy.task_count},
          {"gold_label_count", accuracy.gold_label_count},
          {"gold_correct_count", accuracy.gold_correct_count}};
}

boost::json::object pair_json(const app::ScorecardPair& pair) {
  const supplier::PairComparison& found = pair.comparison;
  return {{"supplier_a", to_text(pair.a)},
          {"supplier_b", to_text(pair.b)},
          {"difference", number(found.difference)},
          {"difference_interval", interval_json(found.interval)},
          {"probability_a_better", number(found.probability_a_better)},
          {"conclusion", conclusion_name(found.conclusion)},
          {"basis", basis_name(found.basis)},
          {"task_count", found.task_count},
          {"gold_task_count", found.gold_task_count},
          {"until_known", until_known_json(pair.until_known)}};
}

}  // namespace mizan::http
