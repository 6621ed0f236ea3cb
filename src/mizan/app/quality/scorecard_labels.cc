#include "mizan/app/quality/scorecard_labels.h"

#include <algorithm>
#include <map>

#include "mizan/app/models/gold_labels.h"
#include "mizan/store/quality/labels.h"

namespace mizan::app {
namespace {

// Numbers for ids, in order of first appearance.
template <class IdType>
class Numbers {
 public:
  explicit Numbers(std::vector<IdType>& ids) : ids_(ids) {}
  std::uint32_t of(IdType id) {
    const auto [place, is_new] = numbers_.try_emplace(id, static_cast<std::uint32_t>(ids_.size()));
    if (is_new) ids_.push_back(id);
    return place->second;
  }

 private:
  std::map<IdType, std::uint32_t> numbers_;
  std::vector<IdType>& ids_;
};

}  // namespace

Result<ScorecardLabels> scorecard_labels(store::Transaction& tx, domain::ProjectId project,
                                         const std::string& question, std::size_t limit) {
  ScorecardLabels found;
  Numbers<domain::TaskId> tasks(found.tasks);
  Numbers<domain::AnnotatorId> annotators(found.annotators);
  Numbers<domain::SupplierId> suppliers(found.suppliers);
  MIZAN_CHECK_OK(store::for_each_label(tx, project, [&](const store::TaskLabel& label) -> Result<void> {
    if (label.question != question) return {};
    if (found.rows.size() == limit)
      return fail(ErrorCode::cannot_be_known, "the question has more labels than one answer can weigh", {},
                  "export the annotations and run `mizan audit` on them");
    const auto code = static_cast<truth::ClassIndex>(label.class_code);
    found.class_count = std::max(found.class_count, std::size_t{code} + 1);
    const std::uint32_t annotator = annotators.of(label.annotator);
    if (annotator == found.supplier_of.size()) found.supplier_of.push_back(suppliers.of(label.supplier));
    found.rows.push_back({tasks.of(label.task), annotator, code});
    found.annotation.push_back(label.annotation.value);
    return {};
  }));
  found.gold.assign(found.tasks.size(), truth::kNoGold);
  MIZAN_TRY(const auto gold, gold_labels(tx, project));
  for (std::size_t t = 0; t < found.tasks.size(); ++t) {
    const auto task = gold.find(found.tasks[t]);
    if (task == gold.end() || !task->second.contains(question)) continue;
    found.gold[t] = static_cast<std::int32_t>(task->second.find(question)->second);
    found.class_count = std::max(found.class_count, static_cast<std::size_t>(found.gold[t]) + 1);
  }
  return found;
}

}  // namespace mizan::app
