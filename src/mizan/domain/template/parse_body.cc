#include <algorithm>
#include <functional>
#include <unordered_set>

#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

/// What an option may have, and what must be unique among all options of a question.
struct OptionReader {
  bool has_children = false;
  bool has_path = false;
  std::unordered_set<std::string> values{};
  std::unordered_set<std::string> shortcuts{};

  std::vector<Option> read(ObjectReader& parent, std::string_view member, std::size_t min) {
    std::vector<Option> out;
    parent.each(member, {.min = min, .max = kMaxOptions, .is_needed = true},
                [&](const boost::json::value& value, const std::string& where) {
                  ObjectReader reader(value, where, parent.complaint());
                  out.push_back(read_one(reader));
                  reader.finish();
                });
    if (values.size() > kMaxOptions)
      parent.complaint().say(parent.where(member), "a question has at most 4096 options");
    return out;
  }

 private:
  Option read_one(ObjectReader& reader) {
    Option option;
    option.value = reader.text("value", {.is_needed = true, .max_length = 200});
    option.title = reader.text("title", {.max_length = 2000});
    option.help = reader.text("help");
    option.shortcut = parse_shortcut(reader);
    if (has_path) option.path = reader.path("path");
    if (!values.insert(option.value).second)
      reader.complaint().say(reader.where("value"), "the value " + quoted(option.value) + " is there twice");
    if (!option.shortcut.empty() && !shortcuts.insert(option.shortcut).second)
      reader.complaint().say(reader.where("shortcut"),
                             "two options have the shortcut " + quoted(option.shortcut));
    if (has_children && reader.has("options")) option.options = read(reader, "options", 1);
    return option;
  }
};

std::uint32_t count(ObjectReader& reader, std::string_view name, std::int64_t high, std::int64_t otherwise) {
  return static_cast<std::uint32_t>(reader.whole(name, {.low = 0, .high = high, .otherwise = otherwise}));
}

void check_order(ObjectReader& reader, double min, double max) {
  if (min > max) reader.complaint().say(reader.where("max"), "'max' is smaller than 'min'");
}

ChoiceQuestion choice(ObjectReader& reader) {
  OptionReader options{.has_children = true};
  ChoiceQuestion out;
  out.options = options.read(reader, "options", 2);
  out.any_level = reader.flag("any_level", false);
  return out;
}

ChoicesQuestion choices(ObjectReader& reader) {
  OptionReader options{.has_children = true};
  ChoicesQuestion out;
  out.options = options.read(reader, "options", 1);
  out.any_level = reader.flag("any_level", false);
  out.min = count(reader, "min", kMaxOptions, 0);
  out.max = count(reader, "max", kMaxOptions, 0);
  if (reader.has("max")) check_order(reader, std::max(1U, out.min), out.max);
  if (out.min > options.values.size())
    reader.complaint().say(reader.where("min"), "there are fewer options than 'min'");
  return out;
}

RatingQuestion rating(ObjectReader& reader) {
  RatingQuestion out;
  out.min = static_cast<std::int32_t>(reader.whole("min", {.low = -1000, .high = 1000, .otherwise = 1}));
  out.max = static_cast<std::int32_t>(reader.whole("max", {.low = -1000, .high = 1000, .otherwise = 5}));
  out.titles = reader.texts("titles", {.min = 2, .max = 100}, {.max_length = 200});
  const std::int32_t levels = out.max - out.min + 1;
  if (levels < 2 || levels > 100)
    reader.complaint().say(reader.where("max"),
                           "a rating has 2 to 100 levels, not " + std::to_string(levels));
  if (!out.titles.empty() && std::cmp_not_equal(out.titles.size(), levels))
    reader.complaint().say(reader.where("titles"), "there are " + std::to_string(levels) + " levels, but " +
                                                       std::to_string(out.titles.size()) + " titles");
  return out;
}

NumberQuestion number(ObjectReader& reader) {
  NumberQuestion out;
  out.min = reader.number("min");
  out.max = reader.number("max");
  out.is_whole = reader.flag("whole", false);
  out.unit = reader.text("unit", {.max_length = 40});
  if (out.min && out.max) check_order(reader, *out.min, *out.max);
  return out;
}

TextQuestion text(ObjectReader& reader) {
  constexpr std::int64_t kMost = 1'000'000;
  TextQuestion out;
  out.is_multiline = reader.flag("multiline", false);
  out.min_length = count(reader, "min_length", kMost, 0);
  out.max_length =
      static_cast<std::uint32_t>(reader.whole("max_length", {.low = 1, .high = kMost, .otherwise = 20'000}));
  if (out.min_length > out.max_length)
    reader.complaint().say(reader.where("min_length"), "'min_length' is greater than 'max_length'");
  return out;
}

PreferenceQuestion preference(ObjectReader& reader) {
  PreferenceQuestion out;
  out.path_a = reader.path("a");
  out.path_b = reader.path("b");
  out.levels = count(reader, "levels", 8, 2);
  if (out.levels != 2 && out.levels != 4 && out.levels != 8)
    reader.complaint().say(reader.where("levels"), "a preference has 2, 4 or 8 levels",
                           "they count the whole scale, from a much better to b much better");
  out.has_tie = reader.flag("tie", false);
  out.has_rewrite = reader.flag("rewrite", false);
  return out;
}

RankingQuestion ranking(ObjectReader& reader) {
  OptionReader options{.has_path = true};
  RankingQuestion out;
  out.options = options.read(reader, "options", 2);
  out.has_ties = reader.flag("ties", false);
  return out;
}

void read_criteria(ObjectReader& reader, RubricQuestion& out) {
  std::unordered_set<std::string> names;
  reader.each("criteria", {.min = 1, .max = 200, .is_needed = true},
              [&](const boost::json::value& value, const std::string& where) {
                ObjectReader one(value, where, reader.complaint());
                Criterion criterion;
                criterion.name = parse_name(one);
                criterion.title = one.text("title");
                criterion.help = one.text("help");
                criterion.weight = one.number("weight", -1e6, 1e6).value_or(1);
                if (!names.insert(criterion.name).second)
                  one.complaint().say(one.where("name"), "two criteria are named " + quoted(criterion.name));
                one.finish();
                out.criteria.push_back(std::move(criterion));
              });
}

void read_verdicts(ObjectReader& reader, RubricQuestion& out) {
  std::unordered_set<std::string> values;
  reader.each(
      "verdicts", {.min = 2, .max = 20}, [&](const boost::json::value& value, const std::string& where) {
        ObjectReader one(value, where, reader.complaint());
        Verdict verdict;
        verdict.value = one.text("value", {.is_needed = true, .max_length = 200});
        verdict.title = one.text("title", {.max_length = 2000});
        if (!one.has("score")) one.complaint().say(where, "'score' is missing", "a number from 0 to 1");
        verdict.score = one.number("score", 0, 1).value_or(0);
        if (!values.insert(verdict.value).second)
          one.complaint().say(one.where("value"), "the verdict " + quoted(verdict.value) + " is there twice");
        one.finish();
        out.verdicts.push_back(std::move(verdict));
      });
  if (!reader.has("verdicts")) out.verdicts = {{"met", "", 1}, {"not_met", "", 0}};
}

RubricQuestion rubric(ObjectReader& reader) {
  RubricQuestion out;
  read_criteria(reader, out);
  read_verdicts(reader, out);
  const std::string reasons = reader.word("reasons", {"none", "optional", "required"}, "optional");
  out.reasons = reasons == "none"       ? Reasons::none
                : reasons == "required" ? Reasons::required
                                        : Reasons::optional;
  return out;
}

/// What spans and boxes have in common.
template <class Marks>
Marks marks(ObjectReader& reader) {
  constexpr std::int64_t kMost = 1000;
  OptionReader labels;
  Marks out;
  out.path = reader.path("path", true);
  out.labels = labels.read(reader, "labels", 1);
  out.min = count(reader, "min", kMost, 0);
  out.max = static_cast<std::uint32_t>(reader.whole("max", {.low = 1, .high = kMost, .otherwise = kMost}));
  check_order(reader, out.min, out.max);
  return out;
}

SpansQuestion spans(ObjectReader& reader) {
  auto out = marks<SpansQuestion>(reader);
  out.may_overlap = reader.flag("overlap", false);
  return out;
}

ChatQuestion chat(ObjectReader& reader) {
  ChatQuestion out;
  out.models = static_cast<std::uint32_t>(reader.whole("models", {.low = 1, .high = 2, .otherwise = 1}));
  out.min_turns =
      static_cast<std::uint32_t>(reader.whole("min_turns", {.low = 1, .high = 200, .otherwise = 1}));
  out.max_turns =
      static_cast<std::uint32_t>(reader.whole("max_turns", {.low = 1, .high = 200, .otherwise = 20}));
  if (out.min_turns > out.max_turns)
    reader.complaint().say(reader.where("min_turns"), "'min_turns' is greater than 'max_turns'");
  return out;
}

FileQuestion file(ObjectReader& reader) {
  FileQuestion out;
  out.media_types =
      reader.texts("media_types", {.min = 1, .max = 50}, {.is_needed = true, .max_length = 100});
  out.max_bytes =
      static_cast<std::uint64_t>(reader.whole("max_bytes", {.low = 1, .high = 1LL << 40, .otherwise = 0}));
  out.max = static_cast<std::uint32_t>(reader.whole("max", {.low = 1, .high = 100, .otherwise = 1}));
  out.min = count(reader, "min", 100, 0);
  check_order(reader, out.min, out.max);
  return out;
}

}  // namespace

QuestionBody parse_body(std::string_view type, ObjectReader& reader) {
  if (type == "choice") return choice(reader);
  if (type == "choices") return choices(reader);
  if (type == "rating") return rating(reader);
  if (type == "number") return number(reader);
  if (type == "text") return text(reader);
  if (type == "preference") return preference(reader);
  if (type == "ranking") return ranking(reader);
  if (type == "rubric") return rubric(reader);
  if (type == "spans") return spans(reader);
  if (type == "boxes") return marks<BoxesQuestion>(reader);
  if (type == "chat") return chat(reader);
  return file(reader);
}

}  // namespace mizan::domain
