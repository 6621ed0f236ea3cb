#include "mizan/http/server/response_coding.h"

#include <array>
#include <exception>
#include <utility>

#include "mizan/http/server/gzip.h"

namespace mizan::http {
namespace {

constexpr std::size_t kWorthCompressingBytes = 1024;
constexpr std::size_t kPieceBytes = 32 * 1024;

bool shrinks(std::string_view content_type) {
  constexpr std::array<std::string_view, 6> kKinds{"text/",
                                                   "application/json",
                                                   "application/problem+json",
                                                   "application/x-ndjson",
                                                   "application/javascript",
                                                   "image/svg"};
  for (const std::string_view kind : kKinds)
    if (content_type.starts_with(kind)) return true;
  return false;
}

class GzipSource final : public BodySource {
 public:
  explicit GzipSource(std::unique_ptr<BodySource> inner) : inner_(std::move(inner)) {}

  Result<bool> next(std::string& piece) override {
    std::string text;
    while (piece.size() < kPieceBytes) {
      text.clear();
      MIZAN_TRY(const bool has_more, inner_->next(text));
      gzip_.add(text, piece);
      if (has_more) continue;
      gzip_.finish(piece);
      return false;
    }
    return true;
  }

 private:
  std::unique_ptr<BodySource> inner_;
  Gzip gzip_;
};

int status_of_server_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::request_timeout:
      return 408;
    case ErrorCode::body_too_large:
      return 413;
    case ErrorCode::unsupported_media_type:
      return 415;
    case ErrorCode::headers_too_large:
      return 431;
    case ErrorCode::overloaded:
      return 503;
    case ErrorCode::internal:
      return 500;
    default:
      return 400;
  }
}

}  // namespace

void compress(Response& response) {
  if (response.events || find_header(response.headers, "content-encoding")) return;
  const auto type = find_header(response.headers, "content-type");
  if (!type || !shrinks(*type)) return;
  if (response.source) {
    response.source = std::make_unique<GzipSource>(std::move(response.source));
  } else {
    if (response.body.size() < kWorthCompressingBytes) return;
    response.body = gzipped(response.body);
  }
  response.set("Content-Encoding", "gzip");
  response.set("Vary", "Accept-Encoding");
}

Response problem_of(const Application& application, const Error& error, std::string_view request_id) {
  const int status = status_of_server_error(error.code);
  if (application.problem) return application.problem(status, error, request_id);
  Response response{.status = status, .body = error.message + "\n"};
  response.add("Content-Type", "text/plain; charset=utf-8");
  if (status == 503) response.add("Retry-After", "1");
  return response;
}

void run_handler(const HandlerRun& run, Request request, const Responder& respond) {
  const std::string request_id = request.request_id;
  try {
    if (run.unpacks_body && !request.body.empty()) {
      auto body = gunzipped(request.body, run.body_limit_bytes);
      if (!body) {
        respond(problem_of(*run.application, body.error(), request_id));
        return;
      }
      request.body = *std::move(body);
    }
    run.handler(std::move(request), respond);
  } catch (const std::exception& error) {
    respond(problem_of(*run.application, {ErrorCode::internal, error.what()}, request_id));
  }
}

}  // namespace mizan::http
