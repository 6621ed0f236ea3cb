// The fair bound of the platform's benchmark: the very rows that the server writes for an answer and the next
// assignment, in its own schema with all its indexes, by SQLite alone.
#pragma once

#include <string>

namespace mizan::bench {

/// How many answers a second one thread makes durable with prepared statements, so many in each commit: the
/// assignment settled, annotation, label, consensus, counts, progress, event and the next assignment, and
/// nothing read, chosen, computed or sent.
/// @in path  a file that does not exist yet
[[nodiscard]] double same_rows_rate(const std::string& path, int answers_a_commit, double seconds);

}  // namespace mizan::bench
