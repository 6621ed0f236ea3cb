#include "mizan/store/sqlite/sqlite_writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "mizan/store/sql/group_commit.h"

namespace mizan::store {
namespace {

using std::chrono::microseconds;

// Waiting for company may cost this share of what a commit took, so that it pays whenever company comes.
constexpr int kPatienceShare = 4;
constexpr microseconds kLongestPatience{2'000};

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
    const auto began = std::chrono::steady_clock::now();
    commit(group);
    const auto took = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began);
    // So many write at once: those who are answered now, and those who came meanwhile.
    gathering = {.wanted = group.size() + queue_.size(),
                 .patience = std::min(kLongestPatience, took / kPatienceShare)};
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
