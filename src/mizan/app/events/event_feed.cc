#include "mizan/app/events/event_feed.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

namespace mizan::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kInterval{50};
constexpr std::int64_t kEventsAtOnce = 500;

/// The newest sequence of every project that has events.
using Heads = std::unordered_map<domain::ProjectId, std::int64_t>;

Result<Heads> read_heads(Service& service) {
  MIZAN_TRY(const auto rows,
            service.database().read([](store::Transaction& tx) { return store::event_heads(tx); }));
  Heads heads;
  for (const store::EventHead& head : rows) heads.emplace(head.project_id, head.sequence);
  return heads;
}

enum class Watched : std::uint8_t { waits, has_more, ended };

// Nothing new: a watcher that has waited long enough, or is gone, is let go.
Watched tell_nothing(Watch& watch) {
  if (watch.is_gone && watch.is_gone()) return Watched::ended;
  if (!watch.until || Clock::now() < *watch.until) return Watched::waits;
  watch.tell({.events = {}, .next = std::max<std::int64_t>(watch.from.after, 0)});
  return Watched::ended;
}

Watched tell_news(Service& service, Watch& watch, std::int64_t newest) {
  ReadEvents query = watch.from;
  query.limit = std::min(query.limit, kEventsAtOnce);
  const auto page = service.database().read([&](store::Transaction& tx) { return next_events(tx, query); });
  if (!page) return tell_nothing(watch);
  watch.from.after = page->next;
  if (page->events.empty()) return page->next < newest ? Watched::has_more : tell_nothing(watch);
  if (!watch.tell(*page) || watch.ends_with_events) return Watched::ended;
  return page->next < newest ? Watched::has_more : Watched::waits;
}

Watched step(Service& service, Watch& watch, const Heads& heads) {
  const auto head = heads.find(watch.from.project_id);
  const std::int64_t newest = head == heads.end() ? 0 : head->second;
  if (watch.from.after == kFromNow) watch.from.after = newest;
  return newest > watch.from.after ? tell_news(service, watch, newest) : tell_nothing(watch);
}

}  // namespace

struct EventFeed::State {
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::list<Watch> added;
  std::atomic<std::size_t> count{0};
  bool stopping = false;
  std::thread thread;

  // Waits for watchers, or for the time of the next look; false = the end.
  bool wait(std::list<Watch>& watches, bool at_once) {
    std::unique_lock lock(mutex);
    const auto is_woken = [&] { return stopping || !added.empty(); };
    if (watches.empty()) {
      changed.wait(lock, is_woken);
    } else if (!at_once) {
      changed.wait_for(lock, kInterval, is_woken);
    }
    watches.splice(watches.end(), added);
    return !stopping;
  }

  void loop(Service& service) {
    std::list<Watch> watches;
    bool has_more = false;
    while (wait(watches, has_more)) {
      has_more = false;
      const auto heads = read_heads(service);
      for (auto watch = watches.begin(); watch != watches.end();) {
        const Watched watched = heads ? step(service, *watch, *heads) : tell_nothing(*watch);
        has_more |= watched == Watched::has_more;
        const auto next = std::next(watch);
        if (watched == Watched::ended) {
          watches.erase(watch);
          --count;
        }
        watch = next;
      }
    }
  }
};

EventFeed::EventFeed() : state_(std::make_unique<State>()) {}

EventFeed::~EventFeed() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  if (state_->thread.joinable()) state_->thread.join();
}

void EventFeed::add(Service& service, Watch watch) {
  const std::scoped_lock lock(state_->mutex);
  state_->added.push_back(std::move(watch));
  ++state_->count;
  if (!state_->thread.joinable()) {
    state_->thread = std::thread([this, &service] { state_->loop(service); });
  }
  state_->changed.notify_all();
}

std::size_t EventFeed::watcher_count() const {
  return state_->count;
}

}  // namespace mizan::app
