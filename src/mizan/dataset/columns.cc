#include "mizan/dataset/columns.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mizan/dataset/column_names.h"

namespace mizan::dataset {
namespace {

using std::size_t;
using std::string;
using std::string_view;

constexpr size_t kMaxNamesListed = 20;

string listed(std::span<const string> names) {
  string text;
  for (size_t i = 0; i < names.size() && i < kMaxNamesListed; ++i) {
    if (i > 0) text += ", ";
    text += names[i].empty() ? "(no name)" : names[i].substr(0, 60);
  }
  if (names.size() > kMaxNamesListed) text += ", … (" + std::to_string(names.size()) + " in all)";
  return text;
}

string flag_of(Role role) {
  return string("--").append(role_name(role));
}

bool contains(std::span<const string_view> names, string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// The names of a role by rank: the first list that any column fits decides.
struct RoleNames {
  Role role;
  std::span<const string_view> plain;
  std::span<const string_view> weak;
  bool insists_on_one;  // several fitting columns are an error; otherwise the earlier name wins
};
constexpr RoleNames kTaskRole{Role::task, kTaskNames, kWeakTaskNames, true};
constexpr RoleNames kAnnotatorRole{Role::annotator, kAnnotatorNames, kWeakAnnotatorNames, true};
constexpr RoleNames kLabelRole{Role::label, kLabelNames, {}, true};
constexpr RoleNames kWeakLabelRole{Role::label, kWeakLabelNames, {}, true};
constexpr RoleNames kSupplierRole{Role::supplier, kSupplierNames, kWeakSupplierNames, true};
constexpr RoleNames kPriceRole{Role::price, kPriceNames, {}, false};
constexpr RoleNames kSecondsRole{Role::seconds, kSecondsNames, {}, false};
constexpr RoleNames kTimeRole{Role::time, kTimeNames, {}, false};
constexpr RoleNames kGoldRole{Role::gold, kGoldNames, {}, true};

class Planner {
 public:
  Planner(std::span<const string> names, const ColumnRoles& roles, const string& where)
      : names_(names), roles_(roles), where_(where), is_taken_(names.size(), false) {
    for (const string& name : names) bare_.push_back(bare_name(name));
  }

  Result<ColumnPlan> run() {
    MIZAN_CHECK_OK(take_named());
    MIZAN_CHECK_OK(find_required());
    MIZAN_CHECK_OK(find_optional());
    MIZAN_CHECK_OK(find_gold());
    for (const auto& [role, column] : needed_) MIZAN_CHECK_OK(check_distinct(column, role));
    return std::move(plan_);
  }

 private:
  // First whatever the caller named, so that no guess takes it.
  Result<void> take_named() {
    MIZAN_TRY(task_, named(roles_.task, Role::task));
    MIZAN_TRY(annotator_, named(roles_.annotator, Role::annotator));
    MIZAN_TRY(plan_.supplier, named(roles_.supplier, Role::supplier));
    MIZAN_TRY(plan_.price, named(roles_.price, Role::price));
    MIZAN_TRY(plan_.seconds, named(roles_.seconds, Role::seconds));
    MIZAN_TRY(plan_.time, named(roles_.time, Role::time));
    for (const string& label : roles_.label) {
      MIZAN_TRY(const size_t column, resolve(label, Role::label));
      plan_.label.push_back(column);
    }
    for (const string& gold : roles_.gold) {
      MIZAN_TRY(const size_t column, resolve(gold, Role::gold));
      plan_.gold.emplace_back(column);
    }
    return {};
  }

  Result<std::optional<size_t>> named(const std::optional<string>& name, Role role) {
    if (!name) return std::optional<size_t>();
    MIZAN_TRY(const size_t column, resolve(*name, role));
    return std::optional<size_t>(column);
  }

  // By the exact name, then by the bare name, then by position.
  Result<size_t> resolve(const string& name, Role role) {
    std::optional<size_t> found;
    for (size_t i = 0; i < names_.size(); ++i)
      if (names_[i] == name && !found) found = i;
    for (size_t i = 0; i < names_.size(); ++i)
      if (!found && !bare_[i].empty() && bare_[i] == bare_name(name)) found = i;
    if (!found) found = position_of(name);
    if (!found)
      return fail(ErrorCode::missing_column,
                  "there is no column \"" + name + "\"; there are: " + listed(names_), where_,
                  "give " + flag_of(role) + " one of these names, or a position from 1");
    if (is_taken_[*found])
      return fail(ErrorCode::ambiguous_column, "column \"" + names_[*found] + "\" is given two roles", where_,
                  "name another column with " + flag_of(role));
    take(*found, role);
    return *found;
  }

  [[nodiscard]] std::optional<size_t> position_of(string_view text) const {
    size_t position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (position == 0 || position > names_.size()) return std::nullopt;
    return position - 1;
  }

  void take(size_t column, Role role) {
    is_taken_[column] = true;
    needed_.emplace_back(role, column);
  }

  // The column of a role by its name, if there is one.
  Result<std::optional<size_t>> guess(const RoleNames& role) {
    for (const auto& names : {role.plain, role.weak}) {
      std::vector<size_t> fitting;
      for (const string_view name : names)
        for (size_t i = 0; i < bare_.size(); ++i)
          if (!is_taken_[i] && stem_of(role.role, i) == name) fitting.push_back(i);
      if (fitting.empty()) continue;
      if (role.insists_on_one && !is_one_thing(fitting)) return ambiguous(role.role, fitting);
      take(fitting.front(), role.role);
      return std::optional<size_t>(fitting.front());
    }
    return std::optional<size_t>();
  }

  // A duration's unit and a price's currency are not part of what is looked up.
  [[nodiscard]] string_view stem_of(Role role, size_t column) const {
    if (role == Role::price) return split_currency(bare_[column]).stem;
    if (role != Role::seconds) return bare_[column];
    const UnitName unit = split_unit(bare_[column]);
    return unit.has_unit && unit.stem == "time" ? string_view("duration") : unit.stem;
  }

  // "worker_id" beside "worker" or "worker_name" is one thing said twice: the id goes before the name. Two
  // columns of one name are left to check_distinct.
  [[nodiscard]] bool is_one_thing(std::span<const size_t> fitting) const {
    const auto stem = [&](size_t column) {
      string_view name = bare_[column];
      for (const string_view ending : {"id", "name", "email"})
        if (name.size() > ending.size() && name.ends_with(ending))
          return name.substr(0, name.size() - ending.size());
      return name;
    };
    return std::ranges::all_of(fitting, [&](size_t column) { return stem(column) == stem(fitting.front()); });
  }

  [[nodiscard]] tl::unexpected<Error> ambiguous(Role role, std::span<const size_t> fitting) const {
    std::vector<string> names;
    for (const size_t column : fitting) names.push_back(names_[column]);
    const string several = role == Role::label ? "; name several for several questions" : "";
    return fail(ErrorCode::ambiguous_column,
                "several columns could be the " + string(role_name(role)) + ": " + listed(names), where_,
                "say which with " + flag_of(role) + " NAME" + several);
  }

  Result<void> find_required() {
    if (!task_) {
      MIZAN_TRY(task_, guess(kTaskRole));
    }
    if (!annotator_) {
      MIZAN_TRY(annotator_, guess(kAnnotatorRole));
    }
    if (plan_.label.empty()) MIZAN_CHECK_OK(find_labels());
    if (!task_ || !annotator_ || plan_.label.empty()) return missing();
    plan_.task = *task_;
    plan_.annotator = *annotator_;
    return {};
  }

  Result<void> find_labels() {
    MIZAN_TRY(const auto plain, guess(kLabelRole));
    if (plain) {
      plan_.label.push_back(*plain);
      return {};
    }
    if (find_questions()) return {};
    MIZAN_TRY(const auto weak, guess(kWeakLabelRole));
    if (weak) plan_.label.push_back(*weak);
    return {};
  }

  // "label_tone", "label.safety": every column of the first prefix that has any.
  bool find_questions() {
    for (const string_view prefix : kLabelPrefixes) {
      for (size_t i = 0; i < bare_.size(); ++i) {
        if (is_taken_[i] || question_after(prefix, i).empty()) continue;
        plan_.label.push_back(i);
        take(i, Role::label);
      }
      if (!plan_.label.empty()) return true;
    }
    return false;
  }

  // What follows the prefix and a separator; empty when this is no question.
  [[nodiscard]] string question_after(string_view prefix, size_t column) const {
    if (!bare_[column].starts_with(prefix) || names_[column].size() <= prefix.size()) return {};
    if (string_view("_.:-/ ").find(names_[column][prefix.size()]) == string_view::npos) return {};
    string rest = bare_[column].substr(prefix.size());
    return contains(kNotQuestions, rest) ? string() : rest;
  }

  [[nodiscard]] tl::unexpected<Error> missing() const {
    string what;
    string flags;
    const auto lack = [&](bool is_missing, Role role) {
      if (!is_missing) return;
      what.append(what.empty() ? "" : " and no ").append(role_name(role));
      flags.append(flags.empty() ? "" : " ").append(flag_of(role)).append(" NAME");
    };
    lack(!task_, Role::task);
    lack(!annotator_, Role::annotator);
    lack(plan_.label.empty(), Role::label);
    if (!annotator_ && plan_.label.empty() && looks_wide()) return wide();
    return fail(
        ErrorCode::missing_column,
        "no column could be recognised as " + what + "; there are: " + listed(names_), where_,
        "say which column it is with " + flags + "; without a line of names use --no-header and positions");
  }

  // One column for each annotator: three or more columns are left whose names differ in digits only, or carry
  // an annotator's name ("rater_1", "annotator B").
  [[nodiscard]] bool looks_wide() const {
    size_t alike = 0;
    for (size_t i = 0; i < bare_.size(); ++i)
      for (const string_view name : kAnnotatorNames)
        if (bare_[i].size() > name.size() && bare_[i].starts_with(name) &&
            bare_[i].size() <= name.size() + 4) {
          ++alike;
          break;
        }
    return alike >= 2;
  }

  [[nodiscard]] tl::unexpected<Error> wide() const {
    return fail(
        ErrorCode::missing_column,
        "the table seems to have one column for each annotator (" + listed(names_) +
            "), but one row for each label is needed",
        where_,
        "turn it round first, for example with pandas: df.melt(id_vars=\"task\", var_name=\"annotator\", "
        "value_name=\"label\").dropna()");
  }

  Result<void> find_optional() {
    if (!plan_.supplier) {
      MIZAN_TRY(plan_.supplier, guess(kSupplierRole));
    }
    if (!plan_.price) {
      MIZAN_TRY(plan_.price, guess(kPriceRole));
    }
    if (!plan_.seconds) {
      MIZAN_TRY(plan_.seconds, guess(kSecondsRole));
    }
    if (!plan_.time) {
      MIZAN_TRY(plan_.time, guess(kTimeRole));
    }
    if (plan_.seconds) plan_.seconds_scale = split_unit(bare_[*plan_.seconds]).scale;
    if (plan_.price) plan_.currency = split_currency(bare_[*plan_.price]).code;
    return {};
  }

  Result<void> find_gold() {
    if (!plan_.gold.empty()) {
      if (plan_.gold.size() == plan_.label.size()) return {};
      return fail(ErrorCode::invalid_argument,
                  std::to_string(plan_.label.size()) + " label columns, but " +
                      std::to_string(plan_.gold.size()) + " gold columns are named",
                  where_, "name one --gold for each --label, in the same order");
    }
    plan_.gold.resize(plan_.label.size());
    for (size_t q = 0; q < plan_.label.size(); ++q) plan_.gold[q] = gold_of_question(plan_.label[q]);
    if (plan_.has_gold()) return {};
    MIZAN_TRY(const auto gold, guess(kGoldRole));
    if (gold && plan_.label.size() > 1)
      return fail(ErrorCode::ambiguous_column,
                  "column \"" + names_[*gold] + "\" is gold, but for which of " +
                      std::to_string(plan_.label.size()) + " questions?",
                  where_, "name one --label, or one --gold for each of them");
    plan_.gold.front() = gold;
    return {};
  }

  // For "label_tone" or "tone": "gold_tone", "tone_truth" …
  std::optional<size_t> gold_of_question(size_t label) {
    std::vector<string> subjects{bare_[label]};
    for (const string_view prefix : kLabelPrefixes)
      if (const string rest = question_after(prefix, label); !rest.empty()) subjects.push_back(rest);
    for (size_t i = 0; i < bare_.size(); ++i) {
      if (is_taken_[i]) continue;
      for (const string_view mark : kGoldMarks)
        for (const string& subject : subjects)
          if (bare_[i] == string(mark) + subject || bare_[i] == subject + string(mark)) {
            take(i, Role::gold);
            return i;
          }
    }
    return std::nullopt;
  }

  [[nodiscard]] Result<void> check_distinct(size_t column, Role role) const {
    for (size_t i = 0; i < names_.size(); ++i)
      if (i != column && !names_[i].empty() && names_[i] == names_[column])
        return fail(ErrorCode::duplicate_column,
                    "two columns, " + std::to_string(std::min(i, column) + 1) + " and " +
                        std::to_string(std::max(i, column) + 1) + ", have the name \"" + names_[column] +
                        "\", which is needed as " + string(role_name(role)),
                    where_, "rename or remove one of them");
    return {};
  }

  std::span<const string> names_;
  const ColumnRoles& roles_;
  const string& where_;
  std::vector<string> bare_;
  std::vector<bool> is_taken_;
  std::vector<std::pair<Role, size_t>> needed_;
  std::optional<size_t> task_;
  std::optional<size_t> annotator_;
  ColumnPlan plan_;
};

}  // namespace

string_view role_name(Role role) {
  constexpr auto kNames = std::to_array<string_view>(
      {"task", "annotator", "label", "supplier", "price", "seconds", "time", "gold", "ignored"});
  return kNames[static_cast<size_t>(role)];
}

UnitName split_unit(string_view bare) {
  struct Unit {
    string_view name;
    double scale;
  };
  constexpr auto kUnits = std::to_array<Unit>({{"milliseconds", 0.001},
                                               {"millis", 0.001},
                                               {"msec", 0.001},
                                               {"ms", 0.001},
                                               {"seconds", 1},
                                               {"secs", 1},
                                               {"sec", 1},
                                               {"minutes", 60},
                                               {"mins", 60},
                                               {"min", 60},
                                               {"s", 1}});
  for (const Unit& unit : kUnits) {
    if (!bare.ends_with(unit.name)) continue;
    const string_view stem = bare.substr(0, bare.size() - unit.name.size());
    if (stem.empty()) return {"seconds", unit.scale, true};
    if (stem == "time" || contains(kSecondsNames, stem)) return {stem, unit.scale, true};
  }
  return {bare};
}

bool ColumnPlan::has_gold() const {
  return std::ranges::any_of(gold, [](const auto& column) { return column.has_value(); });
}

Result<ColumnPlan> plan_columns(std::span<const string> names, const ColumnRoles& roles,
                                const string& where) {
  return Planner(names, roles, where).run();
}

std::vector<ColumnUse> describe_columns(std::span<const string> names, const ColumnPlan& plan) {
  std::vector<ColumnUse> uses;
  for (const string& name : names) uses.push_back({name, Role::ignored});
  const auto set = [&](std::optional<size_t> column, Role role) {
    if (column) uses[*column].role = role;
  };
  set(plan.supplier, Role::supplier);
  set(plan.price, Role::price);
  set(plan.seconds, Role::seconds);
  set(plan.time, Role::time);
  for (const auto& gold : plan.gold) set(gold, Role::gold);
  for (const size_t label : plan.label) set(label, Role::label);
  set(plan.annotator, Role::annotator);
  set(plan.task, Role::task);
  return uses;
}

}  // namespace mizan::dataset
