// Inputs that cannot be used, each with the one error it must give. Tests of the readers and of the command
// line share them: whoever is given one ends with this error, with a place and a hint, and writes nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "mizan/base/error.h"

namespace mizan::test {

/// Where the mistake is: in the labels, or in something that comes beside good labels.
enum class BrokenPart { labels, suppliers, gold, price };

/// When it must be refused: while reading, or at the latest when the labels are weighed.
enum class RefusedBy { reader, audit };

struct BrokenFile {
  std::string name;       ///< a phrase without blanks
  std::string file_name;  ///< "labels.csv": its extension may matter
  std::string bytes;      ///< of the broken part; of a price: the flag's value
  ErrorCode code;
  std::string where;  ///< how Error::where must end: ":3", "labels.csv", "--price"
  BrokenPart part = BrokenPart::labels;
  bool is_strict = false;
  RefusedBy refused_by = RefusedBy::reader;
  std::optional<std::string> path{};  ///< read this path instead of bytes ("." = the folder itself)
};

/// For test names and messages.
inline void PrintTo(const BrokenFile& broken, std::ostream* out) {
  *out << broken.name;
}

/// All of them; made once.
[[nodiscard]] const std::vector<BrokenFile>& broken_files();

/// The arguments of a command that reads one; empty = not given.
struct BrokenInput {
  std::string labels;
  std::string suppliers;
  std::string gold;
  std::string price;
};

/// Writes one into a folder that exists.
[[nodiscard]] BrokenInput lay_out(const BrokenFile& broken, const std::filesystem::path& folder);

}  // namespace mizan::test
