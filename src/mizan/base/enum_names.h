// The spelling of an enum's values, as the database and the wire write them: one list, read both ways.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan {

/// `names[i]` spells the value whose number is i: the enum counts from 0 without holes.
template <class Enum, std::size_t N>
struct EnumNames {
  std::string_view kind;  ///< what the values are, for messages: "role"
  std::array<std::string_view, N> names;

  [[nodiscard]] constexpr std::string_view operator()(Enum value) const {
    return names[static_cast<std::size_t>(value)];
  }

  /// @errors invalid_argument: no value has this name
  [[nodiscard]] Result<Enum> parse(std::string_view text) const {
    for (std::size_t i = 0; i < N; ++i)
      if (names[i] == text) return static_cast<Enum>(i);
    std::string hint = "one of:";
    for (const std::string_view name : names) hint += " " + std::string(name);
    return fail(ErrorCode::invalid_argument,
                "no " + std::string(kind) + " is called \"" + std::string(text) + "\"", {}, std::move(hint));
  }

  [[nodiscard]] static constexpr std::size_t size() { return N; }
};

}  // namespace mizan
