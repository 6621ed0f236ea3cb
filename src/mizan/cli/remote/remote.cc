#include "mizan/cli/remote/remote.h"

#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <boost/json/parse.hpp>
#include <curl/curl.h>

#include "mizan/base/assert.h"
#include "mizan/base/error_code_of.h"

namespace mizan::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxAnswerBytes = std::size_t{16} << 20;
constexpr long kConnectSeconds = 10;
/// Without a byte for so long the server is given up; an import of many rows answers only at its end.
constexpr long kSilentSeconds = 600;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::string text_at(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::int64_t count_at(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

// One exchange. Its address is known to libcurl: it does not move.
struct Exchange {
  std::unique_ptr<CURL, FreeHandle> handle{curl_easy_init()};
  std::unique_ptr<curl_slist, FreeList> headers{};
  std::array<char, CURL_ERROR_SIZE> message{};
  const Upload* upload = nullptr;
  const std::function<Result<void>(std::string_view)>* write = nullptr;
  std::string body{};
  std::optional<Error> failure{};  // of our own callbacks

  template <class Value>
  void set(CURLoption option, Value value) const {
    const CURLcode code = curl_easy_setopt(handle.get(), option, value);
    MIZAN_ASSERT(code == CURLE_OK);
  }
  void add_header(const std::string& line) {
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  }
  [[nodiscard]] int status() const {
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  auto read = exchange.upload->read({buffer, size * count});
  if (read) return *read;
  exchange.failure = std::move(read).error();
  return CURL_READFUNC_ABORT;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::size_t length = size * count;
  if (exchange.write != nullptr && exchange.status() == 200) {
    auto written = (*exchange.write)({bytes, length});
    if (written) return length;
    exchange.failure = std::move(written).error();
    return 0;
  }
  if (exchange.body.size() + length > kMaxAnswerBytes) return 0;
  exchange.body.append(bytes, length);
  return length;
}

void prepare(Exchange& exchange, const Remote& remote, const std::string& target) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  MIZAN_ASSERT(started == CURLE_OK && exchange.handle != nullptr);
  std::string server = remote.server;
  while (server.ends_with('/')) server.pop_back();
  exchange.set(CURLOPT_URL, (server + target).c_str());
  exchange.set(CURLOPT_PROTOCOLS_STR, "http,https");
  exchange.set(CURLOPT_NOSIGNAL, 1L);
  exchange.set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  exchange.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  exchange.set(CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
  exchange.set(CURLOPT_ERRORBUFFER, exchange.message.data());
  exchange.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  exchange.set(CURLOPT_WRITEFUNCTION, &take);
  exchange.set(CURLOPT_WRITEDATA, &exchange);
  exchange.add_header("Authorization: Bearer " + remote.key);
  exchange.add_header("Expect:");
}

Result<void> perform(Exchange& exchange, const Remote& remote) {
  exchange.set(CURLOPT_HTTPHEADER, exchange.headers.get());
  const CURLcode code = curl_easy_perform(exchange.handle.get());
  if (exchange.failure) return fail(*std::move(exchange.failure));
  // A server that refuses early answers while the body is still on its way.
  if (code == CURLE_OK || exchange.status() >= 400) return {};
  const char* reason = exchange.message[0] != '\0' ? exchange.message.data() : curl_easy_strerror(code);
  return fail(ErrorCode::database_unavailable, std::string("the server does not answer: ") + reason,
              remote.server, "check --server, and that mizan serve runs there");
}

Result<json::object> answer_of(const Exchange& exchange, const Remote& remote) {
  boost::system::error_code wrong;
  json::value body = json::parse(exchange.body, wrong);
  if (!wrong && body.is_object()) return std::move(body.get_object());
  return fail(ErrorCode::database_unavailable,
              "this is no answer of a Mizan server (HTTP " + std::to_string(exchange.status()) + ")",
              remote.server, "check --server");
}

Error error_of(const json::object& body) {
  return {error_code_of(text_at(body, "code")), text_at(body, "detail"), text_at(body, "where"),
          text_at(body, "hint")};
}

ImportOutcome outcome_of(const json::object& body, bool is_complete) {
  ImportOutcome outcome{.is_complete = is_complete};
  outcome.new_count = count_at(body, "created_count") + count_at(body, "taken_count");
  outcome.unchanged_count = count_at(body, "unchanged_count");
  outcome.refused_count = count_at(body, "bad_count") + count_at(body, "refused_count");
  if (const json::value* errors = body.if_contains("errors"); errors != nullptr && errors->is_array())
    for (const json::value& each : errors->get_array())
      if (each.is_object())
        outcome.refused.push_back(
            {static_cast<std::uint64_t>(count_at(each.get_object(), "line")), error_of(each.get_object())});
  return outcome;
}

}  // namespace

Result<ImportOutcome> upload(const Remote& remote, const Upload& upload) {
  Exchange exchange;
  exchange.upload = &upload;
  prepare(exchange, remote, upload.target);
  exchange.set(CURLOPT_POST, 1L);
  exchange.set(CURLOPT_READFUNCTION, &give);
  exchange.set(CURLOPT_READDATA, &exchange);
  exchange.set(CURLOPT_UPLOAD_BUFFERSIZE, 1L << 18);
  exchange.add_header("Content-Type: " + upload.content_type);
  exchange.add_header("Transfer-Encoding: chunked");
  MIZAN_CHECK_OK(perform(exchange, remote));
  MIZAN_TRY(const auto body, answer_of(exchange, remote));
  const bool is_complete = exchange.status() == 200;
  if (!is_complete && !body.contains("errors")) return fail(error_of(body));
  return outcome_of(body, is_complete);
}

Result<void> download(const Remote& remote, const std::string& target,
                      const std::function<Result<void>(std::string_view)>& write) {
  Exchange exchange;
  exchange.write = &write;
  prepare(exchange, remote, target);
  MIZAN_CHECK_OK(perform(exchange, remote));
  if (exchange.status() == 200) return {};
  MIZAN_TRY(const auto body, answer_of(exchange, remote));
  return fail(error_of(body));
}

std::string url_escaped(std::string_view value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
        c == '.' || c == '~') {
      text += c;
    } else {
      text += '%';
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 15U];
    }
  }
  return text;
}

}  // namespace mizan::cli
