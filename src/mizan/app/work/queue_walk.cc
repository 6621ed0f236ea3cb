#include "mizan/app/work/queue_walk.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mizan/store/work/lanes.h"
#include "mizan/store/work/task_queue.h"

namespace mizan::app {
namespace {

constexpr std::int64_t kLaneLimit = 2'000;  // tasks of a lane that one transaction looks at
constexpr std::int64_t kWalkLimit = 6'000;  // ... of all lanes
constexpr std::int64_t kLongStretch = 250;
// A cursor is written when it saves as many looks: not at every lease.
constexpr std::int64_t kCursorStep = 4;

// The first stretch of a lane is short on SQLite, where the first task is nearly always the one. On
// PostgreSQL other transactions hold the first ones at this moment, and every stretch is a round trip.
std::int64_t first_stretch(const store::Transaction& tx) {
  return tx.dialect() == store::Dialect::sqlite ? kCursorStep + 1 : 128;
}

// Lanes for these abilities, highest rank first. Lanes of one rank take turns, so that none waits for another
// to be empty.
std::vector<store::AnnotatorLane> in_turn(const std::vector<store::AnnotatorLane>& lanes,
                                          const store::StandingRow& standing) {
  const Abilities abilities = abilities_of(standing);
  std::vector<store::AnnotatorLane> fitting;
  std::copy_if(lanes.begin(), lanes.end(), std::back_inserter(fitting),
               [&](const auto& lane) { return fits(abilities, lane); });
  for (auto first = fitting.begin(); first != fitting.end();) {
    const auto last =
        std::find_if(first, fitting.end(), [&](const auto& l) { return l.rank != first->rank; });
    std::rotate(first, first + standing.leased_count % (last - first), last);
    first = last;
  }
  return fitting;
}

// Walks the lanes of one annotator.
class Walk {
 public:
  Walk(store::Transaction& tx, const Walker& walker) : tx_(tx), walker_(walker) {}

  Result<std::optional<store::TaskStateRow>> over(const std::vector<store::AnnotatorLane>& lanes) {
    for (const auto& lane : lanes) {
      MIZAN_TRY(auto found, in_lane(lane));
      if (found || is_cut_short()) return found;
    }
    return std::optional<store::TaskStateRow>();
  }

  /// There may be more to find, and the next walk goes on from where this one ended.
  [[nodiscard]] bool is_cut_short() const { return is_cut_short_ || left_ <= 0; }
  /// Of the task that was found, if it was read along.
  [[nodiscard]] std::optional<std::string> take_payload() { return std::exchange(payload_, std::nullopt); }

 private:
  // What is known of a lane while walking it.
  struct Steps {
    std::int64_t cursor = 0;
    std::int64_t passed = 0;  // tasks between the stored cursor and this one
    bool all_were_had = true;
    std::vector<store::QueuedTask> candidates{};

    void take(const std::vector<store::QueuedTask>& tasks) {
      candidates.clear();
      for (const store::QueuedTask& queued : tasks) {
        // Before the first task that was not had there is nothing that this annotator could have.
        if (all_were_had) cursor = queued.task.position - (queued.was_had ? 0 : 1);
        all_were_had = all_were_had && queued.was_had;
        if (all_were_had) ++passed;
        if (!queued.was_had && queued.is_given_out) candidates.push_back(queued);
      }
    }
  };

  Result<std::optional<store::TaskStateRow>> in_lane(const store::AnnotatorLane& lane) {
    store::LaneStretch stretch{.project_id = walker_.project,
                               .annotator_id = walker_.annotator,
                               .lane_id = lane.lane_id,
                               .after = lane.cursor,
                               .limit = first_stretch(tx_)};
    MIZAN_TRY(auto head, store::take_from_head(tx_, stretch));
    if (head) {
      payload_ = std::move(head->payload);
      if (is_worth_saving(lane, head->first_open - 1)) MIZAN_CHECK_OK(save(lane, head->first_open - 1));
      return head->task;
    }
    Steps steps{.cursor = lane.cursor};
    for (std::int64_t walked = 0; walked < kLaneLimit;) {
      MIZAN_TRY(const auto tasks, store::next_tasks(tx_, stretch));
      steps.take(tasks);
      if (!steps.candidates.empty()) {
        MIZAN_TRY(auto taken, store::take_first_open(tx_, steps.candidates));
        if (taken) {
          if (steps.passed >= kCursorStep || is_worth_saving(lane, steps.cursor))
            MIZAN_CHECK_OK(save(lane, steps.cursor));
          return taken;
        }
      }
      const auto count = static_cast<std::int64_t>(tasks.size());
      walked += count;
      left_ -= count;
      if (count < stretch.limit) return leave(lane, steps, false);
      stretch.after = tasks.back().task.position;
      stretch.limit = kLongStretch;
    }
    return leave(lane, steps, true);
  }

  // On PostgreSQL tasks that left the queue stay in its index until it is vacuumed, and a walk steps over
  // them.
  [[nodiscard]] bool is_worth_saving(const store::AnnotatorLane& lane, std::int64_t cursor) const {
    return tx_.dialect() == store::Dialect::postgres && cursor > lane.cursor &&
           walker_.standing.leased_count % kCursorStep == 0;
  }

  // Nothing was found in the lane, or not in the part that was walked. A walk that got nowhere is not
  // repeated.
  Result<std::optional<store::TaskStateRow>> leave(const store::AnnotatorLane& lane, const Steps& steps,
                                                   bool has_more) {
    if (steps.passed > 0) MIZAN_CHECK_OK(save(lane, steps.cursor));
    is_cut_short_ = is_cut_short_ || (has_more && steps.passed > 0);
    return std::optional<store::TaskStateRow>();
  }

  Result<void> save(const store::AnnotatorLane& lane, std::int64_t position) {
    return store::save_cursor(tx_, {.project_id = walker_.project,
                                    .annotator_id = walker_.annotator,
                                    .lane_id = lane.lane_id,
                                    .position = position});
  }

  store::Transaction& tx_;
  const Walker& walker_;
  std::int64_t left_ = kWalkLimit;
  bool is_cut_short_ = false;
  std::optional<std::string> payload_{};
};

Result<std::vector<store::AnnotatorLane>> lanes_of(store::Transaction& tx, const Walker& walker) {
  return store::lanes_for(tx, {.project_id = walker.project,
                               .annotator_id = walker.annotator,
                               .supplier_id = walker.standing.supplier_id});
}

}  // namespace

Result<WalkOutcome> find_next_task(store::Transaction& tx, const Walker& walker) {
  MIZAN_TRY(const auto all_lanes, lanes_of(tx, walker));
  auto lanes = in_turn(all_lanes, walker.standing);
  Walk walk(tx, walker);
  MIZAN_TRY(auto found, walk.over(lanes));
  if (found || walk.is_cut_short())
    return WalkOutcome{.found = found, .payload = walk.take_payload(), .looks_again = !found};

  const bool has_cursors =
      std::any_of(lanes.begin(), lanes.end(), [](const auto& lane) { return lane.cursor != 0; });
  if (!has_cursors || walker.now - walker.standing.cursors_reset_at < kCursorTrust) return WalkOutcome{};
  MIZAN_CHECK_OK(store::forget_cursors(tx, walker.project, walker.annotator));
  MIZAN_CHECK_OK(store::note_cursors_reset(tx, walker.project, walker.annotator, walker.now));
  for (auto& lane : lanes) lane.cursor = 0;
  MIZAN_TRY(found, walk.over(lanes));
  return WalkOutcome{
      .found = found, .payload = walk.take_payload(), .looks_again = !found && walk.is_cut_short()};
}

Result<bool> has_next_task(store::Transaction& tx, const Walker& walker) {
  MIZAN_TRY(const auto lanes, lanes_of(tx, walker));
  const Abilities abilities = abilities_of(walker.standing);
  for (const auto& lane : lanes) {
    if (!fits(abilities, lane)) continue;
    MIZAN_TRY(const bool has_work, store::lane_has_work(tx, {.project_id = walker.project,
                                                             .annotator_id = walker.annotator,
                                                             .lane_id = lane.lane_id}));
    if (has_work) return true;
  }
  return false;
}

}  // namespace mizan::app
