// How alike two answers are, each measure 0 to 1 (tau: -1 to 1). Of this folder only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/domain/template/answers.h"

namespace mizan::domain {

/// Case folded (Latin, Greek, Cyrillic), punctuation and Arabic vowel marks left out, runs of spaces one
/// space.
[[nodiscard]] std::string normalised(std::string_view text);
/// 2·|common| / (|a| + |b|); 1 when both are empty.
[[nodiscard]] double set_f1(const std::vector<std::string>& a, const std::vector<std::string>& b);
[[nodiscard]] double span_f1(const std::vector<Span>& a, const std::vector<Span>& b);
/// Characters that both mark with a label over those that either does, summed over labels.
[[nodiscard]] double span_overlap(const std::vector<Span>& a, const std::vector<Span>& b);
/// Boxes of one label are paired from the greatest overlap down while it reaches `iou`.
[[nodiscard]] double box_f1(const std::vector<Box>& a, const std::vector<Box>& b, double iou);
/// Kendall's tau-b (1945) of two rankings of the same things; 1 when they are equal.
[[nodiscard]] double kendall_tau(const RankingAnswer& a, const RankingAnswer& b);

}  // namespace mizan::domain
