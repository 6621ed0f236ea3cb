#include "mizan/app/tasks/task_content.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <boost/json/value.hpp>

#include "mizan/base/json_writer.h"
#include "mizan/secrets/digest.h"

namespace mizan::app {
namespace {

namespace json = boost::json;

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_double(std::string& out, double number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (std::abs(number) < kExact && std::trunc(number) == number)
    return append_number(out, static_cast<std::int64_t>(number));
  append_number(out, number);
}

void append_object(std::string& out, const json::object& object) {
  std::vector<const json::key_value_pair*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
  out += '{';
  for (const auto* member : members) {
    if (out.back() != '{') out += ',';
    append_json_string(out, std::string_view(member->key()));
    out += ':';
    append_canonical_json(out, member->value());
  }
  out += '}';
}

}  // namespace

void append_canonical_json(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      break;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case json::kind::int64:
      append_number(out, value.get_int64());
      break;
    case json::kind::uint64:
      append_number(out, value.get_uint64());
      break;
    case json::kind::double_:
      append_double(out, value.get_double());
      break;
    case json::kind::string:
      append_json_string(out, std::string_view(value.get_string()));
      break;
    case json::kind::object:
      append_object(out, value.get_object());
      break;
    case json::kind::array:
      out += '[';
      for (const auto& element : value.get_array()) {
        if (&element != value.get_array().begin()) out += ',';
        append_canonical_json(out, element);
      }
      out += ']';
      break;
  }
}

store::Blob content_hash(std::string_view canonical) {
  const auto digest = secrets::sha256(canonical);
  store::Blob out(16);
  std::transform(digest.begin(), digest.begin() + 16, out.begin(),
                 [](std::uint8_t byte) { return std::byte{byte}; });
  return out;
}

}  // namespace mizan::app
