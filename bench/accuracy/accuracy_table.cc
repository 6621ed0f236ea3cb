#include "accuracy_table.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace mizan::bench {
namespace {

std::string number(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

// One row of a Markdown table.
class Row {
 public:
  explicit Row(const std::string& first) { *this << first; }
  Row& operator<<(const std::string& cell) {
    text_.append(text_.empty() ? "| " : " ").append(cell).append(" |");
    return *this;
  }
  [[nodiscard]] std::string line() const { return text_ + '\n'; }
  [[nodiscard]] static std::string rule(std::size_t columns) {
    std::string text(1, '|');
    for (std::size_t c = 0; c < columns; ++c) text.append("---|");
    return text + '\n';
  }

 private:
  std::string text_;
};

constexpr double kSame = 5e-4;  // equal in the digits that are printed

}  // namespace

void ScoreTable::add(const std::string& method, const std::string& set, const Score& score) {
  if (!scores_.contains(method)) methods_.push_back(method);
  scores_[method][set] = score;
}

bool ScoreTable::add_file(const std::string& file, const std::string& prefix) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return false;
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream text(line);
    for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
    if (fields.size() != 6) return false;
    add(prefix + fields[1], fields[0],
        {std::stod(fields[2]), std::stod(fields[3]), std::stod(fields[4]), std::stod(fields[5])});
  }
  return true;
}

const Score* ScoreTable::find(const std::string& method, const std::string& set) const {
  const auto& by_set = scores_.at(method);
  const auto place = by_set.find(set);
  return place == by_set.end() ? nullptr : &place->second;
}

bool ScoreTable::is_complete(const std::string& method, const std::vector<std::string>& sets) const {
  return std::all_of(sets.begin(), sets.end(),
                     [&](const std::string& set) { return find(method, set) != nullptr; });
}

Score ScoreTable::mean(const std::string& method, const std::vector<std::string>& sets) const {
  Score sum;
  const auto count = static_cast<double>(sets.size());
  for (const std::string& set : sets) {
    const Score& score = *find(method, set);
    sum.accuracy += score.accuracy / count;
    sum.macro_f1 += score.macro_f1 / count;
    sum.log_loss += score.log_loss / count;
    sum.ece += score.ece / count;
  }
  return sum;
}

double ScoreTable::best_accuracy(const std::string& set) const {
  double best = 0;
  for (const std::string& method : methods_)
    if (const Score* score = find(method, set)) best = std::max(best, score->accuracy);
  return best;
}

double ScoreTable::worst_shortfall(const std::string& method, const std::vector<std::string>& sets) const {
  double worst = 0;
  for (const std::string& set : sets)
    worst = std::max(worst, best_accuracy(set) - find(method, set)->accuracy);
  return worst;
}

std::string ScoreTable::accuracy_markdown(const std::vector<std::string>& sets) const {
  Row head("accuracy, %");
  for (const std::string& set : sets) head << set;
  head << "mean"
       << "worst shortfall";
  std::string text = head.line() + Row::rule(sets.size() + 3);
  for (const std::string& method : methods_) {
    Row row(method);
    for (const std::string& set : sets) {
      const Score* score = find(method, set);
      std::string cell = score == nullptr ? std::string() : number(100 * score->accuracy, 1);
      if (score != nullptr && score->accuracy > best_accuracy(set) - kSame)
        cell = std::string(2, '*').append(cell).append(2, '*');
      row << cell;
    }
    if (is_complete(method, sets))
      row << number(100 * mean(method, sets).accuracy, 2) << number(100 * worst_shortfall(method, sets), 1);
    else
      row << ""
          << "";
    text += row.line();
  }
  return text;
}

std::string ScoreTable::means_markdown(const std::vector<std::string>& sets) const {
  Row head("mean over the sets");
  head << "accuracy, %"
       << "macro-F1, %"
       << "log-loss"
       << "ECE";
  std::string text = head.line() + Row::rule(5);
  for (const std::string& method : methods_) {
    if (!is_complete(method, sets)) continue;
    const Score score = mean(method, sets);
    Row row(method);
    row << number(100 * score.accuracy, 2) << number(100 * score.macro_f1, 2) << number(score.log_loss, 3)
        << number(score.ece, 3);
    text += row.line();
  }
  return text;
}

std::string ScoreTable::method_markdown(const std::string& method,
                                        const std::vector<std::string>& sets) const {
  Row head(method);
  head << "accuracy, %"
       << "macro-F1, %"
       << "log-loss"
       << "ECE"
       << "best of all, %";
  std::string text = head.line() + Row::rule(6);
  for (const std::string& set : sets) {
    const Score& score = *find(method, set);
    Row row(set);
    row << number(100 * score.accuracy, 1) << number(100 * score.macro_f1, 1) << number(score.log_loss, 3)
        << number(score.ece, 3) << number(100 * best_accuracy(set), 1);
    text += row.line();
  }
  return text;
}

}  // namespace mizan::bench
