#include "mizan/http/web/web_app.h"

#include <algorithm>
#include <array>
#include <string>

#include "mizan/http/server/gzip.h"

namespace mizan::http {

// Style attributes (not sheets) may stand in the page: KaTeX places its glyphs by them. What tasks show lies
// anywhere: pictures and sounds are taken from there, and read (connect-src), where the other server allows
// it, to draw a sound's shape and a document's pages.
const std::string_view kWebPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data: blob: https: http:; media-src 'self' data: blob: https: "
    "http:; "
    "frame-src 'self' blob: https: http:; connect-src 'self' https: http:; "
    "manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

namespace {

constexpr std::size_t kMostFileBytes = 64UL * 1024 * 1024;
constexpr std::string_view kMissingPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mizan</title>"
    "<h1>Mizan</h1><p>This program was built without the web app: run <code>scripts/build</code>, which "
    "makes "
    "web/dist, and build again.</p><p>The API is here: <a href=\"/api/docs\">/api/docs</a></p></html>";

// Not the app's: a wrong address there is an error for a program, not a page for a person.
bool is_of_the_api(const std::vector<std::string>& segments) {
  constexpr std::array<std::string_view, 5> kFirst{"api", "docs", "healthz", "readyz", "metrics"};
  return !segments.empty() && std::find(kFirst.begin(), kFirst.end(), segments.front()) != kFirst.end();
}

const WebFile* find(std::span<const WebFile> files, std::string_view path) {
  const auto found =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const WebFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

// A script that runs beside the page, on a thread of its own, has a policy of its own: it loads nothing.
// WebAssembly decodes scanned pages of documents there.
constexpr std::string_view kBesidePolicy =
    "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'";

bool runs_beside_the_page(const WebFile& file) {
  return file.path.starts_with("/assets/beside-");
}

void add_page_headers(Response& response) {
  response.add("Content-Security-Policy", kWebPolicy);
  response.add("Cache-Control", "no-cache");
}

// "gzip;q=0" is not looked for: nobody sends it.
bool takes_gzip(const Request& head) {
  return head.header("accept-encoding").value_or("").find("gzip") != std::string_view::npos;
}

Response file_response(const WebFile& file, const Request& head) {
  Response response;
  response.add("ETag", file.etag);
  response.add("Vary", "Accept-Encoding");
  if (file.is_immutable)
    response.add("Cache-Control", "public, max-age=31536000, immutable");
  else
    add_page_headers(response);
  if (runs_beside_the_page(file)) response.add("Content-Security-Policy", kBesidePolicy);
  if (head.header("if-none-match").value_or("").find(file.etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.add("Content-Type", file.content_type);
  response.body = gzip_of(file);
  if (takes_gzip(head)) {
    response.add("Content-Encoding", "gzip");
  } else if (auto whole = gunzipped(response.body, kMostFileBytes)) {
    response.body = *std::move(whole);
  }
  return response;
}

}  // namespace

std::optional<Response> web_answer(const Request& head, std::span<const WebFile> files) {
  if (head.method != Method::get && head.method != Method::head) return std::nullopt;
  if (is_of_the_api(head.segments)) return std::nullopt;
  if (const WebFile* file = find(files, head.path())) return file_response(*file, head);
  // An address with a dot in its end means a file; everything else the app routes by itself.
  if (!head.segments.empty() && head.segments.back().find('.') != std::string::npos) return std::nullopt;
  if (const WebFile* page = find(files, "/index.html")) return file_response(*page, head);
  Response response{.body = std::string(kMissingPage)};
  response.add("Content-Type", "text/html; charset=utf-8");
  add_page_headers(response);
  return response;
}

}  // namespace mizan::http
