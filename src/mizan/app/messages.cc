#include "mizan/app/messages.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "mizan/app/report_page_text.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

const json::object& catalogue() {
  static const json::object texts =
      json::parse(json::string_view(kEnglishMessages.data(), kEnglishMessages.size())).as_object();
  return texts;
}

std::optional<std::string_view> text_of(std::string_view key) {
  const json::value* text = catalogue().if_contains(json::string_view(key.data(), key.size()));
  if (text == nullptr) return std::nullopt;
  return std::string_view(text->as_string().data(), text->as_string().size());
}

std::optional<double> as_number(const json::value& value) {
  if (value.is_double() && !std::isfinite(value.as_double())) return std::nullopt;
  return value.is_number() ? std::optional(value.to_number<double>()) : std::nullopt;
}

std::optional<std::string_view> find_text(std::string_view key, const json::object& args) {
  if (const auto text = text_of(key)) return text;
  const json::value* count = args.if_contains("count");
  const bool one = count != nullptr && as_number(*count) == 1.0;
  if (const auto text = text_of(fmt::format("{}_{}", key, one ? "one" : "other"))) return text;
  return text_of(fmt::format("{}_other", key));
}

std::string humanised(std::string_view key) {
  std::string code(key.substr(key.find('.') == std::string_view::npos ? 0 : key.find('.') + 1));
  std::replace(code.begin(), code.end(), '_', ' ');
  return code;
}

// Digits in groups of three: 12345.6 → "12,345.6". Half a unit of the last digit away from zero is never
// "−0".
std::string grouped(double value, int decimals) {
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  for (std::size_t at = whole; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  const bool zero = digits.find_first_not_of("0.,") == std::string::npos;
  return value < 0 && !zero ? "−" + digits : digits;
}

std::string without_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// Three significant digits; whole from a thousand on.
std::string number(double value) {
  const double size = std::abs(value);
  if (size >= 1000) return grouped(value, 0);
  if (size == 0) return "0";
  const int decimals = 2 - static_cast<int>(std::floor(std::log10(size)));
  return without_zeros(grouped(value, std::max(decimals, 0)));
}

std::string with_value(std::string_view key, std::string value) {
  return english_message(key, {{"value", std::move(value)}});
}

std::string bare(double fraction) {
  return grouped(100 * fraction, 1);
}

std::string percent(double fraction) {
  return with_value("format.percent", bare(fraction));
}

std::string sure(double probability) {
  if (probability > 0.9995) return with_value("format.above", percent(0.999));
  return probability < 0.0005 ? with_value("format.below", percent(0.001)) : percent(probability);
}

std::string signed_points(double difference) {
  const std::string text = bare(difference);
  return difference > 0 && text != "0.0" ? "+" + text : text;
}

std::string p_value(double value) {
  if (value < 0.0001) return with_value("format.below", "0.0001");
  return fmt::format("{}", std::stod(fmt::format("{:.1e}", value)));
}

// Amounts under a tenth get three significant digits, so that a part of a cent is not written as nothing.
std::string amount_of(double size) {
  const bool small = size > 0 && size < 0.1;
  std::string text =
      grouped(size, small ? std::min(8, 2 - static_cast<int>(std::floor(std::log10(size)))) : 2);
  while (text.ends_with('0') && text.size() - text.find('.') > 3) text.pop_back();
  return text;
}

std::string money(double value, std::string_view currency) {
  const std::string minus = value < 0 ? "−" : "";
  const std::string amount = amount_of(std::abs(value));
  if (currency.empty()) return minus + amount;
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}};
  for (const auto& [code, sign] : kSigns) {
    if (code == currency)
      return minus + english_message("format.money_sign", {{"sign", sign}, {"value", amount}});
  }
  return minus + english_message("format.money_code", {{"sign", currency}, {"value", amount}});
}

std::optional<std::string> formatted(double value, std::string_view filter, std::string_view currency) {
  if (filter == "percent") return percent(value);
  if (filter == "bare") return bare(value);
  if (filter == "sure") return sure(value);
  if (filter == "points") return with_value("format.points_other", bare(std::abs(value)));
  if (filter == "signed") return signed_points(value);
  if (filter == "count") return grouped(value, 0);
  if (filter == "number") return number(value);
  if (filter == "p") return p_value(value);
  if (filter == "money") return money(value, currency);
  if (filter == "seconds") return with_value("format.seconds", number(value));
  return std::nullopt;
}

std::string plain(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  return json::serialize(value);
}

std::string list(const json::array& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += i + 1 < values.size() ? ", " : values.size() > 2 ? ", and " : " and ";
    text += plain(values[i]);
  }
  return text;
}

std::string mix(const json::array& parts) {
  std::string text;
  for (const json::value& part : parts) {
    if (!text.empty()) text += " + ";
    text += part.is_object() ? english_message("format.mix_part", part.as_object()) : plain(part);
  }
  return text;
}

std::string argument(const json::value* value, std::string_view filter, std::string_view currency) {
  if (value == nullptr || value->is_null()) return english_message("format.unknown");
  if (!filter.empty() && text_of(fmt::format("unit.{}_other", filter))) {
    return english_message(fmt::format("unit.{}", filter), {{"count", *value}});
  }
  for (const std::string_view codes :
       {"method", "coefficient", "weights", "basis", "undefined", "left_out"}) {
    if (filter == codes) return english_message(fmt::format("{}.{}", filter, plain(*value)));
  }
  if (value->is_array()) return filter == "mix" ? mix(value->as_array()) : list(value->as_array());
  const auto numeric = as_number(*value);
  if (!numeric) return plain(*value);
  return formatted(*numeric, filter, currency).value_or(plain(*value));
}

}  // namespace

std::string english_figure(const json::value& value, std::string_view filter, std::string_view currency) {
  return argument(&value, filter, currency);
}

std::string english_message(std::string_view key, const json::object& args, std::string_view currency) {
  const auto found = find_text(key, args);
  if (!found) return humanised(key);
  std::string text;
  std::string_view rest = *found;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', open == std::string_view::npos ? rest.size() : open);
    if (close == std::string_view::npos) return text.append(rest);
    text.append(rest.substr(0, open));
    const std::string_view inside = rest.substr(open + 1, close - open - 1);
    const std::size_t bar = std::min(inside.find('|'), inside.size());
    const std::string_view name = inside.substr(0, bar);
    text += argument(args.if_contains(json::string_view(name.data(), name.size())),
                     inside.substr(std::min(bar + 1, inside.size())), currency);
    rest.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace mizan::app
