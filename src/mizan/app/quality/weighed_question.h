// One question of a project, weighed: its labels, what they say together, and how often everybody is right.
// Scorecards, slices and the pages of annotators are read off it; it is kept until a label comes. Of this
// folder only.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "mizan/app/models/live_model.h"
#include "mizan/app/quality/scorecard_labels.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/engine/supplier/accuracy.h"
#include "mizan/engine/truth/truth.h"
#include "mizan/store/quality/labels.h"

namespace mizan::app {

/// What an annotator's labels did to what was believed of their tasks.
struct MoveCount {
  std::int64_t moved_count = 0;        ///< another answer was the likeliest once the label was there
  std::int64_t moved_right_count = 0;  ///< and that one is what is believed now
};

struct WeighedQuestion {
  std::string question;
  ScorecardLabels labels;
  truth::Table posterior;  ///< [tasks, classes]
  truth::Table votes;      ///< [tasks, classes] shares of the votes: the other method, whose spread is doubt
  ::mizan::supplier::AccuracyReport report;
  std::vector<std::size_t> by_time;  ///< places of labels, oldest first
  std::vector<MoveCount> moves;      ///< [annotators]
};

/// @in     question  empty = the first that has labels
/// @errors not_found: the question has no labels; cannot_be_known: more labels than one answer can weigh
/// @cost   bounded (engine/supplier/accuracy.h): seconds for large projects when labels have come
[[nodiscard]] Result<std::shared_ptr<const WeighedQuestion>> weigh_question(Service& service,
                                                                            domain::ProjectId project,
                                                                            const std::string& question);

/// How often each group of labels is right, by the consensus of the whole question.
/// @in  rows   places of labels; they alone are weighed
/// @in  group_of_row  [rows] numbers from 0; a group is weighed as an annotator of its own
/// @in  supplier_of_group  whose ability it is believed to resemble
struct GroupedLabels {
  std::span<const std::size_t> rows;
  std::span<const std::uint32_t> group_of_row;
  std::span<const std::uint32_t> supplier_of_group;
};
[[nodiscard]] Result<::mizan::supplier::AccuracyReport> weigh_groups(const WeighedQuestion& weighed,
                                                                     const GroupedLabels& groups);

}  // namespace mizan::app
