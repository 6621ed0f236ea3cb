#include "mizan/store/sqlite/sqlite_writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "mizan/store/sql/group_commit.h"

namespace mizan::store {
namespace {

using std::chrono::microseconds;

// Waiting for company may cost this share of what it took to bring a commit to the disk, which company saves.
// Those who are answered need about a millisecond to come again: a disk that is done sooner than they could
// be waited for does better without waiting.
constexpr int kPatienceShare = 4;
constexpr microseconds kShortestPatience{1'000};
constexpr microseconds kLongestPatience{2'000};

microseconds patience_after(microseconds commit_took) {
  const microseconds share = commit_took / kPatienceShare;
  return share < kShortestPatience ? microseconds{0} : std::min(kLongestPatience, share);
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection,
                           std::unique_ptr<SqliteCheckpointer> checkpointer, SqliteWriterOptions options)
    : group_limit_(options.group_limit),
      connection_(std::move(connection)),
      checkpointer_(std::move(checkpointer)),
      queue_(options.queue_limit) {
  connection_->on_commit([this](int frames) { checkpointer_->note_log_length(frames); });
  thread_ = std::thread([this] { loop(); });
}

SqliteWriter::~SqliteWriter() {
  stop();
}

void SqliteWriter::loop() {
  Gathering gathering;
  for (;;) {
    WriteGroup group = queue_.take(group_limit_, gathering);
    if (group.empty()) return;
    commit(group);
    // So many write at once: those who are answered now, and those who came meanwhile.
    gathering = {.wanted = group.size() + queue_.size(),
                 .patience = patience_after(connection_->commit_took())};
    notifier_.tell(std::move(group));
    // A failure shows at the next commit; until then the log keeps everything.
    if (checkpointer_->take_request_to_finish()) (void)connection_->checkpoint_passively();
  }
}

void SqliteWriter::commit(WriteGroup& group) {
  auto end = run_group(*connection_, group, Shield::none);
  if (end && *end == GroupEnd::spoilt) end = run_group(*connection_, group, Shield::savepoints);
  if (!end) fail_all(group, end.error());
}

void SqliteWriter::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
  notifier_.stop();
  // The last connection of a file to be closed folds the log into it.
  checkpointer_.reset();
  connection_.reset();
}

}  // namespace mizan::store
