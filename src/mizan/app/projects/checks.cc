#include "mizan/app/projects/checks.h"

#include <algorithm>
#include <cstdint>

namespace mizan::app {
namespace {

constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxNames = 100;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

tl::unexpected<Error> refuse(std::string_view where, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::string(where));
}

}  // namespace

Result<void> check_name(std::string_view name, std::string_view where) {
  if (name.empty() || name.size() > kMaxNameBytes) return refuse(where, "must have 1 to 200 bytes");
  if (std::any_of(name.begin(), name.end(), is_control)) return refuse(where, "must be one line of text");
  if (name.front() == ' ' || name.back() == ' ') return refuse(where, "must not begin or end with a space");
  return {};
}

Result<void> check_text(std::string_view text, std::string_view where, std::size_t limit_bytes) {
  if (text.size() > limit_bytes) {
    return refuse(where, "must have at most " + std::to_string(limit_bytes) + " bytes");
  }
  if (text.find('\0') != std::string_view::npos)
    return refuse(where, "must not contain the character U+0000");
  return {};
}

Result<std::vector<std::string>> name_set(std::vector<std::string> names, std::string_view where) {
  if (names.size() > kMaxNames) return refuse(where, "must have at most 100 names");
  for (const std::string& name : names) MIZAN_CHECK_OK(check_name(name, where));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

tl::unexpected<Error> no_such(std::string_view kind, std::string_view id) {
  return fail(ErrorCode::not_found, "there is no " + std::string(kind) + " " + std::string(id));
}

tl::unexpected<Error> changed_meanwhile(std::string_view kind, std::int64_t version) {
  return fail(ErrorCode::precondition_failed,
              "the " + std::string(kind) + " is not at version " + std::to_string(version) + " any more",
              "If-Match", "read it again, and repeat the edit with its new ETag");
}

tl::unexpected<Error> name_taken(std::string_view kind, std::string_view name, std::string_view id) {
  return fail(
      ErrorCode::conflict,
      "the " + std::string(kind) + " " + std::string(id) + " is called \"" + std::string(name) + "\" already",
      "/name", "choose another name, or use the one that exists");
}

}  // namespace mizan::app
