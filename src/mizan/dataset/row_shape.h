// From a plan of columns to the shape of the table that is built.
#pragma once

#include <span>
#include <string>

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

}  // namespace mizan::dataset
