#include "mizan/app/message_text.h"

#include <boost/json.hpp>

#include "mizan/app/messages.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

json::value as_json(const Argument& argument) {
  struct Visitor {
    json::value operator()(std::monostate) const { return nullptr; }
    json::value operator()(double number) const { return number; }
    json::value operator()(std::int64_t number) const { return number; }
    json::value operator()(const std::string& text) const { return json::string(text); }
    json::value operator()(const std::vector<std::string>& texts) const {
      json::array list;
      for (const std::string& text : texts) list.emplace_back(json::string(text));
      return list;
    }
    json::value operator()(const std::vector<SupplierShare>& mix) const {
      json::array list;
      for (const SupplierShare& share : mix)
        list.push_back({{"supplier", share.supplier}, {"labels_per_task", share.labels_per_task}});
      return list;
    }
  };
  return std::visit(Visitor{}, argument);
}

std::string figure_text(std::string_view filter, const json::value& value, std::string_view currency = {}) {
  return english_figure(value, filter, currency);
}

}  // namespace

std::string message_text(std::string_view prefix, const Message& message,
                         const std::optional<std::string>& currency) {
  json::object args;
  for (const auto& [name, argument] : message.args) args[name] = as_json(argument);
  std::string key(prefix);
  key += '.';
  key += message.code;
  return english_message(key, args, currency ? std::string_view(*currency) : std::string_view());
}

std::string message_text(std::string_view prefix, std::string_view code) {
  return message_text(prefix, Message{std::string(code)});
}

std::string percent_text(double fraction) {
  return figure_text("percent", fraction);
}
std::string sure_text(double probability) {
  return figure_text("sure", probability);
}
std::string count_text(std::uint64_t count) {
  return figure_text("count", count);
}
std::string number_text(double number) {
  return figure_text("number", number);
}
std::string money_text(double amount, const std::optional<std::string>& currency) {
  return figure_text("money", amount, currency ? std::string_view(*currency) : std::string_view());
}

std::string mix_text(const std::vector<SupplierShare>& mix) {
  return figure_text("mix", as_json(mix));
}

std::string interval_text(const Estimate& estimate) {
  if (!estimate.value) return message_text("format", "unknown");
  std::string text = percent_text(*estimate.value);
  if (!estimate.low || !estimate.high) return text;
  text += " (" + figure_text("bare", *estimate.low) + "–" + figure_text("bare", *estimate.high) + ")";
  return text;
}

}  // namespace mizan::app
