// The message catalogue in English, for the terminal: a code with arguments becomes a sentence
// (docs/formats/messages.md). The page reads the same catalogue, and the Arabic one, in its own script;
// tests/report holds both to the same text.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace mizan::app {

/// The sentence of a message.
/// @in   key       prefix and code, such as "verdict.best_supplier"
/// @in   args      its arguments; fractions 0..1, money in units of `currency`
/// @in   currency  an ISO 4217 code, or empty
/// @out  the text; a key without a text gives its code with spaces for underscores, a missing argument
/// "cannot be known"
/// @cost O(length); thread-safe. Control characters in arguments are kept: a terminal's caller strips them.
[[nodiscard]] std::string english_message(std::string_view key, const boost::json::object& args = {},
                                          std::string_view currency = {});

/// One argument as a placeholder with this filter writes it: english_figure(0.766, "percent") is "76.6 %".
[[nodiscard]] std::string english_figure(const boost::json::value& value, std::string_view filter,
                                         std::string_view currency = {});

}  // namespace mizan::app
