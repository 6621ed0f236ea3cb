// How far annotators agree beyond chance: the common words of this folder.
//
// Every coefficient is (observed - expected) / (1 - expected) for its own idea of "expected by chance". Where
// that is 0/0, or where no task has two labels, the value is absent and `undefined` says why: it is never set
// to 0 or 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::agreement {

/// How bad a disagreement between two classes is. Classes are in their natural order; interval and ratio need
/// a number for each class.
enum class Scale : std::uint8_t { nominal, ordinal, interval, ratio };

/// Weights of partial agreement between classes, 1 on the diagonal, for coefficients of the kappa family.
enum class Weights : std::uint8_t { identity, linear, quadratic, ordinal };

enum class Undefined : std::uint8_t {
  no,                    ///< it is defined
  no_overlap,            ///< no task has two labels
  one_class,             ///< every label is the same, so chance agreement is already perfect: 0/0
  class_without_number,  ///< an interval or ratio scale, but a class is not a number (ratio: not a positive
                         ///< one)
};
[[nodiscard]] std::string_view undefined_name(Undefined reason);

struct Coefficient {
  std::optional<double> value;
  double observed = 0;  ///< observed (weighted) agreement; for alpha 1 - observed disagreement
  double expected = 0;  ///< agreement expected by chance
  double standard_error = 0;
  double low = 0;  ///< 95 % interval, cut to [-1,1]
  double high = 0;
  std::size_t task_count = 0;  ///< tasks with at least two labels
  Undefined undefined = Undefined::no;
};

/// [K,K] row-major weights. Linear and quadratic fall with the distance in numbers when `numbers` are given
/// (one per class), else with the distance in ranks. Ordinal: 1 - C(|k-l|+1, 2) / C(K, 2), as Gwet 2014.
[[nodiscard]] std::vector<double> weight_table(Weights weights, std::size_t class_count,
                                               const std::vector<double>& numbers = {});

/// How many labels of each class each task has: what all coefficients for many annotators but Conger's are
/// made of.
struct ClassCounts {
  std::size_t class_count = 0;
  std::vector<std::uint32_t> counts;  ///< [I,K]
  [[nodiscard]] std::size_t task_count() const { return class_count == 0 ? 0 : counts.size() / class_count; }
};
/// Of all labels, or of those whose annotator is marked in `use_annotator` [W].
[[nodiscard]] ClassCounts class_counts(const truth::LabelMatrix& labels,
                                       const std::vector<char>& use_annotator = {});

}  // namespace mizan::agreement
