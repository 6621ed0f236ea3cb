// One EM pass as a textbook writes it, the peer of the fused pass in the same run: labels as (task,
// annotator, label), everything in double, a log for every label and class, E and M apart, posteriors stored.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "em/made_labels.h"

namespace mizan::bench {

class Textbook {
 public:
  Textbook(const Columns& columns, std::size_t annotators, std::size_t classes)
      : columns_(columns),
        classes_(classes),
        posterior_(columns.task_count * classes, 1.0 / static_cast<double>(classes)),
        prior_(classes, 1.0 / static_cast<double>(classes)),
        confusion_(annotators * classes * classes) {
    for (std::size_t w = 0; w < annotators; ++w)
      for (std::size_t k = 0; k < classes; ++k)
        for (std::size_t l = 0; l < classes; ++l)
          confusion_[(w * classes + k) * classes + l] = k == l ? .7 : .3 / static_cast<double>(classes - 1);
  }

  void pass(ThreadPool& pool) {
    estimate(pool);
    maximise(pool);
  }

 private:
  void estimate(ThreadPool& pool) {
    parallel_blocks(pool, columns_.task_count, kBlocks, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t t = begin; t < end; ++t)
        for (std::size_t k = 0; k < classes_; ++k) posterior_[t * classes_ + k] = std::log(prior_[k]);
      for (std::size_t i = first_label(begin); i < first_label(end); ++i)
        for (std::size_t k = 0; k < classes_; ++k)
          posterior_[columns_.task[i] * classes_ + k] +=
              std::log(confusion_[(columns_.annotator[i] * classes_ + k) * classes_ + columns_.label[i]]);
      for (std::size_t t = begin; t < end; ++t) normalise(posterior_.data() + t * classes_);
    });
  }

  void maximise(ThreadPool& pool) {
    std::vector<std::vector<double>> partial(kBlocks);
    parallel_blocks(pool, columns_.task_count, kBlocks,
                    [&](std::size_t block, std::size_t begin, std::size_t end) {
                      auto& counts = partial[block];
                      counts.assign(confusion_.size(), .01);
                      for (std::size_t i = first_label(begin); i < first_label(end); ++i)
                        for (std::size_t k = 0; k < classes_; ++k)
                          counts[(columns_.annotator[i] * classes_ + k) * classes_ + columns_.label[i]] +=
                              posterior_[columns_.task[i] * classes_ + k];
                    });
    std::fill(confusion_.begin(), confusion_.end(), 0.0);
    for (const auto& counts : partial)
      for (std::size_t c = 0; c < counts.size(); ++c) confusion_[c] += counts[c];
    for (std::size_t row = 0; row < confusion_.size(); row += classes_) {
      double sum = 0;
      for (std::size_t l = 0; l < classes_; ++l) sum += confusion_[row + l];
      for (std::size_t l = 0; l < classes_; ++l) confusion_[row + l] /= sum;
    }
  }

  void normalise(double* row) const {
    double top = row[0];
    for (std::size_t k = 1; k < classes_; ++k) top = std::max(top, row[k]);
    double sum = 0;
    for (std::size_t k = 0; k < classes_; ++k) sum += row[k] = std::exp(row[k] - top);
    for (std::size_t k = 0; k < classes_; ++k) row[k] /= sum;
  }

  [[nodiscard]] std::size_t first_label(std::size_t task) const {
    return static_cast<std::size_t>(std::lower_bound(columns_.task.begin(), columns_.task.end(), task) -
                                    columns_.task.begin());
  }

  static constexpr std::size_t kBlocks = 16;
  const Columns& columns_;
  std::size_t classes_;
  std::vector<double> posterior_;
  std::vector<double> prior_;
  std::vector<double> confusion_;  // [annotator, class, label]
};

}  // namespace mizan::bench
