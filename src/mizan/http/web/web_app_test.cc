#include "mizan/http/web/web_app.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "mizan/http/server/gzip.h"
#include "support/api_server.h"
#include "support/http_client.h"

namespace mizan::http {
namespace {

// The offsets are those of whatever pack this test was built with; only files of length 0 are read here.
constexpr std::array kFiles{
    WebFile{"/assets/app-1a.js", "text/javascript; charset=utf-8", "\"a\"", 0, 0, true},
    WebFile{"/assets/beside-pdf-1b.js", "text/javascript; charset=utf-8", "\"w\"", 0, 0, true},
    WebFile{"/index.html", "text/html; charset=utf-8", "\"i\"", 0, 0, false},
};

Request get(const std::string& path, Method method = Method::get) {
  Request request;
  request.method = method;
  request.target = path;
  for (std::size_t at = 1; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    request.segments.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  request.headers.push_back({"Accept-Encoding", "gzip"});
  return request;
}

std::string header_of(const std::optional<Response>& response, std::string_view name) {
  return response ? std::string(find_header(response->headers, name).value_or("")) : "no answer";
}

TEST(WebApp, answers_its_files_and_its_own_addresses) {
  const auto script = web_answer(get("/assets/app-1a.js"), {}, kFiles);
  EXPECT_EQ(header_of(script, "content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(script, "cache-control"), "public, max-age=31536000, immutable");
  for (const char* path : {"/", "/projects/prj_1/tasks", "/work"}) {
    const auto page = web_answer(get(path), {}, kFiles);
    EXPECT_EQ(header_of(page, "content-type"), "text/html; charset=utf-8") << path;
    EXPECT_EQ(header_of(page, "content-security-policy"), WebPolicy().text());
    EXPECT_EQ(header_of(page, "cache-control"), "no-cache");
  }
}

TEST(WebApp, leaves_the_api_and_missing_files_alone) {
  for (const char* path : {"/api/v1/nothing", "/api", "/assets/gone.js", "/metrics/x"})
    EXPECT_FALSE(web_answer(get(path), {}, kFiles)) << path;
  EXPECT_FALSE(web_answer(get("/", Method::post), {}, kFiles));
}

TEST(WebApp, a_file_that_the_browser_has_is_not_sent_again) {
  Request request = get("/");
  request.headers.push_back({"If-None-Match", "\"i\""});
  const auto answer = web_answer(request, {}, kFiles);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 304);
}

TEST(WebApp, says_when_it_is_not_there) {
  const auto answer = web_answer(get("/"), {}, {});
  ASSERT_TRUE(answer);
  EXPECT_NE(answer->body.find("without the web app"), std::string::npos);
}

TEST(WebApp, the_policy_takes_no_script_from_the_page_or_from_elsewhere) {
  const std::string policy = WebPolicy().text();
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe-eval"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
}

TEST(WebApp, loads_what_tasks_show_from_the_servers_that_the_operator_names_alone) {
  const auto policy = WebPolicy::of(" https://media.example.org, https://*.cdn.example.org:8443 ");
  ASSERT_TRUE(policy);
  const std::string named = "https://media.example.org https://*.cdn.example.org:8443;";
  const std::string sent = header_of(web_answer(get("/"), *policy, kFiles), "content-security-policy");
  for (const std::string directive : {"img-src 'self' data: blob: ", "media-src 'self' data: blob: ",
                                      "frame-src 'self' blob: ", "connect-src 'self' "})
    EXPECT_NE(sent.find(directive + named), std::string::npos) << directive;
  EXPECT_EQ(sent.find("http:;"), std::string::npos);
  EXPECT_NE(WebPolicy::of("")->text().find("img-src 'self' data: blob: https: http:;"), std::string::npos);
}

TEST(WebApp, refuses_what_is_no_origin) {
  for (const char* text :
       {"media.example.org", "https://", "https://a.org/path", "ftp://a.org", "https://a.org;script-src *",
        "https://a.org:", "https://a.org:80x", "*", "https://*"}) {
    const auto policy = WebPolicy::of(text);
    ASSERT_FALSE(policy) << text;
    EXPECT_EQ(policy.error().code, ErrorCode::invalid_argument) << text;
  }
}

TEST(WebApp, a_script_beside_the_page_may_compile_webassembly_and_load_nothing) {
  const std::string policy =
      header_of(web_answer(get("/assets/beside-pdf-1b.js"), {}, kFiles), "content-security-policy");
  EXPECT_EQ(policy, "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'");
  const auto script = web_answer(get("/assets/app-1a.js"), {}, kFiles);
  ASSERT_TRUE(script);
  EXPECT_FALSE(find_header(script->headers, "content-security-policy"));
}

TEST(WebApp, the_server_gives_a_page_at_the_root_and_problems_below_api) {
  test::ApiServer api;
  test::HttpClient client(api.port());
  const auto page = client.request("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(client.request("GET", "/projects/anything").status, 200);
  const auto missing = client.request("GET", "/api/v1/nothing");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("content-type"), "application/problem+json");
  EXPECT_EQ(client.request("GET", "/assets/nothing.js").status, 404);
}

}  // namespace
}  // namespace mizan::http
