#include "mizan/http/server/request_parser.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace mizan::http {
namespace {

// Everything that a connection understands of bytes that arrive in the given pieces.
class Reader {
 public:
  void take(std::string_view piece) {
    waiting_.append(piece);
    while (!waiting_.empty() && step()) {
    }
  }
  [[nodiscard]] const std::string& read() const { return read_; }

 private:
  bool step() {
    if (!parser_.has_head()) return read_head();
    std::array<char, 3> part;
    const auto progress = parser_.feed_body(waiting_, part);
    if (!progress) return refuse();
    waiting_.erase(0, progress->consumed);
    read_.append(part.data(), progress->produced);
    return end_if_done() || progress->consumed > 0 || progress->produced > 0;
  }

  bool read_head() {
    const auto progress = parser_.feed_head(waiting_);
    if (!progress) return refuse();
    waiting_.erase(0, progress->consumed);
    if (!parser_.has_head()) return false;
    const auto request = parser_.request();
    if (!request) return refuse();
    read_ += std::string(method_name(request->method)) + request->target;
    for (const Header& header : request->headers) read_ += "|" + header.name + "=" + header.value;
    read_ += "|";
    return end_if_done() || !waiting_.empty();
  }

  bool end_if_done() {
    if (!parser_.is_done()) return false;
    read_ += ";";
    parser_.reset();
    return true;
  }

  bool refuse() {
    read_ += "refused";
    waiting_.clear();
    return false;
  }

  RequestParser parser_{4096};
  std::string waiting_, read_;
};

constexpr std::string_view kConversation =
    "\r\nGET /a?b=c HTTP/1.1\r\nHost: x\r\nX: y\r\n\r\n"
    "POST /d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"
    "\r\nPUT /e HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
    "GET /f HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kRead =
    "GET/a?b=c|Host=x|X=y|;POST/d|Host=x|Transfer-Encoding=chunked|hello!;PUT/e|Host=x|Content-Length=2|hi;"
    "GET/f|Host=x|;";

TEST(RequestParser, reads_the_same_wherever_the_network_cuts) {
  for (std::size_t cut = 0; cut <= kConversation.size(); ++cut) {
    Reader reader;
    reader.take(kConversation.substr(0, cut));
    reader.take(kConversation.substr(cut));
    EXPECT_EQ(reader.read(), kRead) << "cut after byte " << cut;
  }
}

TEST(RequestParser, reads_the_same_byte_by_byte) {
  Reader reader;
  for (const char byte : kConversation) reader.take({&byte, 1});
  EXPECT_EQ(reader.read(), kRead);
}

TEST(RequestParser, an_empty_chunked_body_may_arrive_byte_by_byte) {
  constexpr std::string_view kHead = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  constexpr std::string_view kRest = "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
  Reader reader;
  reader.take(kHead);
  for (const char byte : kRest) {
    reader.take({&byte, 1});
    reader.take({});
  }
  EXPECT_EQ(reader.read(), "POST/a|Host=x|Transfer-Encoding=chunked|;GET/|Host=x|;");
}

TEST(RequestParser, a_last_chunk_with_a_broken_line_end_is_refused) {
  Reader reader;
  reader.take("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\n\r\n");
  reader.take("\r");
  reader.take("\n");
  EXPECT_TRUE(reader.read().ends_with("refused")) << reader.read();
}

TEST(RequestParser, line_ends_inside_a_head_are_never_skipped) {
  Reader reader;
  reader.take("GET / HTTP/1.1\r\nHost: x\r\n");
  reader.take("\r\n");
  EXPECT_EQ(reader.read(), "GET/|Host=x|;") << "the head is whole";
}

}  // namespace
}  // namespace mizan::http
