// Events of a project: by cursor, waiting for the next, and as a stream.
#include "mizan/app/events/events.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "mizan/app/access/authenticate.h"
#include "mizan/http/resources/bind.h"
#include "mizan/http/resources/resources.h"

namespace mizan::http {
namespace {

constexpr std::int64_t kMostSequence = 9'000'000'000'000'000;

std::string page_text(const app::EventPage& page) {
  std::string text = R"({"data":[)";
  for (const app::Event& event : page.events) {
    if (text.back() != '[') text += ',';
    text += app::event_json(event);
  }
  return text + R"(],"next":")" + std::to_string(page.next) + R"("})";
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    if (!part.empty()) parts.emplace_back(part);
    list.remove_prefix(std::min(part.size() + 1, list.size()));
  }
  return parts;
}

Result<app::ReadEvents> read_query(const Call& call) {
  MIZAN_TRY(const auto page, page_query(call.request));
  app::ReadEvents query;
  query.limit = static_cast<std::int64_t>(page.limit);
  MIZAN_TRY(const auto after, query_integer(call.request, "after", {0, kMostSequence}));
  query.after = after.value_or(0);
  if (const auto kinds = call.request.query_value("kinds")) query.kinds = split(*kinds);
  return query;
}

Result<Response> list_events(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "kinds"}));
  MIZAN_TRY(auto query, read_query(call));
  MIZAN_TRY(query.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto page, app::read_events(service, call.caller(), query));
  return json_text_response(page_text(page));
}

// The organisation's own events have no project.
Result<Response> list_organisation_events(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "kinds"}));
  MIZAN_TRY(const auto query, read_query(call));
  MIZAN_TRY(const auto page, app::read_events(service, call.caller(), query));
  return json_text_response(page_text(page));
}

// Whether a wait for events must end, so that its client is asked anew who it is: rights changed on this
// node, or it is old enough that they may have changed elsewhere. Browsers come back by themselves with the
// id of the last event.
class StreamLife {
 public:
  explicit StreamLife(app::Service& service)
      : service_(service), generation_(app::rights_generation(service)) {}
  [[nodiscard]] bool is_over() const {
    return app::rights_generation(service_) != generation_ || std::chrono::steady_clock::now() >= end_;
  }

 private:
  static constexpr std::chrono::minutes kLongest{5};
  app::Service& service_;
  std::uint64_t generation_;
  std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + kLongest;
};

Result<void> begin_wait(app::Service& service, Call& call, const Responder& responder) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "limit", "kinds", "seconds"}));
  app::WatchEvents watch;
  MIZAN_TRY(watch.from, read_query(call));
  MIZAN_TRY(watch.from.project_id, path_id<domain::ProjectId>(call, "project_id"));
  MIZAN_TRY(const auto seconds_wanted, query_integer(call.request, "seconds", {0, 60}));
  watch.longest = seconds(seconds_wanted.value_or(20));
  const auto told = [responder, life = StreamLife(service),
                     id = call.request.request_id](const app::EventPage& page) {
    if (life.is_over())
      responder.send(problem({ErrorCode::overloaded, "rights changed meanwhile", {}, "ask again"}, id));
    else
      responder.send(json_text_response(page_text(page)));
    return false;
  };
  return app::watch_events(service, call.caller(), watch, told);
}

// The sequence that a reader of the stream has seen last, if it says.
Result<std::optional<std::int64_t>> seen_last(const Call& call) {
  const auto header = call.request.header("last-event-id");
  if (!header) return query_integer(call.request, "after", {0, kMostSequence});
  std::int64_t sequence = 0;
  const auto [end, error] = std::from_chars(header->data(), header->data() + header->size(), sequence);
  if (error != std::errc() || end != header->data() + header->size() || sequence < 0) {
    return fail(ErrorCode::invalid_argument, "this is no id of an event of this stream", "Last-Event-ID");
  }
  return std::optional(sequence);
}

Result<Response> stream_events(app::Service& service, Call& call) {
  MIZAN_CHECK_OK(only_query(call.request, {"after", "kinds"}));
  app::WatchEvents watch;
  watch.from.limit = 1000;
  MIZAN_TRY(watch.from.project_id, path_id<domain::ProjectId>(call, "project_id"));
  if (const auto kinds = call.request.query_value("kinds")) watch.from.kinds = split(*kinds);
  MIZAN_TRY(const auto seen, seen_last(call));
  watch.from.after = seen.value_or(0);
  watch.from_now = !seen.has_value();
  Response response;
  response.events = [&service, watch, caller = call.signed_in,
                     life = StreamLife(service)](const std::shared_ptr<EventSink>& sink) mutable {
    watch.is_gone = [sink, life] {
      if (life.is_over()) sink->close();
      return !sink->is_open();
    };
    const auto told = [sink, life](const app::EventPage& page) {
      if (life.is_over()) {
        sink->close();
        return false;
      }
      for (const app::Event& event : page.events) {
        if (!sink->send({.id = std::to_string(event.sequence),
                         .event = event.kind,
                         .data = app::event_json(event)})) {
          return false;
        }
      }
      return true;
    };
    // Whoever may not is told so before the stream begins: see below.
    if (!app::watch_events(service, *caller, watch, told)) sink->close();
  };
  MIZAN_CHECK_OK(app::read_events(service, call.caller(), {.project_id = watch.from.project_id, .limit = 0}));
  return response;
}

}  // namespace

void add_event_routes(Router& router, app::Service& service) {
  const std::string events = "/api/v1/projects/{project_id}/events";
  router.add({Method::get, "/api/v1/events", "list_organisation_events",
              rules::Action::read_organisation_events, bind(service, list_organisation_events)});
  router.add({Method::get, events, "list_events", rules::Action::read_events, bind(service, list_events)});
  router.add({Method::get, events + ":wait", "wait_for_events", rules::Action::read_events,
              direct([&service](const std::shared_ptr<Call>& call, const Responder& responder) {
                const auto begun = begin_wait(service, *call, responder);
                if (!begun) responder.send(problem(begun.error(), call->request.request_id));
              })});
  router.add({Method::get, events + ":stream", "stream_events", rules::Action::read_events,
              bind(service, stream_events)});
}

}  // namespace mizan::http
