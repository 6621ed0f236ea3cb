#include "client.h"

#include <cmath>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

namespace mizan::load {
namespace {

using Clock = std::chrono::steady_clock;
namespace json = boost::json;

/// The object that an answer holds; null when it is none.
json::value parsed(const std::string& body) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  if (error || !value.is_object()) return nullptr;
  return value;
}

std::string_view text(const json::value& value, std::string_view name) {
  if (!value.is_object()) return {};
  const json::value* found = value.get_object().if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

bool is_worth_repeating(int status) {
  return status == 0 || status == 429 || status >= 500;
}

}  // namespace

Client::Client(boost::asio::io_context& loop, boost::asio::ip::tcp::endpoint server, const Scenario& scenario,
               Tally& tally, std::string api_key, std::string contributor, std::uint64_t seed)
    : scenario_(scenario),
      tally_(tally),
      connection_(loop, std::move(server)),
      timer_(loop),
      api_key_(std::move(api_key)),
      contributor_(std::move(contributor)),
      random_state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}

void Client::start(std::chrono::microseconds delay) {
  began_ = Clock::now() + delay;
  after(delay);
}

void Client::after(std::chrono::microseconds delay) {
  timer_.expires_after(delay);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) go();
  });
}

void Client::go() {
  if (stopping_) {
    finished_ = true;
    return;
  }
  connection_.send(request(), [this](Reply reply) { on_reply(std::move(reply)); });
}

std::string Client::request() const {
  std::string path, body = "{}";
  if (step_ == Step::lease) {
    path = fmt::format("/api/v1/projects/{}/assignments", scenario_.project_id);
    if (!contributor_.empty()) body = fmt::format(R"({{"contributor_id":"{}"}})", contributor_);
  } else {
    path = fmt::format("/api/v1/assignments/{}/annotation{}", assignment_id_,
                       scenario_.submit_takes_next ? "?next=true" : "");
    body = fmt::format(R"({{"answers":{}}})", *answer_);
  }
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      path, scenario_.host, api_key_, body.size(), body);
}

void Client::on_reply(Reply reply) {
  const auto step = step_ == Step::lease ? std::string_view("lease") : "submit";
  if (reply.status == 0) {
    tally_.broke(reply.body);
  } else {
    const auto code = reply.status >= 400 ? parsed(reply.body) : json::value();
    tally_.answered(step, reply.status, text(code, "code"));
  }
  if (reply.status == 503 && reply.retry_after_seconds == 0) tally_.missed_retry_after();
  if (is_worth_repeating(reply.status)) return repeat(reply);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_).count();
  if (reply.status < 300) tally_.took(reply.status == 204 ? "empty" : step, static_cast<std::uint32_t>(took));
  if (step_ == Step::lease) {
    on_lease(reply);
  } else {
    on_submit(reply);
  }
}

// The same request again: the server answers a repeated one as it answered the first.
void Client::repeat(const Reply& reply) {
  tally_.retried();
  after(reply.retry_after_seconds > 0 ? std::chrono::seconds(reply.retry_after_seconds)
                                      : std::chrono::microseconds(scenario_.retry_wait));
}

void Client::on_lease(const Reply& reply) {
  if (reply.status == 200 || reply.status == 201) {
    const json::value assignment = parsed(reply.body);
    const auto id = text(assignment, "assignment_id");
    if (!id.empty()) return to_submit(id);
    tally_.wrong_answer();
  }
  if (reply.status == 204 && ++empty_replies_ == scenario_.empty_replies_to_finish) {
    finished_ = true;
    return;
  }
  began_ = Clock::now() + scenario_.idle_wait;
  after(scenario_.idle_wait);
}

void Client::on_submit(const Reply& reply) {
  if (reply.status != 200 && reply.status != 201)
    return to_lease();  // refused, with a reason: not acknowledged
  const json::value answer = parsed(reply.body);
  const auto annotation_id = text(answer, "annotation_id");
  if (annotation_id.empty()) {
    tally_.wrong_answer();
    return to_lease();
  }
  tally_.acknowledged(assignment_id_, annotation_id);
  const json::value* next = answer.get_object().if_contains("next");
  const auto next_id = next == nullptr ? std::string_view() : text(*next, "assignment_id");
  if (next_id.empty()) return to_lease();
  to_submit(next_id);
}

void Client::to_lease() {
  step_ = Step::lease;
  began_ = Clock::now();
  go();
}

void Client::to_submit(std::string_view assignment_id) {
  step_ = Step::submit;
  empty_replies_ = 0;
  assignment_id_ = assignment_id;
  answer_ = &scenario_.answers[random() % scenario_.answers.size()];
  if (!stopping_) tally_.sent(assignment_id_, contributor_);
  const auto wait = think_time();
  began_ = Clock::now() + wait;
  if (wait.count() == 0) return go();
  after(wait);
}

std::uint64_t Client::random() {
  random_state_ = random_state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return random_state_ >> 33;
}

std::chrono::microseconds Client::think_time() {
  if (scenario_.think_seconds <= 0) return std::chrono::microseconds(0);
  const double share = (static_cast<double>(random()) + 1) / 2147483648.0;  // 0 < share ≤ 1
  return std::chrono::microseconds(
      static_cast<std::int64_t>(-1e6 * scenario_.think_seconds * std::log(share)));
}

}  // namespace mizan::load
