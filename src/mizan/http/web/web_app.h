// The web app at `/`: files from memory, and its first page for every address that the app itself routes.
#pragma once

#include <optional>

#include "mizan/http/server/request.h"
#include "mizan/http/server/response.h"
#include "mizan/http/web/web_files.h"

namespace mizan::http {

/// What a browser is told it may load. Scripts come from here alone; pictures and sounds of tasks may lie
/// anywhere.
extern const std::string_view kWebPolicy;

/// The answer of the web app to an address that no route has; nothing when the address is not the app's (of
/// the API, a file that is not there, a method other than GET and HEAD). Without files it is a page that says
/// so.
/// @cost a copy of the file; files are unpacked only for clients that do not take gzip
[[nodiscard]] std::optional<Response> web_answer(const Request& head,
                                                 std::span<const WebFile> files = kWebFiles);

}  // namespace mizan::http
