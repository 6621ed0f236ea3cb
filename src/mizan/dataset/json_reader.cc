// JSON lines, cut at line ends and read in parallel; and a JSON array of objects, read from front to back.
//
// The columns are the keys of the first records. A line that is not an object is refused like a ragged row of
// a table, but not the first one: then the file is not what it was taken for.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizan/dataset/assemble.h"
#include "mizan/dataset/json_records.h"
#include "mizan/dataset/label_chunk.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/row_shape.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using std::size_t;
using std::string;
using std::string_view;

constexpr size_t kRecordsLookedAt = 1000;
constexpr std::uint64_t kRecordsPerPart = 64 << 10;

string_view line_at(string_view text, size_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}

bool ignore(std::span<const string_view>) {
  return true;
}

class JsonReader {
 public:
  explicit JsonReader(const ReadJob& job) : job_(job) {}

  Result<ReadOutcome> run() {
    MIZAN_TRY(text_, text_of(job_.input, job_.pool));
    const bool is_array = job_.format == Format::json;
    MIZAN_CHECK_OK(is_array ? find_columns_of_array() : find_columns_of_lines());
    MIZAN_TRY(plan_, plan_columns(names_, job_.options.roles, job_.input.name()));
    shape_ = shape_of(plan_, names_);
    MIZAN_CHECK_OK(is_array ? read_array() : read_lines());
    const AssembleOptions options{
        .name = job_.input.name(),
        .place_word = is_array ? "record" : "line",
        .currency = job_.options.currency.empty() ? plan_.currency : job_.options.currency,
        .is_strict = job_.options.strict};
    MIZAN_TRY(ReadOutcome outcome, assemble(job_.pool, shape_, std::move(parts_), options));
    outcome.columns = describe_columns(names_, plan_);
    return outcome;
  }

 private:
  Result<void> find_columns_of_lines() {
    JsonRecords finder;
    size_t records = 0;
    std::uint64_t line_number = 0;
    for (size_t begin = 0; begin < text_.size() && records < kRecordsLookedAt;) {
      const string_view line = line_at(text_, begin);
      begin += line.size() + 1;
      ++line_number;
      if (trimmed(line).empty()) continue;
      const auto failure = finder.read_object(line, ignore);
      if (failure && records == 0) return malformed(failure->reason, line_number);
      ++records;
    }
    names_ = finder.names();
    return {};
  }

  Result<void> find_columns_of_array() {
    JsonRecords finder;
    size_t records = 0;
    const auto failure =
        finder.read_array(text_, [&](std::span<const string_view>) { return ++records < kRecordsLookedAt; });
    if (failure) return malformed(failure->reason, line_of(failure->position));
    if (records == 0)
      return fail(ErrorCode::empty_input, "the JSON array holds no record", job_.input.name(),
                  "check that the export has finished and that it is not filtered");
    names_ = finder.names();
    return {};
  }

  [[nodiscard]] std::uint64_t line_of(size_t position) const {
    return 1 + static_cast<std::uint64_t>(std::ranges::count(text_.substr(0, position), '\n'));
  }

  [[nodiscard]] tl::unexpected<Error> malformed(const string& reason, std::uint64_t line) const {
    return fail(ErrorCode::malformed_json, "this is not valid JSON: " + reason,
                string(job_.input.name()).append(":").append(std::to_string(line)),
                "labels in JSON are one object a line, or one array of objects");
  }

  Result<void> read_lines() {
    const size_t count = std::max<size_t>(1, text_.size() / std::max<size_t>(1, job_.options.chunk_bytes));
    parts_.resize(count);
    Meter meter(job_.progress, "reading labels", text_.size());
    job_.pool.run(count, [&](size_t i) {
      if (meter.is_cancelled()) return;
      const size_t begin = line_behind(block_range(text_.size(), count, i).begin);
      const size_t end = line_behind(block_range(text_.size(), count, i).end);
      parts_[i] = read_stretch(begin, end);
      meter.add(end - begin);
    });
    if (meter.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    return {};
  }

  // Where the first line begins that begins at or behind a place.
  [[nodiscard]] size_t line_behind(size_t place) const {
    if (place == 0 || place >= text_.size() || text_[place - 1] == '\n') return place;
    const size_t end = text_.find('\n', place);
    return end == string_view::npos ? text_.size() : end + 1;
  }

  [[nodiscard]] std::unique_ptr<LabelChunk> read_stretch(size_t begin, size_t end) const {
    auto chunk = std::make_unique<LabelChunk>(shape_);
    JsonRecords records(names_, wanted_columns(plan_, names_));
    RowOfCells cells_of(plan_);
    std::uint64_t line_number = 0;
    const JsonRecords::OnRecord take = [&](std::span<const string_view> cells) {
      chunk->add_row(cells_of.row(cells, line_number), intern::Bytes::fleeting);
      return true;
    };
    while (begin < end) {
      const string_view line = line_at(text_, begin);
      begin += line.size() + 1;
      ++line_number;
      if (trimmed(line).empty()) {
        chunk->oddities.note(OddityCode::blank_line, line_number, "the line is empty");
        continue;
      }
      if (const auto failure = records.read_object(line, take))
        chunk->refuse_row(line_number, "this is not one JSON object: " + failure->reason);
    }
    chunk->place_count = line_number;
    chunk->seal();
    return chunk;
  }

  Result<void> read_array() {
    JsonRecords records(names_, wanted_columns(plan_, names_));
    RowOfCells cells_of(plan_);
    std::uint64_t place = 0;
    bool is_cancelled = false;
    const auto failure = records.read_array(text_, [&](std::span<const string_view> cells) {
      if (place % kRecordsPerPart == 0) {
        if (!parts_.empty()) parts_.back()->seal();
        parts_.push_back(std::make_unique<LabelChunk>(shape_));
        is_cancelled = job_.progress.is_cancelled();
        job_.progress.report("reading labels", place, 0);
      }
      parts_.back()->add_row(cells_of.row(cells, ++place), intern::Bytes::fleeting);
      return !is_cancelled;
    });
    if (is_cancelled) return fail(ErrorCode::cancelled, "the work was cancelled");
    if (failure) return malformed(failure->reason, line_of(failure->position));
    parts_.back()->seal();
    return {};
  }

  const ReadJob& job_;
  string_view text_;
  std::vector<string> names_;
  ColumnPlan plan_;
  TableShape shape_;
  std::vector<std::unique_ptr<LabelChunk>> parts_;
};

}  // namespace

Result<ReadOutcome> read_json(const ReadJob& job) {
  return JsonReader(job).run();
}

}  // namespace mizan::dataset
