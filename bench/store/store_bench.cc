// mizan_store_bench [seconds] [postgresql://…]
//
// How many durable answers a second does Database take from 1, 64, 1,024 and 10,000 clients, beside what the
// disk and plain SQLite could do at most? One answer is four inserted rows (answer_rows.h). A client sends
// its next answer when the last one is durable. Plain SQLite is one thread with prepared statements, so many
// answers in each commit as there are clients, nobody to be told and its checkpoints inside its commits. With
// a URL: the same clients on PostgreSQL. Generator: numbered answers, no randomness.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "mizan/store/database.h"
#include "store/answer_rows.h"
#include "store/raw_sqlite.h"

namespace mizan::bench {
namespace {

using Clock = std::chrono::steady_clock;
using store::Database;
using store::Transaction;

constexpr int kClientCounts[] = {1, 64, 1024, 10'000};
constexpr int kConnections = 24;  // as many as mizan serve has to PostgreSQL
constexpr store::Query kEmptyTables[] = {{"bench_empty_1", "DROP TABLE IF EXISTS bench_assignments"},
                                         {"bench_empty_2", "DROP TABLE IF EXISTS bench_annotations"},
                                         {"bench_empty_3", "DROP TABLE IF EXISTS bench_labels"},
                                         {"bench_empty_4", "DROP TABLE IF EXISTS bench_outbox"}};

void need(const Result<void>& outcome) {
  if (outcome) return;
  std::fprintf(stderr, "%s\n", to_string(outcome.error()).c_str());
  std::abort();
}

Result<void> insert(Transaction& tx, const Answer& answer) {
  constexpr std::int64_t kProject = 1;
  MIZAN_CHECK_OK(
      tx.queue(kAddAssignment, kProject, answer.number, answer.task_id, answer.annotator_id, answer.number));
  MIZAN_CHECK_OK(
      tx.queue(kAddAnnotation, kProject, answer.number, answer.task_id, answer.answers, answer.number));
  MIZAN_CHECK_OK(tx.queue(kAddLabel, kProject, answer.task_id, answer.annotator_id, 1));
  return tx.queue(kAddEvent, answer.number, answer.event);
}

// Clients in a closed loop, without a thread each.
class Clients {
 public:
  Clients(Database& database, int count, double seconds)
      : database_(database), clients_(static_cast<std::size_t>(count)) {
    begin_ = Clock::now();
    end_ = begin_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    live_ = count;
    for (auto& client : clients_) send(client);
    for (int live = live_; live > 0; live = live_) live_.wait(live);
    took_seconds_ = std::chrono::duration<double>(Clock::now() - begin_).count();
  }

  double rate() const { return static_cast<double>(next_) / took_seconds_; }
  double latency_ms(double share) {
    std::vector<float> all;
    for (const auto& client : clients_)
      all.insert(all.end(), client.latencies_ms.begin(), client.latencies_ms.end());
    const auto place = all.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), place, all.end());
    return *place;
  }

 private:
  struct Client {
    Clock::time_point sent;
    std::vector<float> latencies_ms;
  };

  void send(Client& client) {
    const std::int64_t number = next_.fetch_add(1);
    client.sent = Clock::now();
    database_.write_async([number](Transaction& tx) { return insert(tx, Answer(number)); },
                          [this, &client](const Result<void>& outcome) { take(client, outcome); });
  }

  void take(Client& client, const Result<void>& outcome) {
    need(outcome);
    const auto now = Clock::now();
    client.latencies_ms.push_back(std::chrono::duration<float, std::milli>(now - client.sent).count());
    if (now < end_) return send(client);
    if (--live_ == 0) live_.notify_all();
  }

  Database& database_;
  std::vector<Client> clients_;
  Clock::time_point begin_;
  Clock::time_point end_;
  std::atomic<std::int64_t> next_{0};
  std::atomic<int> live_{0};
  double took_seconds_ = 0;
};

void make_tables(Database& database) {
  need(database.write([](Transaction& tx) -> Result<void> {
    for (const store::Query& query : kEmptyTables) MIZAN_CHECK_OK(tx.queue(query));
    int number = 0;
    static std::array<std::string, kTables.size()> names;
    for (const std::string_view table : kTables) {
      std::string& name = names[static_cast<std::size_t>(number++)];
      name = "bench_table_" + std::to_string(number);
      MIZAN_CHECK_OK(tx.queue({name, table}));
    }
    return {};
  }));
}

double run_clients(const std::string& url_or_path, int count, double seconds) {
  auto opened = Database::open(url_or_path, {.writers = kConnections});
  need(opened ? Result<void>{} : fail(opened.error()));
  make_tables(**opened);
  Clients clients(**opened, count, seconds);
  std::printf("  %6d clients %10.0f answers/s   p50 %7.2f ms   p99 %7.2f ms   p99.9 %7.2f ms", count,
              clients.rate(), clients.latency_ms(0.5), clients.latency_ms(0.99), clients.latency_ms(0.999));
  return clients.rate();
}

void on_sqlite(const std::string& folder, double seconds) {
  std::printf("disk: %.0f fdatasync/s of 8 KiB\n", fdatasync_rate(folder, std::min(seconds, 2.0)));
  for (const int count : kClientCounts) {
    const std::string path = folder + "/" + std::to_string(count) + ".db";
    const int together = std::min(count, static_cast<int>(store::DatabaseOptions{}.group_limit));
    const double bound = raw_sqlite_rate(path + ".raw", together, seconds);
    const double rate = run_clients(path, count, seconds);
    std::printf("   plain SQLite, %d a commit: %.0f/s   ratio %.2f\n", together, bound, rate / bound);
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace mizan::bench

int main(int argument_count, char** arguments) {
  const double seconds = argument_count > 1 ? std::atof(arguments[1]) : 5.0;
  if (argument_count > 2) {
    for (const int count : mizan::bench::kClientCounts) {
      mizan::bench::run_clients(arguments[2], count, seconds);
      std::printf("\n");
    }
    return 0;
  }
  const auto folder = std::filesystem::current_path() / ("store_bench_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  mizan::bench::on_sqlite(folder.string(), seconds);
  std::filesystem::remove_all(folder);
  return 0;
}
