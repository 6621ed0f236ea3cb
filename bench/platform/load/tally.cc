#include "tally.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace mizan::load {
namespace {

/// The smallest latency that `share` of all are not above.
std::uint32_t quantile(const std::vector<std::uint32_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::min(sorted.size() - 1, rank == 0 ? 0 : rank - 1)];
}

boost::json::object spread(std::vector<std::uint32_t>& latencies_us) {
  std::sort(latencies_us.begin(), latencies_us.end());
  return {{"count", latencies_us.size()},
          {"p50_us", quantile(latencies_us, 0.5)},
          {"p99_us", quantile(latencies_us, 0.99)},
          {"p999_us", quantile(latencies_us, 0.999)},
          {"max_us", latencies_us.back()}};
}

}  // namespace

void Tally::took(std::string_view step, std::uint32_t latency_us) {
  if (!counting_) return;
  auto found = latencies_us_.find(step);
  if (found == latencies_us_.end()) found = latencies_us_.emplace(step, std::vector<std::uint32_t>()).first;
  found->second.push_back(latency_us);
}

void Tally::answered(std::string_view step, int status, std::string_view code) {
  if (!counting_) return;
  ++answers_[code.empty() ? fmt::format("{} {}", step, status) : fmt::format("{} {} {}", step, status, code)];
}

void Tally::broke(std::string_view reason) {
  ++breaks_[std::string(reason)];
}

void Tally::sent(std::string_view assignment, std::string_view contributor) {
  if (ack_log_ != nullptr)
    fmt::print(ack_log_, "sent {} {}\n", assignment, contributor.empty() ? "-" : contributor);
}

void Tally::acknowledged(std::string_view assignment, std::string_view annotation) {
  if (ack_log_ != nullptr) fmt::print(ack_log_, "ack {} {}\n", assignment, annotation);
  annotations_.emplace_back(annotation);
  if (counting_) ++counted_acks_;
}

void Tally::merge(Tally&& other) {
  for (auto& [step, more] : other.latencies_us_) {
    auto& mine = latencies_us_[step];
    mine.insert(mine.end(), more.begin(), more.end());
  }
  for (const auto& [name, count] : other.answers_) answers_[name] += count;
  for (const auto& [name, count] : other.breaks_) breaks_[name] += count;
  std::move(other.annotations_.begin(), other.annotations_.end(), std::back_inserter(annotations_));
  retries_ += other.retries_;
  missed_retry_afters_ += other.missed_retry_afters_;
  wrong_answers_ += other.wrong_answers_;
  counted_acks_ += other.counted_acks_;
}

boost::json::object Tally::to_json(double seconds) {
  std::sort(annotations_.begin(), annotations_.end());
  const auto unique_end = std::unique(annotations_.begin(), annotations_.end());
  const auto repeated = static_cast<std::uint64_t>(std::distance(unique_end, annotations_.end()));
  boost::json::object latencies, answers, breaks;
  for (auto& [step, values] : latencies_us_) latencies[step] = spread(values);
  for (const auto& [name, count] : answers_) answers[name] = count;
  for (const auto& [name, count] : breaks_) breaks[name] = count;
  return {{"seconds", seconds},
          {"submits", counted_acks_},
          {"submits_per_second", static_cast<double>(counted_acks_) / seconds},
          {"acknowledged", annotations_.size()},
          {"acknowledged_twice", repeated},
          {"wrong_answers", wrong_answers_},
          {"retries", retries_},
          {"retry_after_missing", missed_retry_afters_},
          {"answers", std::move(answers)},
          {"broken", std::move(breaks)},
          {"latency", std::move(latencies)}};
}

}  // namespace mizan::load
