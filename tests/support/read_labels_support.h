// Helpers of the readers' tests: read from memory, and show a whole outcome as text to compare.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/dataset/read_labels.h"

namespace mizan::dataset::test {

inline Result<ReadOutcome> read_text(std::string text, const ReadOptions& options = {},
                                     std::size_t threads = 2, const std::string& name = "labels.csv") {
  ThreadPool pool(threads);
  const Progress progress;
  return read_labels(Input::of_bytes(std::move(text), name), options, pool, progress);
}

inline std::vector<std::string> texts(const domain::Dictionary& dictionary) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < dictionary.size(); ++i) all.emplace_back(dictionary[i]);
  return all;
}

inline std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += "[" + part + "]";
  return text;
}

// Everything that an outcome says, so that two outcomes are equal exactly if their texts are.
inline std::string show(const Result<ReadOutcome>& outcome) {
  if (!outcome) return "error " + to_string(outcome.error());
  const domain::LabelTable& table = outcome->table;
  std::string text = "tasks " + join(texts(table.tasks)) + "\nannotators " + join(texts(table.annotators)) +
                     "\nsuppliers " + join(texts(table.suppliers)) + "\n";
  for (const std::uint32_t supplier : table.supplier_of_annotator) text += std::to_string(supplier) + " ";
  for (const domain::Question& question : table.questions) {
    text += "\nquestion " + question.name + " " + join(texts(question.classes)) + " gold";
    for (const auto& gold : question.gold)
      text += " " + std::to_string(gold.task) + "=" + std::to_string(gold.answer);
  }
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    text += "\n" + std::to_string(table.task[i]) + " " + std::to_string(table.annotator[i]);
    for (const domain::Question& question : table.questions) text += " " + std::to_string(question.label[i]);
    if (!table.price_micros.empty()) text += " p" + std::to_string(table.price_micros[i]);
    if (!table.seconds.empty()) text += " s" + std::to_string(table.seconds[i]);
    if (!table.time_us.empty()) text += " t" + std::to_string(table.time_us[i]);
  }
  text += "\ncurrency " + table.currency;
  for (const Oddity& oddity : outcome->oddities)
    text += "\n" + oddity.code + " " + std::to_string(oddity.count) + " " + join(oddity.examples);
  text += "\nrows " + std::to_string(outcome->row_count) + " used " + std::to_string(outcome->used_row_count);
  return text;
}

/// Rows as "task/annotator/label" with "-" for no label; questions side by side.
inline std::vector<std::string> rows_of(const ReadOutcome& outcome) {
  std::vector<std::string> rows;
  const domain::LabelTable& table = outcome.table;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    std::string row =
        std::string(table.tasks[table.task[i]]) + "/" + std::string(table.annotators[table.annotator[i]]);
    for (const domain::Question& question : table.questions)
      row += "/" +
             (question.label[i] == domain::kNoLabel ? "-" : std::string(question.classes[question.label[i]]));
    rows.push_back(std::move(row));
  }
  return rows;
}

inline std::string oddity_text(const ReadOutcome& outcome, std::string_view code) {
  for (const Oddity& oddity : outcome.oddities)
    if (oddity.code == code) return std::to_string(oddity.count) + " " + join(oddity.examples);
  return "";
}

}  // namespace mizan::dataset::test
