#include "mizan/dataset/side/prices.h"

#include <vector>

namespace mizan::dataset {
namespace {

constexpr const char* kFlag = "--price";
constexpr const char* kForm = "write supplier=price, as in --price crowd=0.05 or --price experts=USD2.50";

Result<std::uint32_t> supplier_of(const domain::LabelTable& table, const std::string& name) {
  if (const auto found = table.suppliers.find(name)) return *found;
  std::string names;
  for (std::size_t s = 0; s < table.suppliers.size(); ++s)
    names += (s > 0 ? ", " : "") + std::string(table.suppliers[s]);
  return fail(ErrorCode::not_found, "there is no supplier \"" + name + "\"", kFlag,
              names.empty() ? "the labels name no supplier; write --price 0.05 for all"
                            : "the suppliers are: " + names);
}

Result<void> settle_currency(domain::LabelTable& table, const SupplierPrice& price) {
  const std::string_view said = price.price.currency.text();
  if (said.empty() || said == table.currency) return {};
  if (!table.currency.empty())
    return fail(ErrorCode::bad_number,
                "prices in two currencies: " + std::string(said) + " and " + table.currency, kFlag,
                "convert all prices to one currency first; Mizan knows no exchange rates");
  table.currency = said;
  return {};
}

}  // namespace

Result<SupplierPrice> parse_supplier_price(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  const bool has_supplier = equals != std::string_view::npos;
  const std::string_view supplier = has_supplier ? trimmed(text.substr(0, equals)) : std::string_view{};
  const std::string_view amount = trimmed(has_supplier ? text.substr(equals + 1) : text);
  if (has_supplier && supplier.empty())
    return fail(ErrorCode::invalid_argument, "no supplier is named before \"=\"", kFlag, kForm);
  const auto price = parse_price(amount);
  if (!price)
    return fail(ErrorCode::bad_number, "\"" + std::string(amount) + "\" is not a price", kFlag, kForm);
  return SupplierPrice{std::string(supplier), *price};
}

Result<void> set_prices(domain::LabelTable& table, std::span<const SupplierPrice> prices) {
  constexpr std::int64_t kUnknown = -1;
  if (prices.empty()) return {};
  std::vector<std::int64_t> of_supplier(std::max<std::size_t>(table.suppliers.size(), 1), kUnknown);
  for (const SupplierPrice& price : prices) {
    MIZAN_CHECK_OK(settle_currency(table, price));
    if (price.supplier.empty()) {
      of_supplier.assign(of_supplier.size(), price.price.micros);
      continue;
    }
    MIZAN_TRY(const std::uint32_t supplier, supplier_of(table, price.supplier));
    of_supplier[supplier] = price.price.micros;
  }
  table.price_micros.resize(table.row_count(), kUnknown);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::uint32_t supplier =
        table.has_suppliers() ? table.supplier_of_annotator[table.annotator[row]] : 0;
    if (of_supplier[supplier] != kUnknown) table.price_micros[row] = of_supplier[supplier];
  }
  return {};
}

}  // namespace mizan::dataset
