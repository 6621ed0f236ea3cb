#include <algorithm>

#include "mizan/domain/template/labels.h"
#include "mizan/domain/template/options.h"
#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

/// What a condition can ask of the question (or criterion) that it names.
struct Target {
  QuestionKind kind = QuestionKind::text;
  std::vector<std::string> values{};  ///< that `equals`, `in` and `includes` may name
};

std::vector<std::string> values_of(const TemplateQuestion& question) {
  if (const auto* choice = std::get_if<ChoiceQuestion>(&question.body)) return all_values(choice->options);
  if (const auto* choices = std::get_if<ChoicesQuestion>(&question.body)) return all_values(choices->options);
  return classes_of(question);
}

/// @errors into the complaint: there is no such question before this one
Target find_target(ObjectReader& reader, const std::string& name,
                   const std::vector<TemplateQuestion>& before) {
  const std::string_view view = name;
  const std::size_t slash = view.find('/');
  const auto found = std::find_if(before.begin(), before.end(), [&](const TemplateQuestion& question) {
    return question.name == view.substr(0, slash);
  });
  if (found == before.end()) {
    reader.complaint().say(reader.where("question"),
                           "no question " + quoted(name) + " stands before this one",
                           "a condition names a question further up, or \"rubric/criterion\"");
    return {};
  }
  Target target{.kind = found->kind(), .values = values_of(*found)};
  const auto* rubric = std::get_if<RubricQuestion>(&found->body);
  if (slash == std::string_view::npos) {
    if (rubric != nullptr) target.values.clear();
    return target;
  }
  const auto is_named = [&](const Criterion& criterion) { return criterion.name == view.substr(slash + 1); };
  if (rubric == nullptr || std::none_of(rubric->criteria.begin(), rubric->criteria.end(), is_named))
    reader.complaint().say(reader.where("question"), "there is no criterion " + quoted(name));
  return target;
}

std::string read_value(const boost::json::value& value, const std::string& where, const Target& target,
                       Complaint& complaint) {
  std::string text;
  if (const auto level = whole_of(value); level && target.kind == QuestionKind::rating) {
    text = std::to_string(*level);
  } else {
    text = text_of(value, where, {}, complaint);
  }
  if (std::find(target.values.begin(), target.values.end(), text) == target.values.end())
    complaint.say(where, quoted(text) + " is not among the answers to that question");
  return text;
}

void read_equals(ObjectReader& reader, const Target& target, Condition& out) {
  out.kind = ConditionKind::equals;
  if (target.values.empty() || target.kind == QuestionKind::choices)
    reader.complaint().say(reader.where(), "that question has no single value to compare with",
                           target.kind == QuestionKind::choices ? "use 'includes'" : "use 'answered'");
  if (const auto* value = reader.member("equals"))
    out.values.push_back(read_value(*value, reader.where("equals"), target, reader.complaint()));
  reader.each("in", {.min = 1, .max = kMaxOptions},
              [&](const boost::json::value& value, const std::string& where) {
                out.values.push_back(read_value(value, where, target, reader.complaint()));
              });
}

void read_includes(ObjectReader& reader, const Target& target, Condition& out) {
  out.kind = ConditionKind::includes;
  if (target.kind != QuestionKind::choices)
    reader.complaint().say(reader.where("includes"), "only a choices question includes values",
                           "use 'equals'");
  out.values.push_back(
      read_value(*reader.member("includes"), reader.where("includes"), target, reader.complaint()));
}

void read_between(ObjectReader& reader, const Target& target, Condition& out) {
  out.kind = ConditionKind::between;
  out.at_least = reader.number("at_least");
  out.at_most = reader.number("at_most");
  if (target.kind != QuestionKind::rating && target.kind != QuestionKind::number)
    reader.complaint().say(reader.where(), "only ratings and numbers have bounds",
                           "use 'equals' or 'answered'");
}

Condition read_leaf(ObjectReader& reader, const std::vector<TemplateQuestion>& before) {
  Condition out;
  out.question = reader.text("question", {.is_needed = true});
  const Target target = find_target(reader, out.question, before);
  if (!reader.complaint().is_clean()) return out;
  const int tests = (reader.has("equals") ? 1 : 0) + (reader.has("in") ? 1 : 0) +
                    (reader.has("includes") ? 1 : 0) + (reader.has("answered") ? 1 : 0) +
                    (reader.has("at_least") || reader.has("at_most") ? 1 : 0);
  if (tests != 1) {
    reader.complaint().say(reader.where(), "a condition has exactly one test",
                           "one of: equals, in, includes, at_least and at_most, answered");
  } else if (reader.has("includes")) {
    read_includes(reader, target, out);
  } else if (reader.has("answered")) {
    out.is_answered = reader.flag("answered", true);
  } else if (reader.has("at_least") || reader.has("at_most")) {
    read_between(reader, target, out);
  } else {
    read_equals(reader, target, out);
  }
  return out;
}

}  // namespace

Condition parse_condition(const boost::json::value& value, const std::string& where,
                          const std::vector<TemplateQuestion>& before, Complaint& complaint) {
  ObjectReader reader(value, where, complaint);
  Condition out;
  const auto read_part = [&](const boost::json::value& part, const std::string& at) {
    out.parts.push_back(parse_condition(part, at, before, complaint));
  };
  if (reader.has("and")) {
    out.kind = ConditionKind::all;
    reader.each("and", {.min = 1, .max = 100}, read_part);
  } else if (reader.has("or")) {
    out.kind = ConditionKind::any;
    reader.each("or", {.min = 1, .max = 100}, read_part);
  } else if (const auto* part = reader.member("not")) {
    out.kind = ConditionKind::negation;
    read_part(*part, reader.where("not"));
  } else {
    out = read_leaf(reader, before);
  }
  reader.finish();
  return out;
}

}  // namespace mizan::domain
