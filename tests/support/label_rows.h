// A label table as lines of text, so that a test can be read: "task annotator[/supplier] label label …".
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mizan/domain/label_table.h"

namespace mizan::test {

/// Every row; a question without an answer is "-". Price (micros), seconds and time follow where the table
/// has them, with "?" for unknown.
[[nodiscard]] inline std::vector<std::string> rows_of(const domain::LabelTable& table) {
  std::vector<std::string> rows;
  for (std::size_t r = 0; r < table.row_count(); ++r) {
    std::string row(table.tasks[table.task[r]]);
    row += " " + std::string(table.annotators[table.annotator[r]]);
    if (table.has_suppliers())
      row += "/" + std::string(table.suppliers[table.supplier_of_annotator[table.annotator[r]]]);
    for (const domain::Question& question : table.questions) {
      const domain::ClassCode label = question.label[r];
      row += " " + (label == domain::kNoLabel ? "-" : std::string(question.classes[label]));
    }
    if (!table.price_micros.empty())
      row += " price=" + (table.price_micros[r] < 0 ? "?" : std::to_string(table.price_micros[r]));
    if (!table.seconds.empty())
      row += " seconds=" + (std::isnan(table.seconds[r]) ? "?" : std::to_string(table.seconds[r]));
    if (!table.time_us.empty())
      row += " time=" + (table.time_us[r] == std::numeric_limits<std::int64_t>::min()
                             ? "?"
                             : std::to_string(table.time_us[r]));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// "task answer" of every gold answer to one question.
[[nodiscard]] inline std::vector<std::string> gold_of(const domain::LabelTable& table, std::size_t question) {
  std::vector<std::string> gold;
  for (const domain::GoldAnswer& answer : table.questions[question].gold)
    gold.push_back(std::string(table.tasks[answer.task]) + " " +
                   std::string(table.questions[question].classes[answer.answer]));
  return gold;
}

}  // namespace mizan::test
