#include "support/query_plan.h"

#include <deque>
#include <set>
#include <sstream>
#include <string_view>

namespace mizan::test {
namespace {

using store::Dialect;
using store::Query;

constexpr Query kAvoidSequentialScans{"avoid_sequential_scans", "SELECT 1", "SET LOCAL enable_seqscan = off"};

// Connections keep the name of a statement for as long as they live.
const std::string& kept(std::string text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(std::move(text));
}

bool begins_with(const std::string& line, std::string_view text) {
  return line.starts_with(text);
}

// Steps that read all rows of something that the database holds.
bool scans_on_sqlite(const std::string& line, const std::set<std::string>& made_by_plan) {
  if (!begins_with(line, "SCAN ")) return false;
  std::istringstream words(line.substr(5));
  std::string name;
  words >> name;
  const bool harmless =
      name == "CONSTANT" || name.starts_with('(') || line.find("VIRTUAL TABLE") != std::string::npos;
  return !harmless && !made_by_plan.contains(name);
}

std::string first_scan_on_postgres(const std::string& plan) {
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("Seq Scan on") != std::string::npos) return line;
  }
  return {};
}

}  // namespace

std::string whole_scan_on_sqlite(const std::string& plan) {
  std::set<std::string> made_by_plan;
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);) {
    for (const std::string_view maker : {"CO-ROUTINE ", "MATERIALIZE "}) {
      if (begins_with(line, maker)) made_by_plan.insert(line.substr(maker.size()));
    }
    if (scans_on_sqlite(line, made_by_plan)) return line;
  }
  return {};
}

Result<std::string> query_plan(store::Database& database, const Query& query, store::Params params) {
  const bool on_sqlite = database.dialect() == Dialect::sqlite;
  const Query explain{kept("plan_of_" + std::string(query.name)),
                      kept((on_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") +
                           std::string(query.text_for(database.dialect())))};
  return database.write([&](store::Transaction& tx) -> Result<std::string> {
    MIZAN_CHECK_OK(tx.queue(kAvoidSequentialScans));
    std::string plan;
    const auto add_line = [&](const store::Row& row) -> Result<void> {
      plan += std::string(row.text(on_sqlite ? 3 : 0)) + "\n";
      return {};
    };
    MIZAN_CHECK_OK(tx.for_each_values(explain, add_line, params));
    return plan;
  });
}

testing::AssertionResult plan_is_by_index(store::Database& database, const Query& query,
                                          store::Params params) {
  const auto plan = query_plan(database, query, params);
  if (!plan) return testing::AssertionFailure() << to_string(plan.error());
  const std::string scan =
      database.dialect() == Dialect::sqlite ? whole_scan_on_sqlite(*plan) : first_scan_on_postgres(*plan);
  if (scan.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << query.name << " reads everything: " << scan << "\nplan:\n" << *plan;
}

}  // namespace mizan::test
