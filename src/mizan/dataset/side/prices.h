// What a label of each supplier costs, as the caller says it: "crowd=0.05", "expert=USD 2", or one price for
// all, "0.05".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/dataset/field_values.h"
#include "mizan/domain/label_table.h"

namespace mizan::dataset {

struct SupplierPrice {
  std::string supplier;  ///< empty: everybody
  Price price;
};

/// @errors bad_number: not a price (negative, infinite, not a number); invalid_argument: nothing before "="
[[nodiscard]] Result<SupplierPrice> parse_supplier_price(std::string_view text);

/// Sets the price of every row of the suppliers named; the others keep what they have. A later price of the
/// same supplier wins.
/// @errors not_found: no such supplier (names those that are there); bad_number: two currencies
[[nodiscard]] Result<void> set_prices(domain::LabelTable& table, std::span<const SupplierPrice> prices);

}  // namespace mizan::dataset
