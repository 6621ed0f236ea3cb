#include "mizan/app/quality/scorecard_slices.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "mizan/app/quality/weighed_question.h"
#include "mizan/store/quality/report_facts.h"

namespace mizan::app {
namespace {

constexpr std::size_t kMostSlices = 12;

// Of each task, by its number among the labels.
Result<std::vector<std::string>> values_of(store::Transaction& tx, const ReadSlices& query,
                                           const ScorecardLabels& labels) {
  std::unordered_map<std::int64_t, std::size_t> number;
  for (std::size_t i = 0; i < labels.tasks.size(); ++i) number[labels.tasks[i].value] = i;
  std::vector<std::string> values(labels.tasks.size());
  MIZAN_CHECK_OK(store::for_each_task_belonging(
      tx, query.project, [&](const store::TaskBelonging& task) -> Result<void> {
        const auto known = number.find(task.task.value);
        if (known != number.end())
          values[known->second] = query.by == SliceBy::domain ? task.domain : task.language;
        return {};
      }));
  return values;
}

struct Group {
  std::string value;
  std::vector<std::size_t> rows;
  std::size_t task_count = 0;
};

// The labels of each slice, most tasks first.
std::vector<Group> groups_of(const ScorecardLabels& labels, const std::vector<std::string>& values) {
  std::map<std::string, Group> by_value;
  for (const std::string& value : values) ++by_value[value].task_count;
  for (std::size_t row = 0; row < labels.rows.size(); ++row)
    by_value[values[labels.rows[row].task]].rows.push_back(row);
  std::vector<Group> groups;
  for (auto& [value, group] : by_value) {
    group.value = value;
    groups.push_back(std::move(group));
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.task_count > b.task_count; });
  return groups;
}

Result<ScorecardSlice> weigh_slice(const WeighedQuestion& weighed, Group&& group) {
  const ScorecardLabels& labels = weighed.labels;
  std::vector<std::uint32_t> annotator_of_row;
  annotator_of_row.reserve(group.rows.size());
  for (const std::size_t row : group.rows) annotator_of_row.push_back(labels.rows[row].annotator);
  MIZAN_TRY(const auto report, weigh_groups(weighed, {.rows = group.rows,
                                                      .group_of_row = annotator_of_row,
                                                      .supplier_of_group = labels.supplier_of}));
  ScorecardSlice slice{.value = std::move(group.value), .task_count = group.task_count};
  for (std::size_t s = 0; s < labels.suppliers.size(); ++s)
    if (report.suppliers[s].label_count > 0)
      slice.suppliers.push_back({labels.suppliers[s], report.suppliers[s]});
  for (const auto& pair : report.pairs)
    if (pair.task_count > 0)
      slice.pairs.push_back({labels.suppliers[pair.supplier_a], labels.suppliers[pair.supplier_b], pair,
                             ::mizan::supplier::until_known(pair)});
  return slice;
}

// A supplier's people see its own rows.
void narrow(const rules::Grant& grant, ScorecardSlices& found) {
  if (grant.reach == rules::Reach::all) return;
  for (ScorecardSlice& slice : found.slices) {
    slice.pairs.clear();
    std::erase_if(slice.suppliers, [&](const SupplierSlice& each) { return !grant.covers(each.supplier); });
  }
  std::erase_if(found.slices, [](const ScorecardSlice& slice) { return slice.suppliers.empty(); });
}

}  // namespace

Result<ScorecardSlices> read_scorecard_slices(Service& service, const Caller& caller,
                                              const ReadSlices& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_scorecards, rules::at(query.project)));
  MIZAN_TRY(const auto weighed, weigh_question(service, query.project, query.question));
  MIZAN_TRY(const auto values, service.database().read([&](store::Transaction& tx) {
    return values_of(tx, query, weighed->labels);
  }));
  std::vector<Group> groups = groups_of(weighed->labels, values);
  ScorecardSlices found{.question = weighed->question};
  for (Group& group : groups) {
    if (found.slices.size() == kMostSlices) {
      ++found.left_out_count;
      continue;
    }
    MIZAN_TRY(auto slice, weigh_slice(*weighed, std::move(group)));
    found.slices.push_back(std::move(slice));
  }
  narrow(grant, found);
  return found;
}

}  // namespace mizan::app
