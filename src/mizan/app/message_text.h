// Messages of a report as English sentences, for the terminal. The words are in
// src/mizan/app/messages/en.json, the same catalogue that the report page carries; how it is written:
// docs/formats/messages.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mizan/app/audit_report.h"

namespace mizan::app {

/// The sentence of `<prefix>.<message.code>` with its arguments filled in. A code without a text shows as the
/// code with spaces; an absent argument as "cannot be known". Thread-safe.
/// @in currency ISO 4217 code that `money` placeholders are written in
[[nodiscard]] std::string message_text(std::string_view prefix, const Message& message,
                                       const std::optional<std::string>& currency = {});

/// The same for a code that has no arguments.
[[nodiscard]] std::string message_text(std::string_view prefix, std::string_view code);

// How figures are written, the same in every sentence.
[[nodiscard]] std::string percent_text(double fraction);    ///< "76.6 %"
[[nodiscard]] std::string sure_text(double probability);    ///< "97.2 %", "over 99.9 %"
[[nodiscard]] std::string count_text(std::uint64_t count);  ///< "12,345"
[[nodiscard]] std::string number_text(double number);       ///< three significant digits
[[nodiscard]] std::string money_text(double amount,
                                     const std::optional<std::string>& currency);  ///< "$0.042"
[[nodiscard]] std::string interval_text(
    const Estimate& estimate);  ///< "76.6 % (73.1–80.0)", or "cannot be known"

[[nodiscard]] std::string mix_text(const std::vector<SupplierShare>& mix);  ///< "2 × crowd + 1 × experts"

}  // namespace mizan::app
