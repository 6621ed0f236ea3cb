#include "mizan/dataset/column_names.h"

#include <array>

namespace mizan::dataset {

using std::string;
using std::string_view;

string bare_name(string_view name) {
  string bare;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') bare += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) bare += c;
  }
  return bare;
}

CurrencyName split_currency(string_view bare) {
  struct Code {
    string_view bare;
    string_view code;
  };
  constexpr auto kCodes = std::to_array<Code>({{"usd", "USD"},
                                               {"eur", "EUR"},
                                               {"gbp", "GBP"},
                                               {"chf", "CHF"},
                                               {"jpy", "JPY"},
                                               {"inr", "INR"},
                                               {"aed", "AED"},
                                               {"sar", "SAR"}});
  for (const Code& known : kCodes)
    if (bare.size() > 3 && bare.ends_with(known.bare)) return {bare.substr(0, bare.size() - 3), known.code};
  return {bare, {}};
}

}  // namespace mizan::dataset
