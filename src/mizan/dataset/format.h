// Which file formats of labels exist, and how one is recognised from its first bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mizan::dataset {

enum class Format : std::uint8_t {
  csv,    ///< delimited text with a header; the delimiter is found by looking
  tsv,    ///< the same, tabs by definition
  jsonl,  ///< one JSON object a line
  json,   ///< a JSON array of flat objects
  parquet,
  arrow_file,    ///< Arrow IPC file (Feather 2)
  arrow_stream,  ///< Arrow IPC stream
  label_studio,  ///< Label Studio's JSON export
  argilla,       ///< Argilla records, as a JSON array or one record a line
  mturk,         ///< Mechanical Turk's batch results (CSV)
  toloka,        ///< Toloka's assignments (TSV)
};

/// The spelling on the command line and in report.json: "csv", "label_studio" …
[[nodiscard]] std::string_view format_name(Format format);
[[nodiscard]] std::optional<Format> format_of_name(std::string_view name);

/// The format of some (decompressed) bytes. What the bytes say wins; the extension of `path` decides only
/// between formats whose bytes look alike (csv and tsv). Never fails: text that is nothing else is csv.
[[nodiscard]] Format detect_format(std::string_view path, std::string_view bytes);

}  // namespace mizan::dataset
