// The files of the web app, put into the program by scripts/web.d/pack from web/dist.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace mizan::http {

struct WebFile {
  std::string_view path;          ///< "/index.html", "/assets/index-1a2b3c.js"
  std::string_view content_type;  ///< with its charset
  std::string_view etag;          ///< quoted
  std::size_t offset;             ///< of its gzip member in the pack
  std::size_t gzip_bytes;
  bool is_immutable;  ///< its name changes with its content
};

/// Sorted by path; empty when the program was built without the web app.
extern const std::span<const WebFile> kWebFiles;
/// The gzip member of a file.
[[nodiscard]] std::string_view gzip_of(const WebFile& file);

}  // namespace mizan::http
