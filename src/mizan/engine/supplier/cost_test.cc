#include "mizan/engine/supplier/cost.h"

#include <cmath>

#include <gtest/gtest.h>

namespace mizan::supplier {
namespace {

const std::vector<std::uint32_t> kAnnotator{0, 0, 1, 2};
const std::vector<std::uint32_t> kSupplier{0, 0, 1};

CostInput input(std::span<const std::int64_t> prices) {
  return {.annotator = kAnnotator,
          .price_micros = prices,
          .supplier_of_annotator = kSupplier,
          .annotator_count = 3,
          .supplier_count = 2};
}

TEST(Cost, adds_up_row_prices_by_annotator_and_supplier) {
  const std::vector<std::int64_t> prices{50'000, 70'000, 60'000, 2'000'000};
  const Costs costs = label_costs(input(prices));
  EXPECT_NEAR(costs.annotators[0].cost, 0.12, 1e-12);
  EXPECT_NEAR(costs.suppliers[0].cost, 0.18, 1e-12);
  EXPECT_NEAR(costs.suppliers[0].price_per_label, 0.06, 1e-12);
  EXPECT_NEAR(costs.suppliers[1].cost, 2, 1e-12);
}

TEST(Cost, is_not_known_where_a_price_is_missing_unless_the_supplier_has_one) {
  const std::vector<std::int64_t> prices{50'000, -1, 60'000, -1};
  const Costs without = label_costs(input(prices));
  EXPECT_TRUE(std::isnan(without.suppliers[0].cost));
  EXPECT_NEAR(without.suppliers[0].price_per_label, 0.055, 1e-12);
  EXPECT_TRUE(std::isnan(without.suppliers[1].price_per_label));
  const std::vector<double> by_supplier{0.05, kNotKnown};
  CostInput with = input(prices);
  with.price_per_label = by_supplier;
  EXPECT_NEAR(label_costs(with).suppliers[0].cost, 0.16, 1e-12);
  EXPECT_TRUE(std::isnan(label_costs(with).suppliers[1].cost));
}

TEST(Cost, per_correct_label_turns_the_interval_of_accuracy_over) {
  Accuracy accuracy;
  accuracy.value = 0.8;
  accuracy.interval = {0.5, 1};
  Cost cost;
  cost.price_per_label = 0.4;
  const CostPerCorrect one = cost_per_correct(cost, accuracy);
  EXPECT_NEAR(one.value, 0.5, 1e-12);
  EXPECT_NEAR(one.interval.low, 0.4, 1e-12);
  EXPECT_NEAR(one.interval.high, 0.8, 1e-12);
  EXPECT_TRUE(std::isnan(cost_per_correct({}, accuracy).value));
  accuracy.interval.low = 0;
  EXPECT_TRUE(std::isinf(cost_per_correct(cost, accuracy).interval.high));
}

}  // namespace
}  // namespace mizan::supplier
