#include "store/raw_sqlite.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "mizan/store/sql/dialect.h"
#include "store/answer_rows.h"

namespace mizan::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void need(bool fine, const char* doing) {
  if (fine) return;
  std::fprintf(stderr, "%s failed\n", doing);
  std::abort();
}

void run(sqlite3* database, const std::string& text) {
  need(sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, text.c_str());
}

sqlite3_stmt* prepare(sqlite3* database, std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  const std::string expanded = store::expand_macros(text, store::Dialect::sqlite);
  need(sqlite3_prepare_v2(database, expanded.c_str(), -1, &statement, nullptr) == SQLITE_OK,
       expanded.c_str());
  return statement;
}

void step(sqlite3_stmt* statement) {
  need(sqlite3_step(statement) == SQLITE_DONE, "step");
  sqlite3_reset(statement);
}

void bind(sqlite3_stmt* statement, int position, std::int64_t number) {
  sqlite3_bind_int64(statement, position, number);
}

void bind(sqlite3_stmt* statement, int position, std::string_view text) {
  sqlite3_bind_text(statement, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

struct Statements {
  sqlite3_stmt* assignment;
  sqlite3_stmt* annotation;
  sqlite3_stmt* label;
  sqlite3_stmt* event;
};

void insert(const Statements& statements, const Answer& answer) {
  const auto run_with = [](sqlite3_stmt* statement, const auto&... values) {
    int position = 0;
    (bind(statement, ++position, values), ...);
    step(statement);
  };
  constexpr std::int64_t kProject = 1;
  run_with(statements.assignment, kProject, answer.number, answer.task_id, answer.annotator_id,
           answer.number);
  run_with(statements.annotation, kProject, answer.number, answer.task_id, answer.answers, answer.number);
  run_with(statements.label, kProject, answer.task_id, answer.annotator_id, std::int64_t{1});
  run_with(statements.event, answer.number, answer.event);
}

}  // namespace

double fdatasync_rate(const std::string& folder, double seconds) {
  const std::string path = folder + "/fdatasync";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  need(file >= 0, "open");
  const std::vector<char> bytes(8192, 'x');
  int count = 0;
  const auto begin = Clock::now();
  for (; seconds_since(begin) < seconds; ++count) {
    need(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "write");
    need(::fdatasync(file) == 0, "fdatasync");
  }
  const double rate = count / seconds_since(begin);
  ::close(file);
  ::unlink(path.c_str());
  return rate;
}

double raw_sqlite_rate(const std::string& path, int answers_a_commit, double seconds) {
  sqlite3* database = nullptr;
  need(sqlite3_open(path.c_str(), &database) == SQLITE_OK, "open");
  run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;");
  for (const std::string_view table : kTables)
    run(database, store::expand_macros(table, store::Dialect::sqlite));
  const Statements statements{prepare(database, kAddAssignment.text), prepare(database, kAddAnnotation.text),
                              prepare(database, kAddLabel.text), prepare(database, kAddEvent.text)};
  std::int64_t count = 0;
  const auto begin = Clock::now();
  while (seconds_since(begin) < seconds) {
    run(database, "BEGIN IMMEDIATE");
    for (int i = 0; i < answers_a_commit; ++i) insert(statements, Answer(count++));
    run(database, "COMMIT");
  }
  const double rate = static_cast<double>(count) / seconds_since(begin);
  for (sqlite3_stmt* statement :
       {statements.assignment, statements.annotation, statements.label, statements.event}) {
    sqlite3_finalize(statement);
  }
  sqlite3_close(database);
  return rate;
}

}  // namespace mizan::bench
