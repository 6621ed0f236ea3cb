// mizan_load: simulated annotators at full speed against a running server; prints what they saw as JSON.
//
// Each client is an annotator of its own on a keep-alive connection of its own (client.h). It is a bench
// program and the faults harness's load, no part of the product.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "client.h"

namespace {

using namespace mizan::load;
using std::chrono::duration;
using std::chrono::steady_clock;

struct Options {
  std::uint16_t port = 7070;
  std::string keys_file, ack_file, prefix = "c";
  std::size_t clients = 64, threads = 1;
  double seconds = 10, warmup_seconds = 2, timeout_seconds = 30, patience_seconds = 3;
  bool apart = false, until_empty = false;
  Scenario scenario{};
};

volatile std::sig_atomic_t was_interrupted = 0;
extern "C" void on_interrupt(int) {
  was_interrupted = 1;
}

Options parse(int count, char** arguments) {
  Options options;
  CLI::App program{"Simulated annotators at full speed; prints rates and latencies as JSON"};
  program.add_option("--port", options.port, "of the server on 127.0.0.1");
  program.add_option("--project", options.scenario.project_id, "whose tasks are worked on")->required();
  program
      .add_option("--keys", options.keys_file,
                  "file of API keys, one a line: one of a supplier, or one for each client")
      ->required();
  program.add_option("--contributors", options.prefix,
                     "prefix of the contributor ids that go with a supplier's key; empty: no contributor_id");
  program.add_option("--answer", options.scenario.answers, "answers of a submit, as JSON; several are mixed")
      ->required();
  program.add_option("--clients", options.clients, "how many");
  program.add_option("--threads", options.threads, "event loops of this program");
  program.add_option("--seconds", options.seconds, "how long is counted; 0: until interrupted or empty");
  program.add_option("--warmup", options.warmup_seconds, "seconds before counting begins");
  program.add_option("--timeout", options.timeout_seconds,
                     "seconds until a request is given up and sent again");
  program.add_option("--acks", options.ack_file, "file for every answer sent and every acknowledgement");
  program.add_option("--think", options.scenario.think_seconds,
                     "mean seconds that an annotator takes for an answer");
  program.add_flag("--apart", options.apart, "submit and lease in two requests");
  program.add_flag("--until-empty", options.until_empty, "stop when no client finds a task");
  program.add_option("--patience", options.patience_seconds,
                     "how long a client looks in vain until it is done");
  try {
    program.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    std::exit(program.exit(error));
  }
  options.scenario.submit_takes_next = !options.apart;
  if (options.until_empty) {
    options.scenario.empty_replies_to_finish = std::max(
        1, static_cast<int>(duration<double>(options.patience_seconds) / options.scenario.idle_wait));
  }
  options.scenario.host = fmt::format("127.0.0.1:{}", options.port);
  return options;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

/// As many descriptors as the system allows: each client needs one.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// One event loop with its share of the clients.
class Loop {
 public:
  Loop(const Options& options, std::FILE* ack_log) : options_(options), tally_(ack_log), ticker_(loop_) {}

  void add(const std::vector<std::string>& keys, std::size_t number) {
    const boost::asio::ip::tcp::endpoint server(boost::asio::ip::make_address("127.0.0.1"), options_.port);
    const std::string contributor =
        options_.prefix.empty() ? "" : fmt::format("{}{}", options_.prefix, number);
    clients_.push_back(std::make_unique<Client>(loop_, server, options_.scenario, tally_,
                                                keys[number % keys.size()], contributor, number));
    // Ten thousand connections in one instant would measure the listen queue: 5,000 a second.
    clients_.back()->start(std::chrono::microseconds(200 * number));
  }

  void run() {
    began_ = steady_clock::now();
    tick();
    loop_.run();
  }

  Tally& tally() { return tally_; }
  [[nodiscard]] double counted_seconds() const { return counted_seconds_; }

 private:
  // Every 20 ms: begin and end the counted time, give up requests that wait too long.
  void tick() {
    const double elapsed = duration<double>(steady_clock::now() - began_).count();
    const double counted = elapsed - options_.warmup_seconds;
    if (!counting_ && counted >= 0) {
      counting_ = true;
      tally_.start_counting();
    }
    const bool is_over = was_interrupted != 0 || (options_.seconds > 0 && counted >= options_.seconds);
    if (is_over && counting_) {
      tally_.stop_counting();
      if (counted_seconds_ == 0) counted_seconds_ = counted;
    }
    if (is_over)
      for (auto& client : clients_) client->stop();
    if (all_finished() || (is_over && ++ticks_after_end_ > 50)) {
      if (counted_seconds_ == 0) counted_seconds_ = counted;
      return loop_.stop();
    }
    if (++ticks_ % 50 == 0) cut_old();
    ticker_.expires_after(std::chrono::milliseconds(20));
    ticker_.async_wait([this](const boost::system::error_code&) { tick(); });
  }

  void cut_old() {
    const auto limit = steady_clock::now() - std::chrono::duration_cast<steady_clock::duration>(
                                                 duration<double>(options_.timeout_seconds));
    for (auto& client : clients_) client->cut_if_older(limit);
  }

  [[nodiscard]] bool all_finished() const {
    for (const auto& client : clients_)
      if (!client->finished()) return false;
    return true;
  }

  const Options& options_;
  Tally tally_;
  boost::asio::io_context loop_{1};
  boost::asio::steady_timer ticker_;
  std::vector<std::unique_ptr<Client>> clients_{};
  steady_clock::time_point began_{};
  double counted_seconds_ = 0;
  int ticks_ = 0, ticks_after_end_ = 0;
  bool counting_ = false;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = parse(count, arguments);
  const auto keys = lines_of(options.keys_file);
  if (keys.empty() || (options.prefix.empty() && keys.size() < options.clients)) {
    fmt::print(stderr, "--keys needs one supplier's key, or one key a client and --contributors \"\"\n");
    return 2;
  }
  std::FILE* ack_log = options.ack_file.empty() ? nullptr : std::fopen(options.ack_file.c_str(), "a");
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  raise_descriptor_limit();

  std::vector<std::unique_ptr<Loop>> loops;
  for (std::size_t i = 0; i < options.threads; ++i) loops.push_back(std::make_unique<Loop>(options, ack_log));
  for (std::size_t i = 0; i < options.clients; ++i) loops[i % loops.size()]->add(keys, i);
  std::vector<std::thread> threads;
  for (auto& loop : loops) threads.emplace_back([&loop] { loop->run(); });
  for (auto& thread : threads) thread.join();

  for (std::size_t i = 1; i < loops.size(); ++i) loops[0]->tally().merge(std::move(loops[i]->tally()));
  auto figures = loops[0]->tally().to_json(loops[0]->counted_seconds());
  figures["clients"] = options.clients;
  figures["load_cpu_seconds"] = cpu_seconds();
  fmt::print("{}\n", boost::json::serialize(figures));
  if (ack_log != nullptr) std::fclose(ack_log);
  return 0;
}
