// Reads the members of a JSON body one by one, each with its type, and refuses what nobody has read: a
// misspelt member must not be ignored silently.
//
//   BodyFields fields(body);
//   MIZAN_TRY(command.name, fields.text("name"));
//   MIZAN_TRY(command.priority, fields.maybe_integer("priority"));
//   MIZAN_CHECK_OK(fields.nothing_else());
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "mizan/base/id.h"
#include "mizan/base/result.h"

namespace mizan::http {

/// A member that is null counts as absent. Texts are refused when they contain U+0000, which PostgreSQL
/// cannot store. The body must outlive the reader.
/// @errors of every call: invalid_argument with `where` = "/<member>"
class BodyFields {
 public:
  explicit BodyFields(const boost::json::object& body) : body_(body) {}

  /// A member that must be there.
  [[nodiscard]] Result<std::string> text(std::string_view name);
  [[nodiscard]] Result<std::optional<std::string>> maybe_text(std::string_view name);
  [[nodiscard]] Result<std::optional<std::int64_t>> maybe_integer(std::string_view name);
  [[nodiscard]] Result<std::optional<bool>> maybe_flag(std::string_view name);
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> maybe_texts(std::string_view name);
  [[nodiscard]] Result<const boost::json::object*> maybe_object(std::string_view name);  ///< nullptr = absent
  /// Any JSON; nullptr = absent or null.
  [[nodiscard]] const boost::json::value* maybe_value(std::string_view name);

  template <class IdType>
  [[nodiscard]] Result<IdType> id(std::string_view name) {
    MIZAN_TRY(const std::string value, text(name));
    return read_id<IdType>(name, value);
  }
  template <class IdType>
  [[nodiscard]] Result<std::optional<IdType>> maybe_id(std::string_view name) {
    MIZAN_TRY(const auto value, maybe_text(name));
    if (!value) return std::optional<IdType>();
    MIZAN_TRY(const IdType read, read_id<IdType>(name, *value));
    return std::optional<IdType>(read);
  }
  template <class IdType>
  [[nodiscard]] Result<std::vector<IdType>> ids(std::string_view name) {
    MIZAN_TRY(const auto values, maybe_texts(name));
    std::vector<IdType> read;
    if (!values) return read;
    for (const std::string& value : *values) {
      MIZAN_TRY(const IdType each, read_id<IdType>(name, value));
      read.push_back(each);
    }
    return read;
  }

  /// @errors invalid_argument: a member that nobody has read
  [[nodiscard]] Result<void> nothing_else() const;

 private:
  [[nodiscard]] static tl::unexpected<Error> refuse(std::string_view name, std::string message);

  template <class IdType>
  static Result<IdType> read_id(std::string_view name, std::string_view text) {
    auto read = parse_id<IdType>(text);
    if (!read) return refuse(name, "this is no id of the kind that is needed here");
    return *std::move(read);
  }

  const boost::json::object& body_;
  std::vector<std::string_view> read_;
};

}  // namespace mizan::http
