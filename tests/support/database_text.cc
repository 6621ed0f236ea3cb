#include "support/database_text.h"

#include <deque>
#include <fstream>
#include <iterator>

#include "mizan/base/assert.h"

namespace mizan::test {
namespace {

// Connections keep a statement by name for as long as they live.
const std::string& kept(std::string text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(std::move(text));
}

}  // namespace

std::string text_of_columns(store::Database& database, std::string_view table,
                            const std::vector<std::string_view>& columns) {
  std::string list;
  for (const std::string_view column : columns)
    list.append(list.empty() ? "" : " || ' ' || ").append("CAST(").append(column).append(" AS TEXT)");
  const std::string text = "SELECT " + list + " FROM " + std::string(table);
  const store::Query query{kept("text_of " + text), kept(text)};
  auto lines = database.read([&](store::Transaction& tx) -> Result<std::string> {
    std::string read;
    MIZAN_CHECK_OK(tx.for_each(query, [&](const store::Row& row) -> Result<void> {
      read.append(row.text(0)).append("\n");
      return {};
    }));
    return read;
  });
  MIZAN_ASSERT(lines);
  return *std::move(lines);
}

std::string bytes_of_file(const std::string& path) {
  std::string bytes;
  for (const char* ending : {"", "-wal"}) {
    std::ifstream file(path + ending, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

}  // namespace mizan::test
