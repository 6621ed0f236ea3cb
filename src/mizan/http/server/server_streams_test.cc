// The server over real sockets: streamed answers, uploads and events.
#include <atomic>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mizan/http/server/gzip.h"
#include "mizan/http/server/server.h"
#include "support/http_client.h"
#include "support/test_server.h"

namespace mizan::http {
namespace {

using namespace std::chrono_literals;
using test::HttpClient;
using test_server::every;
using test_server::serve;
using test_server::text;

// Counts upwards, a line a number.
class Numbers final : public BodySource {
 public:
  explicit Numbers(int count) : count_(count) {}
  Result<bool> next(std::string& piece) override {
    while (piece.size() < 64 * 1024 && at_ < count_) piece += std::to_string(at_++) + "\n";
    if (at_ >= 3'000'000) return fail(ErrorCode::internal, "no further");
    return at_ < count_;
  }

 private:
  const int count_;
  int at_ = 0;
};

TEST(Server, streams_answers) {
  const auto server = serve(every(RunOn::pool, [](Request, Responder respond) {
    Response response;
    response.add("Content-Type", "application/x-ndjson");
    response.source = std::make_unique<Numbers>(200'000);
    respond(std::move(response));
  }));
  HttpClient client(server->port());
  const auto plain = client.request("GET", "/");
  EXPECT_EQ(plain.header("transfer-encoding"), "chunked");
  EXPECT_TRUE(plain.body.ends_with("199999\n"));
  const auto packed = client.request("GET", "/", "", {"Accept-Encoding: gzip"});
  EXPECT_EQ(gunzipped(packed.body, 10'000'000).value(), plain.body);
}

TEST(Server, a_stream_that_fails_is_cut_and_never_looks_whole) {
  const auto server = serve(every(RunOn::pool, [](Request, Responder respond) {
    Response response;
    response.source = std::make_unique<Numbers>(4'000'000);
    respond(std::move(response));
  }));
  HttpClient client(server->port());
  EXPECT_TRUE(client.request("GET", "/").is_cut);
}

// Reads its whole body and answers with its length and a checksum.
void measure(Request request, const Responder& respond) {
  std::array<char, 10'000> buffer;
  std::size_t length = 0;
  unsigned sum = 0;
  while (true) {
    const auto count = request.body_reader->read(buffer);
    if (!count) {
      respond(text(std::string(error_name(count.error().code)), 422));
      return;
    }
    if (*count == 0) break;
    for (std::size_t at = 0; at < *count; ++at) sum += static_cast<unsigned char>(buffer[at]);
    length += *count;
  }
  respond(text(std::to_string(length) + " " + std::to_string(sum)));
}

TEST(Server, hands_streamed_bodies_to_their_reader) {
  const auto server = serve(every(RunOn::upload, measure, 100'000'000));
  HttpClient client(server->port());
  const std::string body(20'000'000, 'a');
  EXPECT_EQ(client.request("POST", "/", body).body, "20000000 1940000000");
  EXPECT_EQ(client.request("POST", "/", gzipped(body), {"Content-Encoding: gzip"}).body,
            "20000000 1940000000");
  EXPECT_EQ(
      client.request("POST", "/", gzipped(std::string(100'000'001, 'a')), {"Content-Encoding: gzip"}).body,
      "body_too_large");
  EXPECT_EQ(client.request("POST", "/", "").body, "0 0");
}

TEST(Server, a_client_that_leaves_in_the_middle_of_an_upload_is_told_to_the_reader) {
  std::atomic<int> outcome{-1};
  const auto server = serve(every(
      RunOn::upload,
      [&](Request request, Responder respond) {
        std::array<char, 100> buffer;
        Result<std::size_t> count = 1;
        while (count && *count > 0) count = request.body_reader->read(buffer);
        outcome = count ? 0 : static_cast<int>(count.error().code);
        respond(text(""));
      },
      1'000'000));
  {
    HttpClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
  }
  while (outcome < 0) std::this_thread::yield();
  EXPECT_EQ(outcome, static_cast<int>(ErrorCode::cancelled));
}

TEST(Server, an_upload_can_be_answered_before_it_is_whole) {
  const auto server = serve(every(
      RunOn::upload, [](Request, Responder respond) { respond(text("no", 422)); }, 1'000'000));
  HttpClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nbegin");
  EXPECT_EQ(client.receive().status, 422);
  EXPECT_TRUE(client.is_ended());
}

TEST(Server, sends_events_heartbeats_and_learns_that_a_client_left) {
  ServerOptions options;
  options.limits.heartbeat = 150ms;
  std::mutex mutex;
  std::vector<std::shared_ptr<EventSink>> sinks;
  const auto server = serve(every(RunOn::pool,
                                  [&](Request, Responder respond) {
                                    Response response;
                                    response.events = [&](std::shared_ptr<EventSink> sink) {
                                      const std::lock_guard lock(mutex);
                                      sinks.push_back(std::move(sink));
                                    };
                                    respond(std::move(response));
                                  }),
                            options);
  auto client = std::make_unique<HttpClient>(server->port());
  client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client->receive_head();
  EXPECT_EQ(head.header("content-type"), "text/event-stream");
  std::shared_ptr<EventSink> sink;
  while (!sink) {
    const std::lock_guard lock(mutex);
    if (!sinks.empty()) sink = sinks.front();
  }
  EXPECT_TRUE(sink->send({.id = "7", .event = "task.done", .data = "{\"a\":1}\nb"}));
  EXPECT_EQ(client->receive_chunk(), "id: 7\nevent: task.done\ndata: {\"a\":1}\ndata: b\n\n");
  EXPECT_EQ(client->receive_chunk(), ": still here\n\n");
  EXPECT_EQ(server->gauges().event_streams, 1U);
  client.reset();
  while (sink->is_open()) std::this_thread::sleep_for(1ms);
  EXPECT_FALSE(sink->send({.data = "x"}));
}

}  // namespace
}  // namespace mizan::http
