// From a plan of columns to the shape of the table that is built, and from cells to rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/dataset/columns.h"
#include "mizan/dataset/label_table_builder.h"

namespace mizan::dataset {

[[nodiscard]] inline TableShape shape_of(const ColumnPlan& plan, std::span<const std::string> names) {
  TableShape shape{.questions = {},
                   .has_supplier = plan.supplier.has_value(),
                   .has_price = plan.price.has_value(),
                   .has_seconds = plan.seconds.has_value(),
                   .has_time = plan.time.has_value(),
                   .seconds_scale = plan.seconds_scale};
  for (const std::size_t label : plan.label) shape.questions.push_back(names[label]);
  return shape;
}

/// Cells by column, put into the order of a row. Not thread-safe; views as long as the cells'.
class RowOfCells {
 public:
  explicit RowOfCells(const ColumnPlan& plan)
      : plan_(plan), labels_(plan.label.size()), gold_(plan.gold.size()) {}

  RowText row(std::span<const std::string_view> cells, std::uint64_t place) {
    const auto cell = [&](std::optional<std::size_t> column) {
      return column ? cells[*column] : std::string_view();
    };
    for (std::size_t q = 0; q < labels_.size(); ++q) labels_[q] = cells[plan_.label[q]];
    for (std::size_t q = 0; q < gold_.size(); ++q) gold_[q] = cell(plan_.gold[q]);
    return {.task = cells[plan_.task],
            .annotator = cells[plan_.annotator],
            .supplier = cell(plan_.supplier),
            .labels = labels_,
            .gold = gold_,
            .price = cell(plan_.price),
            .seconds = cell(plan_.seconds),
            .time = cell(plan_.time),
            .place = place};
  }

 private:
  const ColumnPlan& plan_;
  std::vector<std::string_view> labels_;
  std::vector<std::string_view> gold_;
};

/// Which columns have a role.
[[nodiscard]] inline std::vector<bool> wanted_columns(const ColumnPlan& plan,
                                                      std::span<const std::string> names) {
  std::vector<bool> is_wanted;
  for (const ColumnUse& use : describe_columns(names, plan)) is_wanted.push_back(use.role != Role::ignored);
  return is_wanted;
}

}  // namespace mizan::dataset
