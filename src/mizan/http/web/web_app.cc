#include "mizan/http/web/web_app.h"

#include <algorithm>
#include <array>
#include <string>

#include "mizan/http/server/gzip.h"

namespace mizan::http {

namespace {

// scheme://host[:port], where the host may begin with *. for all below it.
bool is_origin(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    if (text.starts_with("*.")) text.remove_prefix(2);
    const auto is_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
             c == '.';
    };
    const std::string_view host = text.substr(0, text.find(':'));
    const std::string_view port = text.substr(host.size());
    const bool is_port = port.size() > 1 && port.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return !host.empty() && std::all_of(host.begin(), host.end(), is_name) && (port.empty() || is_port);
  }
  return false;
}

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

void add_page_headers(Response& response, const WebPolicy& policy) {
  response.add("Content-Security-Policy", policy.text());
  response.add("Cache-Control", "no-cache");
}

// "gzip;q=0" is not looked for: nobody sends it.
bool takes_gzip(const Request& head) {
  return head.header("accept-encoding").value_or("").find("gzip") != std::string_view::npos;
}

Response file_response(const WebFile& file, const Request& head, const WebPolicy& policy) {
  Response response;
  response.add("ETag", file.etag);
  response.add("Vary", "Accept-Encoding");
  if (file.is_immutable)
    response.add("Cache-Control", "public, max-age=31536000, immutable");
  else
    add_page_headers(response, policy);
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

// Style attributes (not sheets) may stand in the page: KaTeX places its glyphs by them. Sounds and documents
// are also read (connect-src), where the other server allows it, to draw a sound's shape and a document's
// pages.
WebPolicy::WebPolicy(const std::string& content)
    : text_(
          "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
          "font-src 'self' data:; img-src 'self' data: blob: " +
          content + "; media-src 'self' data: blob: " + content + "; frame-src 'self' blob: " + content +
          "; connect-src 'self' " + content +
          "; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
          "frame-ancestors 'none'") {}

Result<WebPolicy> WebPolicy::of(std::string_view origins) {
  constexpr std::string_view kBetween = " ,\t";
  std::string content;
  while (true) {
    origins.remove_prefix(std::min(origins.find_first_not_of(kBetween), origins.size()));
    if (origins.empty()) break;
    const std::string_view origin = origins.substr(0, origins.find_first_of(kBetween));
    if (!is_origin(origin))
      return fail(ErrorCode::invalid_argument, "'" + std::string(origin) + "' is no origin", {},
                  "such as https://media.example.org or https://*.example.org:8443, without a path");
    content.append(content.empty() ? "" : " ").append(origin);
    origins.remove_prefix(origin.size());
  }
  return content.empty() ? WebPolicy() : WebPolicy(content);
}

std::optional<Response> web_answer(const Request& head, const WebPolicy& policy,
                                   std::span<const WebFile> files) {
  if (head.method != Method::get && head.method != Method::head) return std::nullopt;
  if (is_of_the_api(head.segments)) return std::nullopt;
  if (const WebFile* file = find(files, head.path())) return file_response(*file, head, policy);
  // An address with a dot in its end means a file; everything else the app routes by itself.
  if (!head.segments.empty() && head.segments.back().find('.') != std::string::npos) return std::nullopt;
  if (const WebFile* page = find(files, "/index.html")) return file_response(*page, head, policy);
  Response response{.body = std::string(kMissingPage)};
  response.add("Content-Type", "text/html; charset=utf-8");
  add_page_headers(response, policy);
  return response;
}

}  // namespace mizan::http
