#include "mizan/http/server/event_queue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace mizan::http {
namespace {

// One "field: line" for each line of the value: a bare line end in it would end the event.
void append_field(std::string& out, std::string_view field, std::string_view value) {
  while (true) {
    const std::size_t end = std::min(value.find_first_of("\r\n"), value.size());
    out.append(field).append(": ").append(value.substr(0, end)).append("\n");
    if (end == value.size()) return;
    const bool is_pair = value.substr(end, 2) == "\r\n";
    value.remove_prefix(end + (is_pair ? 2 : 1));
  }
}

}  // namespace

std::string event_text(const ServerEvent& event) {
  std::string text;
  const auto first_line = [](std::string_view value) { return value.substr(0, value.find_first_of("\r\n")); };
  if (!event.id.empty()) append_field(text, "id", first_line(event.id));
  if (!event.event.empty()) append_field(text, "event", first_line(event.event));
  append_field(text, "data", event.data);
  return text + "\n";
}

EventQueue::EventQueue(std::size_t limit_bytes, std::function<void()> on_change)
    : limit_bytes_(limit_bytes), on_change_(std::move(on_change)) {}

bool EventQueue::send(const ServerEvent& event) {
  const std::string text = event_text(event);
  bool was_empty = false, is_kept = false;
  {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return false;
    was_empty = bytes_.empty();
    is_kept = bytes_.size() + text.size() <= limit_bytes_;
    if (is_kept)
      bytes_ += text;
    else
      is_open_ = false;
  }
  if (was_empty || !is_kept) on_change_();
  return is_kept;
}

void EventQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(is_open_, false)) return;
  }
  on_change_();
}

bool EventQueue::is_open() const {
  const std::lock_guard lock(mutex_);
  return is_open_;
}

std::string EventQueue::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(bytes_, {});
}

}  // namespace mizan::http
