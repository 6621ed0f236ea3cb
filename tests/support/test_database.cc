#include "support/test_database.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include <unistd.h>

namespace mizan::test {
namespace {

using store::Database;
using store::DatabaseOptions;
using store::Dialect;

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "the test's database: %s\n", to_string(result.error()).c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

std::string fresh_name() {
  static std::atomic<int> count{0};
  static const unsigned chance = std::random_device{}();
  return "mizan_test_" + std::to_string(::getpid()) + "_" + std::to_string(chance) + "_" +
         std::to_string(++count);
}

const char* postgres_url() {
  return std::getenv("MIZAN_TEST_POSTGRES");
}

// Runs one statement on a connection of its own.
void run_on_server(const std::string& text) {
  const auto database = need(Database::open(postgres_url(), {.readers = 1, .writers = 1}));
  need(database->write([&](store::Transaction& tx) -> Result<void> {
    return tx.queue(store::Query{"prepare_test", text});
  }));
}

std::string with_schema(const std::string& url, const std::string& schema) {
  return url + (url.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
}

}  // namespace

bool has_postgres() {
  return postgres_url() != nullptr;
}

std::unique_ptr<TestDatabase> TestDatabase::make_empty(Dialect dialect, const DatabaseOptions& options) {
  auto made = std::unique_ptr<TestDatabase>(new TestDatabase);
  made->options_ = options;
  const std::string name = fresh_name();
  if (dialect == Dialect::postgres) {
    made->schema_ = name;
    run_on_server("CREATE SCHEMA " + name);
    made->url_ = with_schema(postgres_url(), name);
  } else {
    const auto folder = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directory(folder);
    made->folder_ = folder.string();
    made->url_ = (folder / "mizan.db").string();
  }
  made->database_ = made->open_another();
  return made;
}

std::unique_ptr<TestDatabase> TestDatabase::make(Dialect dialect, const DatabaseOptions& options) {
  auto made = make_empty(dialect, options);
  need(made->database_->migrate());
  return made;
}

TestDatabase::~TestDatabase() {
  database_.reset();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  if (!schema_.empty()) run_on_server("DROP SCHEMA " + schema_ + " CASCADE");
}

std::unique_ptr<Database> TestDatabase::open_another() const {
  return need(Database::open(url_, options_));
}

void EachDatabase::SetUp() {
  if (GetParam() == Dialect::postgres && !has_postgres()) {
    GTEST_SKIP() << "MIZAN_TEST_POSTGRES is not set: run scripts/test, or scripts/postgres run ctest …";
  }
  database_ = TestDatabase::make(GetParam(), options());
}

std::string dialect_name(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::sqlite ? "sqlite" : "postgres";
}

}  // namespace mizan::test
