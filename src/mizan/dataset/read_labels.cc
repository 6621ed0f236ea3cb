#include "mizan/dataset/read_labels.h"

#include <string_view>
#include <utility>

#include "mizan/dataset/readers.h"

namespace mizan::dataset {
namespace {

// Files that are often taken for tables of labels, by their first bytes.
struct Stranger {
  std::string_view magic;
  std::string_view what;
  std::string_view hint;
};
constexpr Stranger kStrangers[] = {
    {"PK\x03\x04", "a zip archive or an Excel workbook", "unpack it, or save the sheet as CSV (UTF-8)"},
    {"\xD0\xCF\x11\xE0", "an old Excel workbook", "save the sheet as CSV (UTF-8)"},
    {"%PDF", "a PDF", "export the labels as CSV"},
    {"BZh", "compressed with bzip2", "unpack it: bunzip2"},
    {"\xFD"
     "7zXZ",
     "compressed with xz", "unpack it: unxz"},
    {"SQLite format 3", "an SQLite database", "export the table of labels: sqlite3 -csv -header"},
    {"\x80\x04\x95", "a Python pickle", "save it with DataFrame.to_parquet or to_csv"},
};

Result<void> check_known(const Input& input) {
  for (const Stranger& stranger : kStrangers)
    if (input.bytes().starts_with(stranger.magic))
      return fail(ErrorCode::unsupported_format, "this is " + std::string(stranger.what), input.name(),
                  std::string(stranger.hint));
  return {};
}

Result<ReadOutcome> dispatch(const ReadJob& job) {
  switch (job.format) {
    case Format::csv:
    case Format::tsv:
      return read_delimited(job);
    case Format::jsonl:
    case Format::json:
      return read_json(job);
    case Format::parquet:
    case Format::arrow_file:
    case Format::arrow_stream:
      return read_columnar(job);
    case Format::label_studio:
      return read_label_studio(job);
    case Format::argilla:
      return read_argilla(job);
    case Format::mturk:
      return read_mturk(job);
    case Format::toloka:
      return read_toloka(job);
  }
  return fail(ErrorCode::internal, "a format without a reader");
}

}  // namespace

Result<ReadOutcome> read_labels(const Input& input, const ReadOptions& options, ThreadPool& pool,
                                const Progress& progress) {
  if (input.bytes().empty())
    return fail(ErrorCode::empty_input, "there is no data: the input has 0 bytes", input.name(),
                "check that the export or the command before the pipe has finished");
  if (!options.format) MIZAN_CHECK_OK(check_known(input));
  const Format format = options.format.value_or(detect_format(input.name(), input.bytes()));
  MIZAN_TRY(ReadOutcome outcome, dispatch(ReadJob{input, options, format, pool, progress}));
  outcome.format = format;
  outcome.byte_count = input.byte_count();
  return outcome;
}

Result<ReadOutcome> read_labels(const ReadOptions& options, ThreadPool& pool, const Progress& progress) {
  MIZAN_TRY(const Input input, open_input(options.path, progress));
  return read_labels(input, options, pool, progress);
}

}  // namespace mizan::dataset
