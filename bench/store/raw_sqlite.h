// The bounds of the benchmark: the disk's own rate, and SQLite's without anything of ours around it.
#pragma once

#include <string>

namespace mizan::bench {

/// How often a second 8 KiB can be appended to a file in the folder and brought to the disk.
[[nodiscard]] double fdatasync_rate(const std::string& folder, double seconds);

/// How many answers a second one thread inserts into a SQLite file with prepared statements, so many in each
/// commit.
[[nodiscard]] double raw_sqlite_rate(const std::string& path, int answers_a_commit, double seconds);

}  // namespace mizan::bench
