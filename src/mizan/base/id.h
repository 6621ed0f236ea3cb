// Ids: numbers that the application makes, each with a type of its own, so that a project's id in a task's
// place does not compile. On the wire an id is a text: a prefix that names its kind, and 13 characters.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "mizan/base/result.h"

namespace mizan {

/// `Tag` has `static constexpr std::string_view kPrefix` ("tsk") and `kKind` ("task").
template <class Tag>
struct Id {
  std::int64_t value = 0;  ///< positive; 0 = none
  friend auto operator<=>(const Id&, const Id&) = default;
};

/// prefix + "_" + 13 characters of Crockford's base 32, most significant first: ids sort as they were made.
[[nodiscard]] std::string id_text(std::string_view prefix, std::int64_t value);
/// @errors malformed_id: another prefix, length or character (letters of any case; i, l, o, u are not used)
[[nodiscard]] Result<std::int64_t> parse_id_text(std::string_view prefix, std::string_view kind,
                                                 std::string_view text);

template <class Tag>
[[nodiscard]] std::string to_text(Id<Tag> id) {
  return id_text(Tag::kPrefix, id.value);
}

/// `parse_id<TaskId>(text)`
template <class IdType>
[[nodiscard]] Result<IdType> parse_id(std::string_view text);

namespace detail {
template <class IdType>
struct TagOf;
template <class Tag>
struct TagOf<Id<Tag>> {
  using Type = Tag;
};
}  // namespace detail

template <class IdType>
Result<IdType> parse_id(std::string_view text) {
  using Tag = typename detail::TagOf<IdType>::Type;
  MIZAN_TRY(const std::int64_t value, parse_id_text(Tag::kPrefix, Tag::kKind, text));
  return IdType{value};
}

}  // namespace mizan

template <class Tag>
struct std::hash<mizan::Id<Tag>> {
  std::size_t operator()(const mizan::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
