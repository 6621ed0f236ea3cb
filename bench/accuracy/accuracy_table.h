// What the accuracy bench has measured, and how it is printed.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mizan::bench {

/// One method on one set: fractions, and nats of log-loss.
struct Score {
  double accuracy = 0;
  double macro_f1 = 0;
  double log_loss = 0;
  double ece = 0;
};

/// Scores by method and set, methods in the order in which they came.
class ScoreTable {
 public:
  void add(const std::string& method, const std::string& set, const Score& score);
  /// Rows `set,method,accuracy,macro_f1,log_loss,ece` after a header line: what crowd_kit_peer.py writes.
  /// Methods are listed with `prefix` before their name. False if the file cannot be read.
  bool add_file(const std::string& file, const std::string& prefix);

  /// Markdown: one row a method, one column a set, means over all sets and the worst shortfall to the best
  /// method of a set; the best of each column is bold. A method without a score on some set has no means.
  [[nodiscard]] std::string accuracy_markdown(const std::vector<std::string>& sets) const;
  /// Markdown: means of accuracy, macro-F1, log-loss and ECE over the sets.
  [[nodiscard]] std::string means_markdown(const std::vector<std::string>& sets) const;
  /// Markdown: one row a set, accuracy, macro-F1, log-loss and ECE of one method.
  [[nodiscard]] std::string method_markdown(const std::string& method,
                                            const std::vector<std::string>& sets) const;

 private:
  [[nodiscard]] const Score* find(const std::string& method, const std::string& set) const;
  [[nodiscard]] bool is_complete(const std::string& method, const std::vector<std::string>& sets) const;
  [[nodiscard]] Score mean(const std::string& method, const std::vector<std::string>& sets) const;
  [[nodiscard]] double best_accuracy(const std::string& set) const;
  [[nodiscard]] double worst_shortfall(const std::string& method, const std::vector<std::string>& sets) const;

  std::vector<std::string> methods_;
  std::map<std::string, std::map<std::string, Score>> scores_;  // method -> set
};

}  // namespace mizan::bench
