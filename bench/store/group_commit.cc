// mizan_group_commit CLIENTS SECONDS FOLDER [--same-rows]
//
// The bounds of bench/run_platform: how many answers a second could this disk and SQLite make durable, if
// there were nothing else to do? One thread, prepared statements, as many answers in each commit as there are
// clients (at most as many as the server puts into one). Four inserted rows an answer (answer_rows.h), or the
// rows that the server writes (same_rows.h). Prints answers per second.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <unistd.h>

#include "mizan/store/sql/database_options.h"
#include "store/raw_sqlite.h"
#include "store/same_rows.h"

int main(int argument_count, char** arguments) {
  const bool same_rows = argument_count == 5 && std::string_view(arguments[4]) == "--same-rows";
  if (argument_count != 4 && !same_rows) {
    std::fprintf(stderr, "mizan_group_commit CLIENTS SECONDS FOLDER [--same-rows]\n");
    return 2;
  }
  const int most = static_cast<int>(mizan::store::DatabaseOptions{}.group_limit);
  const int together = std::clamp(std::atoi(arguments[1]), 1, most);
  const std::string path = std::string(arguments[3]) + "/bound_" + std::to_string(::getpid()) + ".db";
  const double seconds = std::atof(arguments[2]);
  std::printf("%.1f\n", same_rows ? mizan::bench::same_rows_rate(path, together, seconds)
                                  : mizan::bench::raw_sqlite_rate(path, together, seconds));
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  return 0;
}
