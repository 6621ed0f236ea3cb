// The Cookie header (RFC 6265), read, and Set-Cookie, written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mizan/base/clock.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

/// The value of the first cookie of that name, over all Cookie headers; quotes around it are taken off. A
/// pair that breaks the grammar is passed over, never an error: other programs on the host set cookies too.
[[nodiscard]] std::optional<std::string_view> find_cookie(const Request& request, std::string_view name);

struct NewCookie {
  std::string_view name;
  std::string_view value;
  Duration max_age{};      ///< 0 = deletes the cookie
  bool is_secure = false;  ///< send it over TLS only
};
/// "name=value; Path=/; HttpOnly; SameSite=Lax; Max-Age=…[; Secure]".
[[nodiscard]] std::string set_cookie(const NewCookie& cookie);

}  // namespace mizan::http
