#include "mizan/store/database.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "mizan/store/migrate.h"
#include "mizan/store/postgres/postgres_backend.h"
#include "mizan/store/sql/group_commit.h"
#include "mizan/store/sqlite/sqlite_backend.h"

namespace mizan::store {
namespace {

// Where a caller waits for its write. It leaves only when the teller has let go of the lock, so the teller
// never touches what is gone.
class Waiting {
 public:
  void tell(Result<void> outcome) {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
    told_.notify_one();
  }
  Result<void> wait() {
    std::unique_lock lock(mutex_);
    told_.wait(lock, [&] { return outcome_.has_value(); });
    return *std::move(outcome_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  std::optional<Result<void>> outcome_;
};

}  // namespace

bool is_postgres_url(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

Result<std::unique_ptr<Database>> Database::open(const std::string& url_or_path,
                                                 const DatabaseOptions& options) {
  MIZAN_TRY(auto backend, is_postgres_url(url_or_path) ? open_postgres(url_or_path, options)
                                                       : open_sqlite(url_or_path, options));
  return std::make_unique<Database>(std::move(backend));
}

Database::Database(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

Database::~Database() {
  backend_->close();
}

Dialect Database::dialect() const {
  return backend_->dialect();
}

void Database::write_async(std::function<Result<void>(Transaction&)> fn,
                           std::function<void(Result<void>)> done) {
  backend_->enqueue(std::move(fn), std::move(done));
}

Result<void> Database::write_and_wait(const TransactionFn& fn) {
  if (inside_a_write()) return fail(ErrorCode::internal, "a write waits for another write inside itself");
  Waiting waiting;
  backend_->enqueue([&fn](Transaction& tx) { return fn(tx); },
                    [&waiting](Result<void> outcome) { waiting.tell(std::move(outcome)); });
  return waiting.wait();
}

Result<void> Database::read_here(const TransactionFn& fn) {
  return backend_->read(fn);
}

Result<void> Database::migrate() {
  return migrate_schema(*backend_);
}

Result<int> Database::schema_version() {
  return applied_version(*backend_);
}

Result<void> Database::check_schema() {
  return check_version(*backend_);
}

Result<void> Database::backup(const std::string& path) {
  return backend_->backup(path);
}

Result<std::vector<std::string>> Database::integrity_check() {
  return backend_->integrity_check();
}

void Database::close() {
  backend_->close();
}

}  // namespace mizan::store
