// A Mizan server as a command of the program sees it: an address and an API key. Bodies go up and down in
// constant memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::cli {

struct Remote {
  std::string server{};  ///< "https://mizan.example.org"; empty = none, the command works on a database
  std::string key{};     ///< "mz_…"

  [[nodiscard]] bool is_set() const { return !server.empty(); }
};

struct Upload {
  std::string target;  ///< "/api/v1/…"
  std::string content_type;
  std::function<Result<std::size_t>(std::span<char>)> read;  ///< 0 = the end
};

/// What an import says of a row that it did not take.
struct RefusedRow {
  std::uint64_t line = 0;
  Error error;
};
/// What an import says, of tasks or of annotations.
struct ImportOutcome {
  bool is_complete = true;  ///< false: nothing was imported
  std::int64_t new_count = 0;
  std::int64_t unchanged_count = 0;
  std::int64_t refused_count = 0;
  std::vector<RefusedRow> refused{};  ///< the first of them
};

/// @errors those of the server, those of `read`; database_unavailable: it does not answer
[[nodiscard]] Result<ImportOutcome> upload(const Remote& remote, const Upload& upload);

/// Gets a file piece by piece.
/// @errors those of the server, those of `write`; database_unavailable: it does not answer, or broke off
[[nodiscard]] Result<void> download(const Remote& remote, const std::string& target,
                                    const std::function<Result<void>(std::string_view)>& write);

/// A value as it stands in a query.
[[nodiscard]] std::string url_escaped(std::string_view value);

}  // namespace mizan::cli
