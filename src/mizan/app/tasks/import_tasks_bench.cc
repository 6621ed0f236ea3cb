// How many tasks a second does an import bring into an embedded database, durable, one million rows of 200
// bytes? Beside it what reading and checking the rows costs alone. Generated, seedless: row i is a function
// of i.
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "mizan/app/tasks/import_tasks.h"
#include "mizan/base/assert.h"
#include "support/work_world.h"

namespace mizan::app {
namespace {

/// Makes rows as they are asked for.
class Rows {
 public:
  explicit Rows(std::int64_t count) : count_(count) {}

  Result<std::size_t> operator()(std::span<char> buffer) {
    while (rest_.size() < buffer.size() && next_ < count_) append(next_++);
    const std::size_t size = std::min(buffer.size(), rest_.size());
    std::memcpy(buffer.data(), rest_.data(), size);
    rest_.erase(0, size);
    return size;
  }

 private:
  void append(std::int64_t i) {
    const auto mixed = static_cast<unsigned long long>(i) * 0x9e3779b97f4a7c15ULL;
    std::array<char, 320> row{};
    const int size = std::snprintf(
        row.data(), row.size(),
        "{\"external_id\":\"doc-%016llx\",\"language\":\"en\",\"payload\":{\"text\":\"The quick "
        "brown fox %lld jumps over the lazy dog, and then it goes home to sleep for a while.\","
        "\"source\":\"web\"}}\n",
        mixed, static_cast<long long>(i));
    rest_.append(row.data(), static_cast<std::size_t>(size));
  }

  std::int64_t count_;
  std::int64_t next_ = 0;
  std::string rest_{};
};

void import_rows(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const auto folder = std::filesystem::path("import_bench." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    auto database = store::Database::open((folder / "mizan.db").string());
    MIZAN_ASSERT(database.has_value() && (*database)->migrate().has_value());
    {
      test::WorkWorld world(**database);
      state.ResumeTiming();
      const auto report =
          import_tasks(world.service(), system_caller(),
                       {.project_id = world.project(), .read = Rows(state.range(0)), .threads = 3});
      state.PauseTiming();
      MIZAN_ASSERT(report.has_value() && report->created_count == state.range(0));
    }
    (*database)->close();
    std::filesystem::remove_all(folder);
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(import_rows)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace mizan::app
