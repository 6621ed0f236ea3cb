#include "store/same_rows.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <sqlite3.h>

#include "mizan/store/database.h"

namespace mizan::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kProject = 1;
constexpr std::int64_t kSupplier = 2;
constexpr std::int64_t kLane = 7;
constexpr std::int64_t kTasks = 150'000;
constexpr std::int64_t kAnswersATask = 3;
constexpr std::string_view kAnswers = R"({"category":"respiratory","comment":"The dose fits."})";
constexpr std::string_view kEvent =
    R"({"annotation_id":"ann_01h455vb4pex5","task_id":"tsk_01h455vb4pex5","annotator_id":"ant_01h455vb4pex5",)"
    R"("supplier_id":"sup_01h455vb4pex5","assignment_id":"asg_01h455vb4pex5"})";
using Posterior = std::array<double, 3>;
constexpr Posterior kPosterior{0.9, 0.07, 0.03};

void need(bool fine, const char* doing) {
  if (fine) return;
  std::fprintf(stderr, "%s failed\n", doing);
  std::abort();
}

void bind(sqlite3_stmt* statement, int position, std::int64_t number) {
  sqlite3_bind_int64(statement, position, number);
}
void bind(sqlite3_stmt* statement, int position, double number) {
  sqlite3_bind_double(statement, position, number);
}
void bind(sqlite3_stmt* statement, int position, std::string_view text) {
  sqlite3_bind_text(statement, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void bind(sqlite3_stmt* statement, int position, const Posterior& posterior) {
  sqlite3_bind_blob(statement, position, posterior.data(), sizeof(posterior), SQLITE_STATIC);
}

class Statement {
 public:
  Statement(sqlite3* database, const char* text) {
    need(sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) == SQLITE_OK,
         text);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  template <class... Values>
  void operator()(const Values&... values) {
    int position = 0;
    (bind(statement_, ++position, values), ...);
    need(sqlite3_step(statement_) == SQLITE_DONE, sqlite3_sql(statement_));
    sqlite3_reset(statement_);
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

// Assignment k is of task k / 3 and annotator k % annotators; as many are under way as there are annotators.
class Writer {
 public:
  Writer(sqlite3* database, std::int64_t annotators) : database_(database), annotators_(annotators) {}

  void fill() {
    begin_();
    for (std::int64_t t = 0; t < kTasks; ++t) add_task_(kProject, task(t), kLane, t, kAnswersATask);
    add_head_(kProject, std::int64_t{0});
    for (std::int64_t a = 0; a < annotators_; ++a) add_progress_(kProject, annotator(a));
    for (std::int64_t k = 0; k < annotators_; ++k) lease(k);
    commit_();
  }

  // @out whether there was a task for each of them
  bool commit_answers(int count) {
    if (submitted_ + annotators_ + count > kTasks * kAnswersATask) return false;
    begin_();
    for (int i = 0; i < count; ++i) {
      const std::int64_t k = submitted_++;
      submit(k);
      lease(k + annotators_);
      count_progress_(kProject, annotator(k));
    }
    commit_();
    return true;
  }
  [[nodiscard]] std::int64_t submitted() const { return submitted_; }

 private:
  // Ids as the server makes them: in the order of time, not one after the other.
  static std::int64_t task(std::int64_t t) { return (std::int64_t{1} << 40) + (t << 12); }
  static std::int64_t assignment(std::int64_t k) { return (std::int64_t{2} << 40) + (k << 11); }
  static std::int64_t annotation(std::int64_t k) { return assignment(k) + 1024; }
  [[nodiscard]] std::int64_t annotator(std::int64_t k) const { return (k % annotators_ << 12) + 99; }

  void submit(std::int64_t k) {
    const std::int64_t t = task(k / kAnswersATask);
    const std::int64_t nth = k % kAnswersATask + 1;
    settle_(kProject, assignment(k), k, annotation(k));
    annotate_(kProject, annotation(k), t, assignment(k), annotator(k), kSupplier, kAnswers, k);
    label_(kProject, t, annotator(k), kSupplier, k % 3, annotation(k));
    believe_(kProject, t, 0.3 + 0.2 * static_cast<double>(nth), kPosterior, kPosterior, nth, k);
    if (nth < kAnswersATask) {
      count_done_(kProject, t);
      return tell("annotation.submitted", k);
    }
    finish_(kProject, t);
    tell("annotation.submitted", k);
    tell("task.done", k);
  }

  void lease(std::int64_t k) {
    const std::int64_t t = task(k / kAnswersATask);
    lease_(kProject, assignment(k), t, annotator(k), kSupplier, k);
    if (k % kAnswersATask + 1 < kAnswersATask)
      count_live_(kProject, t);
    else
      fill_up_(kProject, t);
  }

  void tell(std::string_view kind, std::int64_t at) {
    add_event_(kProject, ++events_, kind, kEvent, at);
    move_head_(kProject, events_);
  }

  sqlite3* database_;
  std::int64_t annotators_;
  std::int64_t submitted_ = 0;
  std::int64_t events_ = 0;
  Statement begin_{database_, "BEGIN IMMEDIATE"};
  Statement commit_{database_, "COMMIT"};
  Statement add_task_{
      database_,
      "INSERT INTO task_states (project_id, task_id, state, lane_id, position, wanted_count, live_count, "
      "done_count) VALUES (?1, ?2, 'open', ?3, ?4, ?5, 0, 0)"};
  Statement add_head_{database_, "INSERT INTO event_heads (project_id, sequence) VALUES (?1, ?2)"};
  Statement add_progress_{
      database_,
      "INSERT INTO annotator_progress (project_id, annotator_id, leased_count, submitted_count, "
      "cursors_reset_at_us) VALUES (?1, ?2, 0, 0, 0)"};
  Statement settle_{database_,
                    "UPDATE assignments SET state = 'submitted', settled_at_us = ?3, annotation_id = ?4 "
                    "WHERE project_id = ?1 AND assignment_id = ?2"};
  Statement annotate_{
      database_,
      "INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, "
      "supplier_id, template_version, answers, submitted_at_us, currency) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, 'USD')"};
  Statement label_{
      database_,
      "INSERT INTO labels (project_id, task_id, question, annotator_id, supplier_id, class_code, "
      "annotation_id) VALUES (?1, ?2, 'category', ?3, ?4, ?5, ?6)"};
  Statement believe_{
      database_,
      "INSERT INTO consensus (project_id, task_id, question, class_code, confidence, posterior, "
      "raw_posterior, top_share, label_count, basis, model_version, updated_at_us) "
      "VALUES (?1, ?2, 'category', 0, ?3, ?4, ?5, 1, ?6, 'labels', 1, ?7) "
      "ON CONFLICT (project_id, task_id, question) DO UPDATE SET confidence = excluded.confidence, "
      "posterior = excluded.posterior, raw_posterior = excluded.raw_posterior, "
      "label_count = excluded.label_count, model_version = excluded.model_version, "
      "updated_at_us = excluded.updated_at_us"};
  Statement count_done_{database_,
                        "UPDATE task_states SET live_count = live_count - 1, done_count = done_count + 1 "
                        "WHERE project_id = ?1 AND task_id = ?2"};
  Statement finish_{
      database_,
      "UPDATE task_states SET state = 'done', live_count = live_count - 1, done_count = done_count + 1 "
      "WHERE project_id = ?1 AND task_id = ?2"};
  Statement lease_{
      database_,
      "INSERT INTO assignments (project_id, assignment_id, task_id, annotator_id, supplier_id, state, "
      "template_version, leased_at_us, expires_at_us, reason, is_gold) "
      "VALUES (?1, ?2, ?3, ?4, ?5, 'live', 1, ?6, ?6, '', 0)"};
  Statement count_live_{
      database_, "UPDATE task_states SET live_count = live_count + 1 WHERE project_id = ?1 AND task_id = ?2"};
  Statement fill_up_{database_,
                     "UPDATE task_states SET state = 'full', live_count = live_count + 1 "
                     "WHERE project_id = ?1 AND task_id = ?2"};
  Statement add_event_{
      database_, "INSERT INTO events (project_id, sequence, kind, body, at_us) VALUES (?1, ?2, ?3, ?4, ?5)"};
  Statement move_head_{database_, "UPDATE event_heads SET sequence = ?2 WHERE project_id = ?1"};
  Statement count_progress_{
      database_,
      "UPDATE annotator_progress SET leased_count = leased_count + 1, "
      "submitted_count = submitted_count + 1 WHERE project_id = ?1 AND annotator_id = ?2"};
};

void make_schema(const std::string& path) {
  const auto database = store::Database::open(path);
  need(database.has_value(), "open");
  need((*database)->migrate().has_value(), "migrate");
}

double rate(sqlite3* database, int answers_a_commit, double seconds) {
  Writer writer(database, std::max(answers_a_commit, 3));
  writer.fill();
  const auto begin = Clock::now();
  double took = 0;
  while (took < seconds && writer.commit_answers(answers_a_commit))
    took = std::chrono::duration<double>(Clock::now() - begin).count();
  return static_cast<double>(writer.submitted()) / took;
}

}  // namespace

double same_rows_rate(const std::string& path, int answers_a_commit, double seconds) {
  make_schema(path);
  sqlite3* database = nullptr;
  need(sqlite3_open(path.c_str(), &database) == SQLITE_OK, "open");
  constexpr const char* kSettings =
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;";
  need(sqlite3_exec(database, kSettings, nullptr, nullptr, nullptr) == SQLITE_OK, kSettings);
  const double answers_a_second = rate(database, answers_a_commit, seconds);
  sqlite3_close(database);
  return answers_a_second;
}

}  // namespace mizan::bench
