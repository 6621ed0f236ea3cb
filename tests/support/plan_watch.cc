#include "support/plan_watch.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <set>
#include <sstream>
#include <utility>

#include <sqlite3.h>

#include "mizan/store/postgres/postgres_connection.h"
#include "mizan/store/sqlite/sqlite_connection.h"
#include "support/query_plan.h"

namespace mizan::test {
namespace {

using store::Connection;
using store::Dialect;
using store::Params;
using store::Query;
using store::Row;
using store::RowSink;

constexpr std::int64_t kMostRows = 1'000;
// A row that is looked at costs SQLite some ten steps, with its subqueries some fifty.
constexpr std::int64_t kMostSteps = 40'000;
constexpr int kStepsPerCall = 100;

// Connections keep the name of a statement for as long as they live.
const std::string& kept(std::string text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(std::move(text));
}

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "the watched database: %s\n", to_string(result.error()).c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// What may be read from end to end: indexes of what is under way at this moment, a queue that is taken from
// its head, and tables that hold a few rows each of which somebody has made by hand.
constexpr std::array kShort{"INDEX assignments_live",     "INDEX annotators_suspended",
                            "INDEX batches_unsettled",    "SCAN outbox",
                            "INDEX projects_of_supplier", "SCAN s"};

bool is_short(const std::string& scan) {
  return std::any_of(kShort.begin(), kShort.end(),
                     [&](const char* name) { return scan.find(name) != std::string::npos; });
}

std::int64_t number_after(std::string_view line, std::string_view label) {
  const auto at = line.find(label);
  if (at == std::string_view::npos) return 0;
  std::int64_t number = 0;
  std::from_chars(line.data() + at + label.size(), line.data() + line.size(), number);
  return number;
}

// The most rows that a node of PostgreSQL's plan looked at.
std::int64_t most_rows(const std::string& plan) {
  std::int64_t most = 0;
  std::int64_t loops = 1;
  std::int64_t of_node = 0;
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("(actual rows=") != std::string::npos) {
      loops = number_after(line, " loops=");
      of_node = number_after(line, "(actual rows=") * loops;
    } else {
      of_node += number_after(line, "Rows Removed by Filter: ") * loops;
      of_node += number_after(line, "Rows Removed by Index Recheck: ") * loops;
      of_node += number_after(line, "Rows Removed by Join Filter: ") * loops;
    }
    most = std::max(most, of_node);
  }
  return most;
}

std::unique_ptr<Connection> connect(const std::string& url) {
  if (store::is_postgres_url(url)) return need(store::PostgresConnection::open({.url = url}));
  return need(store::SqliteConnection::open({.path = url}));
}

}  // namespace

// Passes everything on; explains each statement first, and undoes what explaining it did.
class PlanWatch::Explaining final : public Connection {
 public:
  explicit Explaining(Connection& real) : real_(real) {}

  [[nodiscard]] Dialect dialect() const override { return real_.dialect(); }
  [[nodiscard]] Result<void> begin(store::Access access) override { return real_.begin(access); }
  [[nodiscard]] Result<void> commit() override { return real_.commit(); }
  void rollback() override { real_.rollback(); }
  [[nodiscard]] Result<void> savepoint() override { return real_.savepoint(); }
  [[nodiscard]] Result<void> release() override { return real_.release(); }
  [[nodiscard]] Result<void> rollback_to() override { return real_.rollback_to(); }
  [[nodiscard]] std::int64_t change_count() const override { return real_.change_count(); }
  [[nodiscard]] Result<void> run_script(std::string_view script) override { return real_.run_script(script); }
  [[nodiscard]] Result<std::int64_t> run(const Query& query, Params params, const RowSink& sink) override {
    MIZAN_CHECK_OK(look_at(query, params));
    return real_.run(query, params, sink);
  }
  [[nodiscard]] Result<void> stream(const Query& query, Params params, const RowSink& sink) override {
    MIZAN_CHECK_OK(look_at(query, params));
    return real_.stream(query, params, sink);
  }
  [[nodiscard]] Result<void> queue(const Query& query, Params params) override {
    MIZAN_CHECK_OK(look_at(query, params));
    return real_.queue(query, params);
  }
  [[nodiscard]] Result<void> foresee(const Query&, Params) override { return {}; }

  std::string take_faults() { return std::exchange(faults_, {}); }
  int take_count() { return std::exchange(count_, 0); }

 private:
  Result<void> look_at(const Query& query, Params params) {
    ++count_;
    return dialect() == Dialect::sqlite ? look_on_sqlite(query, params) : look_on_postgres(query, params);
  }

  Result<std::string> explain(const Query& query, std::string_view how, Params params) {
    std::string plan;
    const int column = dialect() == Dialect::sqlite ? 3 : 0;
    auto add_line = [&](const Row& row) -> Result<void> {
      plan += std::string(row.text(column)) + "\n";
      return {};
    };
    const Query explaining{kept("plan_of_" + std::string(query.name)),
                           kept(std::string(how) + std::string(query.text_for(dialect())))};
    MIZAN_TRY([[maybe_unused]] const auto count, real_.run(explaining, params, add_line));
    return plan;
  }

  Result<void> look_on_postgres(const Query& query, Params params) {
    MIZAN_CHECK_OK(real_.savepoint());
    MIZAN_TRY(const std::string plan,
              explain(query, "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ", params));
    MIZAN_CHECK_OK(real_.rollback_to());
    if (const auto rows = most_rows(plan); rows > kMostRows)
      note(query, "looks at " + std::to_string(rows) + " rows", plan);
    return {};
  }

  Result<void> look_on_sqlite(const Query& query, Params params) {
    MIZAN_TRY(const std::string plan, explain(query, "EXPLAIN QUERY PLAN ", params));
    if (const std::string scan = whole_scan_on_sqlite(plan); !scan.empty() && !is_short(scan))
      note(query, "reads everything: " + scan, plan);
    sqlite3* database = static_cast<store::SqliteConnection&>(real_).handle();
    std::int64_t calls = 0;
    const auto count = [](void* calls_made) {
      ++*static_cast<std::int64_t*>(calls_made);
      return 0;
    };
    MIZAN_CHECK_OK(real_.savepoint());
    sqlite3_progress_handler(database, kStepsPerCall, count, &calls);
    const auto outcome = real_.run(query, params, RowSink{});
    sqlite3_progress_handler(database, 0, nullptr, nullptr);
    MIZAN_CHECK_OK(real_.rollback_to());
    if (!outcome) return fail(outcome.error());
    if (calls * kStepsPerCall > kMostSteps)
      note(query, "takes " + std::to_string(calls * kStepsPerCall) + " steps", plan);
    return {};
  }

  void note(const Query& query, const std::string& what, const std::string& plan) {
    faults_ += std::string(query.name) + " " + what + "\n" + plan;
  }

  Connection& real_;
  std::string faults_;
  int count_ = 0;
};

PlanWatch::PlanWatch(const TestDatabase& database)
    : connection_(connect(database.url())), explaining_(std::make_unique<Explaining>(*connection_)) {}

PlanWatch::~PlanWatch() = default;

void PlanWatch::run_script(std::string_view script) {
  need(connection_->begin(store::Access::write));
  need(connection_->run_script(script));
  need(connection_->commit());
}

testing::AssertionResult PlanWatch::watch(const std::function<Result<void>(store::Transaction&)>& fn) {
  need(explaining_->begin(store::Access::write));
  store::Transaction tx(*explaining_);
  const Result<void> outcome = fn(tx);
  explaining_->rollback();
  const std::string faults = explaining_->take_faults();
  const int count = explaining_->take_count();
  if (!outcome) return testing::AssertionFailure() << to_string(outcome.error());
  if (count == 0) return testing::AssertionFailure() << "no statement was run";
  if (!faults.empty()) return testing::AssertionFailure() << faults;
  return testing::AssertionSuccess();
}

}  // namespace mizan::test
