// The server over real sockets: requests, limits, the end.
#include "mizan/http/server/server.h"

#include <atomic>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mizan/http/server/gzip.h"
#include "support/http_client.h"
#include "support/test_server.h"

namespace mizan::http {
namespace {

using namespace std::chrono_literals;
using test::HttpClient;
using test_server::echo;
using test_server::every;
using test_server::Gate;
using test_server::serve;
using test_server::text;

TEST(Server, answers_on_the_event_loop_and_on_the_pool) {
  for (const RunOn run_on : {RunOn::event_loop, RunOn::pool}) {
    const auto server = serve(echo(run_on));
    HttpClient client(server->port());
    const auto answer = client.request("POST", "/a/b%20c", "hello");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /a/b c hello");
  }
}

TEST(Server, keeps_a_connection_alive_and_answers_pipelined_requests_in_order) {
  const auto server = serve(echo(RunOn::pool));
  HttpClient client(server->port());
  std::string bytes;
  for (int each = 0; each < 50; ++each)
    bytes += "GET /" + std::to_string(each) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send(bytes);
  for (int each = 0; each < 50; ++each)
    EXPECT_EQ(client.receive().body, "GET /" + std::to_string(each) + " ");
}

TEST(Server, reads_chunked_bodies) {
  const auto server = serve(echo());
  HttpClient client(server->port());
  client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n "
      "world\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().body, "POST / hello world");
  client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.receive().body, "GET /next ");
}

TEST(Server, says_continue_to_a_client_that_waits_for_it) {
  const auto server = serve(echo());
  HttpClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive_head().status, 100);
  client.send("ok");
  EXPECT_EQ(client.receive().body, "POST / ok");
}

TEST(Server, refuses_messages_that_could_be_read_in_two_ways) {
  const auto server = serve(echo());
  for (const std::string bytes : {
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
           "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /a%2fb HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
           "\x16\x03\x01\x02\r\n\r\n",
       }) {
    HttpClient client(server->port());
    client.send(bytes);
    EXPECT_EQ(client.receive().status, 400) << bytes;
    EXPECT_TRUE(client.is_ended()) << bytes;
  }
}

TEST(Server, limits_heads_and_bodies) {
  const auto server = serve(every(
      RunOn::pool, [](Request, Responder respond) { respond(text("")); }, 1000));
  HttpClient large_head(server->port());
  large_head.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(64 * 1024, 'x') + "\r\n\r\n");
  EXPECT_EQ(large_head.receive().status, 431);
  HttpClient large_body(server->port());
  EXPECT_EQ(large_body.request("POST", "/", std::string(1001, 'x')).status, 413);
  HttpClient chunked(server->port());
  chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
               std::string(2000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.receive().status, 413);
  HttpClient right(server->port());
  EXPECT_EQ(right.request("POST", "/", std::string(1000, 'x')).status, 200);
}

TEST(Server, unpacks_gzip_bodies_and_stops_bombs) {
  const auto server = serve(every(
      RunOn::pool,
      [](Request request, Responder respond) { respond(text(std::to_string(request.body.size()))); },
      100'000));
  HttpClient client(server->port());
  EXPECT_EQ(client.request("POST", "/", gzipped(std::string(100'000, 'x')), {"Content-Encoding: gzip"}).body,
            "100000");
  EXPECT_EQ(
      client.request("POST", "/", gzipped(std::string(100'001, 'x')), {"Content-Encoding: gzip"}).status,
      413);
  EXPECT_EQ(client.request("POST", "/", "no gzip", {"Content-Encoding: gzip"}).status, 400);
  EXPECT_EQ(client.request("POST", "/", "x", {"Content-Encoding: br"}).status, 415);
}

TEST(Server, packs_answers_for_clients_that_take_gzip) {
  const std::string long_text(10'000, 'y');
  const auto server =
      serve(every(RunOn::pool, [&](Request, Responder respond) { respond(text(long_text)); }));
  HttpClient client(server->port());
  EXPECT_EQ(client.request("GET", "/").body, long_text);
  const auto packed = client.request("GET", "/", "", {"Accept-Encoding: br, gzip;q=0.8"});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(gunzipped(packed.body, 100'000).value(), long_text);
  EXPECT_EQ(client.request("GET", "/", "", {"Accept-Encoding: gzip;q=0"}).body, long_text);
}

TEST(Server, answers_head_without_a_body) {
  const auto server = serve(echo());
  HttpClient client(server->port());
  const auto answer = client.request("HEAD", "/x");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-length"), "8");
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(client.request("GET", "/y").body, "GET /y ");
}

TEST(Server, keeps_a_sane_request_id_and_makes_one_otherwise) {
  const auto server = serve(echo());
  HttpClient client(server->port());
  EXPECT_EQ(client.request("GET", "/", "", {"X-Request-Id: abc-1"}).header("x-request-id"), "abc-1");
  EXPECT_EQ(client.request("GET", "/", "", {"X-Request-Id: a b"}).header("x-request-id").size(), 16U);
}

TEST(Server, cuts_slow_heads_and_slow_bodies) {
  ServerOptions options;
  options.limits.head_timeout = 200ms;
  options.limits.body_timeout = 200ms;
  const auto server = serve(echo(), options);
  HttpClient slow_head(server->port());
  slow_head.send("GET / HT");
  EXPECT_EQ(slow_head.receive().status, 408);
  HttpClient slow_body(server->port());
  slow_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhel");
  EXPECT_EQ(slow_body.receive().status, 408);
  HttpClient silent(server->port());
  EXPECT_TRUE(silent.is_ended());
}

TEST(Server, a_byte_now_and_then_does_not_hold_a_head_open) {
  ServerOptions options;
  options.limits.head_timeout = 300ms;
  const auto server = serve(echo(), options);
  HttpClient client(server->port());
  const auto begun = std::chrono::steady_clock::now();
  std::thread dripping([&] {
    for (int each = 0; each < 40; ++each) {
      if (!client.try_send("G")) return;
      std::this_thread::sleep_for(50ms);
    }
  });
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1500ms);
  dripping.join();
}

TEST(Server, sheds_what_does_not_fit_the_pool_and_its_queue) {
  ServerOptions options;
  options.blocking_threads = 2;
  options.limits.max_queued_blocking = 3;
  Gate gate;
  const auto server = serve(every(RunOn::pool,
                                  [&](Request, Responder respond) {
                                    gate.wait();
                                    respond(text("done"));
                                  }),
                            options);
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int each = 0; each < 20; ++each) {
    clients.push_back(std::make_unique<HttpClient>(server->port()));
    clients.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    if (each < 2) gate.wait_for(each + 1);
    if (each >= 2 && each < 5)
      while (server->gauges().queued_blocking < static_cast<std::size_t>(each - 1)) std::this_thread::yield();
  }
  for (int each = 5; each < 20; ++each) {
    const auto answer = clients[static_cast<std::size_t>(each)]->receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("retry-after"), "1");
  }
  gate.open();
  for (std::size_t each = 0; each < 5; ++each) EXPECT_EQ(clients[each]->receive().status, 200);
  EXPECT_EQ(server->gauges().shed_count, 15U);
}

TEST(Server, refuses_connections_past_its_limit) {
  ServerOptions options;
  options.limits.max_connections = 2;
  const auto server = serve(echo(), options);
  HttpClient first(server->port()), second(server->port());
  EXPECT_EQ(first.request("GET", "/").status, 200);
  EXPECT_EQ(second.request("GET", "/").status, 200);
  HttpClient third(server->port());
  EXPECT_EQ(third.receive().status, 503);
}

TEST(Server, a_handler_that_throws_or_forgets_to_answer_gives_500) {
  const auto server = serve(every(RunOn::pool, [](Request request, Responder) {
    if (request.path() == "/throw") throw std::runtime_error("boom");
  }));
  HttpClient client(server->port());
  EXPECT_EQ(client.request("GET", "/throw").status, 500);
  EXPECT_EQ(client.request("GET", "/forget").status, 500);
}

TEST(Server, drains_idle_busy_and_streaming_connections) {
  Gate gate;
  const auto server = serve({.plan = [&](const Request& head) {
    Plan plan;
    plan.handler = [&, is_events = head.path() == "/events"](Request, Responder respond) {
      Response response = text("finished");
      if (is_events)
        response.events = [](std::shared_ptr<EventSink>) {};
      else
        gate.wait();
      respond(std::move(response));
    };
    return plan;
  }});
  HttpClient idle(server->port()), busy(server->port()), events(server->port());
  events.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(events.receive_head().status, 200);
  busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  gate.wait_for(1);
  std::thread draining([&] { EXPECT_TRUE(server->drain(5s)); });
  EXPECT_TRUE(idle.is_ended());
  EXPECT_EQ(events.receive_chunk(), "");
  gate.open();
  const auto answer = busy.receive();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.header("connection"), "close");
  draining.join();
}

TEST(Server, a_second_server_on_the_same_port_is_refused) {
  const auto server = serve(echo());
  ServerOptions options;
  options.port = server->port();
  const auto second = Server::start(options, echo());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST(Server, tells_what_it_served) {
  std::mutex mutex;
  std::vector<std::string> lines;
  Application application = echo();
  application.served = [&](const Served& served) {
    const std::lock_guard lock(mutex);
    lines.push_back(std::string(method_name(served.method)) + " " + std::string(served.target) + " " +
                    std::to_string(served.status));
  };
  const auto server = serve(std::move(application));
  HttpClient client(server->port());
  client.request("GET", "/a?secret=1");
  client.request("GET", "/b");
  const std::lock_guard lock(mutex);
  EXPECT_EQ(lines.front(), "GET /a 200");
}

}  // namespace
}  // namespace mizan::http
