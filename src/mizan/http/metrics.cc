#include "mizan/http/metrics.h"

#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace mizan::http {
namespace {

// Seconds; dense where answers of a healthy server lie.
const prometheus::Histogram::BucketBoundaries kSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02,
                                                       0.05,   0.1,   0.25,   0.5,   1,    5};

std::string status_class(int status) {
  return status == 0 ? "gone" : std::to_string(status / 100) + "xx";
}

struct Figure {
  std::string name, help;
  prometheus::MetricType type;
  std::function<double()> ask;
};

prometheus::MetricFamily family_of(const Figure& figure) {
  prometheus::ClientMetric metric;
  const double value = figure.ask();
  metric.gauge.value = value;
  metric.counter.value = value;
  return {figure.name, figure.help, figure.type, {metric}};
}

}  // namespace

struct Metrics::State {
  // Of one operation; found once a request, so that Prometheus' own lookups by label are not.
  struct Operation {
    std::array<prometheus::Counter*, 6> by_class{};  // gone, 1xx … 5xx
    prometheus::Histogram* seconds = nullptr;
  };

  Operation& operation(std::string_view name) {
    {
      const std::shared_lock lock(mutex);
      if (const auto found = operations.find(name); found != operations.end()) return found->second;
    }
    const std::unique_lock lock(mutex);
    const auto [place, is_new] = operations.try_emplace(std::string(name));
    if (!is_new) return place->second;
    for (std::size_t each = 0; each < place->second.by_class.size(); ++each)
      place->second.by_class[each] = &requests.Add(
          {{"operation", place->first}, {"status", status_class(static_cast<int>(each) * 100)}});
    place->second.seconds = &durations.Add({{"operation", place->first}}, kSeconds);
    return place->second;
  }

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("mizan_http_requests_total")
                                                          .Help("Requests by operation and status.")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations = prometheus::BuildHistogram()
                                                             .Name("mizan_http_request_duration_seconds")
                                                             .Help("From a whole head to a written answer.")
                                                             .Register(registry);
  prometheus::Family<prometheus::Counter>& chore_errors = prometheus::BuildCounter()
                                                              .Name("mizan_chore_errors_total")
                                                              .Help("Failed steps of background work.")
                                                              .Register(registry);
  std::shared_mutex mutex;
  std::map<std::string, Operation, std::less<>> operations;
  std::vector<Figure> figures;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(const Served& served) {
  State::Operation& operation = state_->operation(served.operation.empty() ? "none" : served.operation);
  const auto status = static_cast<std::size_t>(served.status / 100);
  operation.by_class[std::min<std::size_t>(status, operation.by_class.size() - 1)]->Increment();
  operation.seconds->Observe(std::chrono::duration<double>(served.duration).count());
}

void Metrics::count_chore_error(std::string_view chore) {
  state_->chore_errors.Add({{"chore", std::string(chore)}}).Increment();
}

void Metrics::add_gauge(std::string_view name, std::string_view help, std::function<double()> figure) {
  state_->figures.push_back(
      {std::string(name), std::string(help), prometheus::MetricType::Gauge, std::move(figure)});
}

void Metrics::add_counter(std::string_view name, std::string_view help, std::function<double()> figure) {
  state_->figures.push_back(
      {std::string(name), std::string(help), prometheus::MetricType::Counter, std::move(figure)});
}

std::string Metrics::text() const {
  auto families = state_->registry.Collect();
  for (const Figure& figure : state_->figures) families.push_back(family_of(figure));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace mizan::http
