// Posts to addresses outside: many at once on one thread, each with its own bounds, and never where the
// server's owner does not want it: the address that a name resolves to is checked when the socket is opened,
// so that no answer of a name server and no redirect leads into the private network. TLS certificates are
// verified.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"

namespace mizan::outbound {

struct PosterOptions {
  Duration connect_timeout = seconds(5);
  Duration timeout = seconds(15);  ///< of the whole exchange
  bool allows_private = false;     ///< also addresses that are not public (address.h)
};

struct Post {
  std::string url;                     ///< http:// or https://
  std::vector<std::string> headers{};  ///< "Name: value"
  std::string body{};
};

struct PostOutcome {
  int status = 0;       ///< of the answer; 0 = there was none
  std::string error{};  ///< why there was none, in a phrase
};

/// Not thread-safe. Redirects are not followed; of an answer only the status counts.
class Poster {
 public:
  using Done = std::function<void(const PostOutcome&)>;

  explicit Poster(const PosterOptions& options);
  ~Poster();  ///< gives up what is under way, without telling anybody
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  /// Begins a post; `done` is called once, from run().
  void start(Post post, Done done);
  [[nodiscard]] std::size_t in_flight() const;
  /// Sends and receives; returns after something was done, or after `at_most`.
  void run(Duration at_most);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether a URL can be posted to: http or https, a host, no user name, at most 2,000 bytes; a host that is
/// an address must be public unless `allows_private`.
/// @errors invalid_argument
[[nodiscard]] Result<void> check_url(const std::string& url, bool allows_private);

}  // namespace mizan::outbound
