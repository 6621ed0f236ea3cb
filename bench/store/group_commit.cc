// mizan_group_commit CLIENTS SECONDS FOLDER
//
// The bound of bench/run_platform: how many answers a second could this disk and SQLite make durable, if
// there were nothing else to do? One thread, prepared statements, four inserted rows an answer
// (answer_rows.h), as many answers in each commit as there are clients (at most as many as the server puts
// into one). Prints answers per second.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <unistd.h>

#include "mizan/store/sql/database_options.h"
#include "store/raw_sqlite.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 4) {
    std::fprintf(stderr, "mizan_group_commit CLIENTS SECONDS FOLDER\n");
    return 2;
  }
  const int most = static_cast<int>(mizan::store::DatabaseOptions{}.group_limit);
  const int together = std::clamp(std::atoi(arguments[1]), 1, most);
  const std::string path = std::string(arguments[3]) + "/bound_" + std::to_string(::getpid()) + ".db";
  std::printf("%.1f\n", mizan::bench::raw_sqlite_rate(path, together, std::atof(arguments[2])));
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  return 0;
}
