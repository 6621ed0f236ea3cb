#include "mizan/engine/integrity/answer_log.h"

#include <algorithm>
#include <limits>

namespace mizan::integrity {

AnswerLog answer_log(const domain::LabelTable& table, const domain::Question& question) {
  AnswerLog log;
  log.offsets.assign(table.annotators.size() + 1, 0);
  for (std::size_t row = 0; row < table.row_count(); ++row)
    if (question.label[row] != domain::kNoLabel) ++log.offsets[table.annotator[row] + 1];
  for (std::size_t w = 0; w + 1 < log.offsets.size(); ++w) log.offsets[w + 1] += log.offsets[w];

  std::vector<std::uint32_t> rows(log.offsets.back());
  std::vector<std::uint32_t> cursor(log.offsets.begin(), log.offsets.end() - 1);
  for (std::size_t row = 0; row < table.row_count(); ++row)
    if (question.label[row] != domain::kNoLabel)
      rows[cursor[table.annotator[row]]++] = static_cast<std::uint32_t>(row);

  const bool has_times = !table.time_us.empty() &&
                         std::none_of(table.time_us.begin(), table.time_us.end(),
                                      [](auto t) { return t == std::numeric_limits<std::int64_t>::min(); });
  if (has_times)
    for (std::size_t w = 0; w + 1 < log.offsets.size(); ++w)
      std::stable_sort(rows.begin() + log.offsets[w], rows.begin() + log.offsets[w + 1],
                       [&](auto a, auto b) { return table.time_us[a] < table.time_us[b]; });
  log.task.reserve(rows.size());
  log.label.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    log.task.push_back(table.task[row]);
    log.label.push_back(question.label[row]);
    if (!table.seconds.empty()) log.seconds.push_back(table.seconds[row]);
  }
  return log;
}

}  // namespace mizan::integrity
