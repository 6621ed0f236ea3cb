// The readers behind read_labels(), one for each family of formats. Each gets the open, decompressed input
// and the format that was told or found; it fills the outcome but for `byte_count` and `format`, which
// read_labels sets.
#pragma once

#include "mizan/base/parallel.h"
#include "mizan/base/progress.h"
#include "mizan/base/result.h"
#include "mizan/dataset/input.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

/// What every reader is called with.
struct ReadJob {
  const Input& input;
  const ReadOptions& options;
  Format format;
  ThreadPool& pool;
  const Progress& progress;
};

/// csv, tsv
[[nodiscard]] Result<ReadOutcome> read_delimited(const ReadJob& job);
/// jsonl, json
[[nodiscard]] Result<ReadOutcome> read_json(const ReadJob& job);
/// label_studio, argilla, mturk, toloka: see docs/formats/platforms.md
[[nodiscard]] Result<ReadOutcome> read_label_studio(const ReadJob& job);
[[nodiscard]] Result<ReadOutcome> read_argilla(const ReadJob& job);
[[nodiscard]] Result<ReadOutcome> read_mturk(const ReadJob& job);
[[nodiscard]] Result<ReadOutcome> read_toloka(const ReadJob& job);
/// parquet, arrow_file, arrow_stream
[[nodiscard]] Result<ReadOutcome> read_columnar(const ReadJob& job);

}  // namespace mizan::dataset
