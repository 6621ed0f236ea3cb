#include "mizan/outbound/poster.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <utility>

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mizan/base/assert.h"
#include "mizan/outbound/address.h"

namespace mizan::outbound {
namespace {

constexpr std::size_t kMaxUrlBytes = 2000;
constexpr std::size_t kMaxAnswerBytes = 64 * 1024;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// libcurl wants to be started once, before there are threads that use it.
void curl_ready() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  MIZAN_ASSERT(code == CURLE_OK);
}

std::optional<Address> address_of(const curl_sockaddr& socket_address) {
  Address address;
  if (socket_address.family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &socket_address.addr, sizeof ipv6);
    std::memcpy(address.bytes.data(), &ipv6.sin6_addr, address.bytes.size());
    return address;
  }
  if (socket_address.family != AF_INET) return {};
  sockaddr_in ipv4{};
  std::memcpy(&ipv4, &socket_address.addr, sizeof ipv4);
  address.bytes[10] = address.bytes[11] = 0xff;
  std::memcpy(address.bytes.data() + 12, &ipv4.sin_addr, 4);
  return address;
}

// One post under way. Its address is known to libcurl: it does not move.
struct Transfer {
  Post post;
  Poster::Done done;
  std::unique_ptr<curl_slist, FreeList> headers{};
  std::unique_ptr<CURL, FreeHandle> handle{};
  std::array<char, CURL_ERROR_SIZE> error{};
  std::size_t answer_bytes = 0;
  bool allows_private = false;
  bool was_refused = false;  // an address was not public
};

curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* where) {
  auto& transfer = *static_cast<Transfer*>(context);
  const auto address = address_of(*where);
  if (!address || (!transfer.allows_private && !is_public(*address))) {
    transfer.was_refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

std::size_t take_answer(char*, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.answer_bytes += size * count;
  return transfer.answer_bytes <= kMaxAnswerBytes ? size * count : 0;
}

template <class Value>
void set(Transfer& transfer, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(transfer.handle.get(), option, value);
  MIZAN_ASSERT(code == CURLE_OK);
}

void set_headers(Transfer& transfer) {
  // libcurl would ask for leave with "Expect: 100-continue" before longer bodies.
  for (const std::string& header : {std::string("Expect:")}) {
    transfer.headers.reset(curl_slist_append(transfer.headers.release(), header.c_str()));
  }
  for (const std::string& header : transfer.post.headers) {
    transfer.headers.reset(curl_slist_append(transfer.headers.release(), header.c_str()));
  }
  set(transfer, CURLOPT_HTTPHEADER, transfer.headers.get());
}

void set_bounds(Transfer& transfer, const PosterOptions& options) {
  set(transfer, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.us / 1000));
  set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.us / 1000));
  set(transfer, CURLOPT_FOLLOWLOCATION, 0L);
  set(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
  set(transfer, CURLOPT_PROXY, "");  // a proxy would open the socket in our place
  set(transfer, CURLOPT_NOSIGNAL, 1L);
  set(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  set(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
  set(transfer, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(transfer, CURLOPT_OPENSOCKETDATA, &transfer);
  set(transfer, CURLOPT_WRITEFUNCTION, &take_answer);
  set(transfer, CURLOPT_WRITEDATA, &transfer);
}

void prepare(Transfer& transfer, const PosterOptions& options) {
  transfer.handle.reset(curl_easy_init());
  MIZAN_ASSERT(transfer.handle != nullptr);
  transfer.allows_private = options.allows_private;
  set(transfer, CURLOPT_URL, transfer.post.url.c_str());
  set(transfer, CURLOPT_POST, 1L);
  set(transfer, CURLOPT_POSTFIELDS, transfer.post.body.data());
  set(transfer, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.post.body.size()));
  set(transfer, CURLOPT_ERRORBUFFER, transfer.error.data());
  set_headers(transfer);
  set_bounds(transfer, options);
}

PostOutcome outcome_of(const Transfer& transfer, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(transfer.handle.get(), CURLINFO_RESPONSE_CODE, &status);
  // A receiver that answers at too great length has answered.
  if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && status != 0)) {
    return {.status = static_cast<int>(status)};
  }
  if (transfer.was_refused) return {.error = "the address is not public, and private ones are not allowed"};
  if (code == CURLE_OPERATION_TIMEDOUT) return {.error = "no answer in time"};
  return {.error = transfer.error[0] != '\0' ? transfer.error.data() : curl_easy_strerror(code)};
}

}  // namespace

struct Poster::State {
  PosterOptions options;
  CURLM* multi = nullptr;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers{};

  // Takes what has ended out of the map before anybody is told: `done` may start the next post.
  void finish_ended() {
    std::vector<std::pair<std::unique_ptr<Transfer>, CURLcode>> ended;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const auto found = transfers.find(message->easy_handle);
      ended.emplace_back(std::move(found->second), message->data.result);
      transfers.erase(found);
    }
    for (auto& [transfer, code] : ended) {
      curl_multi_remove_handle(multi, transfer->handle.get());
      transfer->done(outcome_of(*transfer, code));
    }
  }
};

Poster::Poster(const PosterOptions& options) : state_(std::make_unique<State>()) {
  curl_ready();
  state_->options = options;
  state_->multi = curl_multi_init();
  MIZAN_ASSERT(state_->multi != nullptr);
}

Poster::~Poster() {
  for (auto& [handle, transfer] : state_->transfers) curl_multi_remove_handle(state_->multi, handle);
  state_->transfers.clear();
  curl_multi_cleanup(state_->multi);
}

void Poster::start(Post post, Done done) {
  auto transfer = std::make_unique<Transfer>();
  transfer->post = std::move(post);
  transfer->done = std::move(done);
  prepare(*transfer, state_->options);
  CURL* const handle = transfer->handle.get();
  state_->transfers.emplace(handle, std::move(transfer));
  const CURLMcode code = curl_multi_add_handle(state_->multi, handle);
  MIZAN_ASSERT(code == CURLM_OK);
}

std::size_t Poster::in_flight() const {
  return state_->transfers.size();
}

void Poster::run(Duration at_most) {
  int running = 0;
  curl_multi_perform(state_->multi, &running);
  if (running == static_cast<int>(state_->transfers.size()) && running > 0) {
    curl_multi_poll(state_->multi, nullptr, 0, static_cast<int>(at_most.us / 1000), nullptr);
    curl_multi_perform(state_->multi, &running);
  }
  state_->finish_ended();
}

Result<void> check_url(const std::string& url, bool allows_private) {
  const auto refuse = [](std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), "/url");
  };
  curl_ready();
  if (url.size() > kMaxUrlBytes) return refuse("must have at most 2,000 bytes");
  const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    std::string copy(text);
    curl_free(text);
    return copy;
  };
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return refuse("this is no URL");
  const std::string scheme = part(CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") return refuse("must begin with https:// or http://");
  if (!part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty()) {
    return refuse("must not hold a user name or password");
  }
  std::string host = part(CURLUPART_HOST);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  const auto address = parse_address(host);
  if (address && !allows_private && !is_public(*address)) {
    return fail(ErrorCode::invalid_argument, "the address " + host + " is not public", "/url",
                "the server's owner can allow private addresses (--allow-private-webhooks)");
  }
  return {};
}

}  // namespace mizan::outbound
