// The web app at `/`: files from memory, and its first page for every address that the app itself routes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mizan/base/result.h"
#include "mizan/http/server/request.h"
#include "mizan/http/server/response.h"
#include "mizan/http/web/web_files.h"

namespace mizan::http {

/// What a browser is told it may load. Scripts come from here alone; pictures, sounds and documents of tasks
/// from here and from `content`, which holds every server unless the operator names some.
class WebPolicy {
 public:
  WebPolicy() : WebPolicy("https: http:") {}
  /// @in origins  separated by spaces or commas: https://media.example.org, https://*.example.org:8443; empty
  ///              = any
  /// @errors invalid_argument: what is no origin
  [[nodiscard]] static Result<WebPolicy> of(std::string_view origins);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit WebPolicy(const std::string& content);
  std::string text_;
};

/// The answer of the web app to an address that no route has; nothing when the address is not the app's (of
/// the API, a file that is not there, a method other than GET and HEAD). Without files it is a page that says
/// so.
/// @cost a copy of the file; files are unpacked only for clients that do not take gzip
[[nodiscard]] std::optional<Response> web_answer(const Request& head, const WebPolicy& policy,
                                                 std::span<const WebFile> files = kWebFiles);

}  // namespace mizan::http
