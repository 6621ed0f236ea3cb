// How a database is opened.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace mizan::store {

struct DatabaseOptions {
  int readers = 4;                   ///< connections that read at once
  int writers = 4;                   ///< PostgreSQL: connections that write at once; SQLite has one writer
  std::size_t queue_limit = 16'384;  ///< writes that may wait; further ones are refused: overloaded
  std::size_t group_limit = 512;     ///< SQLite: writes in one commit at most
  std::chrono::milliseconds busy_timeout{10'000};  ///< how long to wait for a lock or a free connection
  std::chrono::milliseconds statement_timeout{
      30'000};           ///< PostgreSQL: a statement that takes longer is given up
  std::string schema{};  ///< PostgreSQL: the schema that holds Mizan's tables; empty = the URL's default
};

}  // namespace mizan::store
