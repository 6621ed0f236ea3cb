// Delimited text: cut into chunks that are read in parallel, each into its own LabelChunk.
//
// Where a chunk begins is guessed by the parity of the quotes before it. Guesses are checked: a chunk must
// begin where the reading of the one before it ended, else it is read again from there. So the outcome is
// that of reading from front to back, whatever the text and however it is cut.
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mizan/dataset/assemble.h"
#include "mizan/dataset/csv/dialect.h"
#include "mizan/dataset/csv/scanner.h"
#include "mizan/dataset/label_chunk.h"
#include "mizan/dataset/readers.h"
#include "mizan/dataset/row_shape.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

using intern::Bytes;
using std::size_t;
using std::string;
using std::string_view;

constexpr size_t kHeadBytes = 256 << 10;
constexpr size_t kBytesPerRow = 24;  // a short row; memory that is reserved and not used costs nothing
constexpr size_t kMinSearchBytes = 4 << 10;

// What is known before the rows are read.
struct Table {
  string_view text;
  string name;
  csv::Dialect dialect;
  std::vector<string> columns;
  ColumnPlan plan;
  TableShape shape;
  size_t rows_begin = 0;  // where the first row of data begins
  std::uint64_t lines_before = 0;
  bool may_hold_nul = false;
};

// One stretch of the rows: [begin, end) as cut; rows that begin in it are its own.
struct Stretch {
  size_t begin = 0;
  size_t end = 0;
  csv::ScanResult result;
  std::unique_ptr<LabelChunk> chunk;
};

// Feeds the rows of one stretch to its chunk.
class RowTaker {
 public:
  RowTaker(const Table& table, LabelChunk& chunk)
      : table_(table), chunk_(chunk), labels_(table.plan.label.size()), gold_(table.plan.gold.size()) {
    buffers_.resize(7 + labels_.size() + gold_.size());
  }

  void take(const csv::Row& row) {
    if (row.is_blank()) {
      chunk_.oddities.note(OddityCode::blank_line, row.line, "the line is empty");
    } else if (row.malformed != nullptr) {
      chunk_.refuse_row(row.line, row.malformed);
    } else if (row.field_count != table_.columns.size()) {
      chunk_.refuse_row(row.line, "the row has " + std::to_string(row.field_count) +
                                      " fields, the header has " + std::to_string(table_.columns.size()));
    } else {
      take_fields(row);
    }
  }

 private:
  void take_fields(const csv::Row& row) {
    const ColumnPlan& plan = table_.plan;
    bytes_ = Bytes::lasting;
    next_buffer_ = 0;
    for (size_t q = 0; q < labels_.size(); ++q) labels_[q] = text(row, plan.label[q]);
    for (size_t q = 0; q < gold_.size(); ++q) gold_[q] = text(row, plan.gold[q]);
    RowText found{.task = text(row, plan.task),
                  .annotator = text(row, plan.annotator),
                  .supplier = text(row, plan.supplier),
                  .labels = labels_,
                  .gold = gold_,
                  .price = text(row, plan.price),
                  .seconds = text(row, plan.seconds),
                  .time = text(row, plan.time),
                  .place = row.line};
    chunk_.add_row(found, bytes_);
  }

  string_view text(const csv::Row& row, std::optional<size_t> column) {
    return column ? text(row, *column) : string_view();
  }
  string_view text(const csv::Row& row, size_t column) {
    const csv::Field& field = row.fields[column];
    if (!field.has_escape) return field.text;
    bytes_ = Bytes::fleeting;
    return csv::unescape(field.text, buffers_[next_buffer_++]);
  }

  const Table& table_;
  LabelChunk& chunk_;
  std::vector<string_view> labels_;
  std::vector<string_view> gold_;
  std::vector<string> buffers_;  // one for each column that is looked at
  size_t next_buffer_ = 0;
  Bytes bytes_ = Bytes::lasting;
};

class DelimitedReader {
 public:
  explicit DelimitedReader(const ReadJob& job) : job_(job) {}

  Result<ReadOutcome> run() {
    MIZAN_CHECK_OK(find_columns());
    cut();
    MIZAN_CHECK_OK(read_stretches());
    MIZAN_CHECK_OK(check_guesses());
    std::vector<std::unique_ptr<LabelChunk>> parts;
    for (Stretch& stretch : stretches_) parts.push_back(std::move(stretch.chunk));
    const AssembleOptions options{.name = table_.name,
                                  .place_word = "line",
                                  .currency = currency(),
                                  .is_strict = job_.options.strict,
                                  .first_place = table_.lines_before};
    MIZAN_TRY(ReadOutcome outcome, assemble(job_.pool, table_.shape, std::move(parts), options));
    outcome.columns = describe_columns(table_.columns, table_.plan);
    return outcome;
  }

 private:
  [[nodiscard]] string at_line(std::uint64_t line) const {
    return string(table_.name).append(":").append(std::to_string(line));
  }
  [[nodiscard]] string currency() const {
    return job_.options.currency.empty() ? table_.plan.currency : job_.options.currency;
  }

  Result<void> find_columns() {
    table_.name = job_.input.name();
    MIZAN_TRY(table_.text, text_of(job_.input, job_.pool));
    const string_view head = table_.text.substr(0, kHeadBytes);
    table_.dialect = csv::detect_dialect(head);
    if (job_.format == Format::tsv) table_.dialect.delimiter = '\t';
    MIZAN_CHECK_OK(read_names());
    const string where = job_.options.has_header ? at_line(table_.lines_before) : table_.name;
    MIZAN_TRY(table_.plan, plan_columns(table_.columns, job_.options.roles, where));
    table_.shape = shape_of(table_.plan, table_.columns);
    return {};
  }

  // The first row that is not blank; without a header, its width gives the names "1", "2" …
  Result<void> read_names() {
    csv::Scanner scanner(table_.dialect);
    size_t begin = 0;
    bool is_found = false;
    const char* malformed = nullptr;
    while (!is_found && begin < table_.text.size()) {
      const csv::ScanResult result = scanner.scan(table_.text, begin, begin + 1, [&](const csv::Row& row) {
        is_found = !row.is_blank();
        malformed = row.malformed;
        if (is_found) keep_names(row);
      });
      if (result.status != csv::ScanEnd::complete) return unclosed(result, table_.lines_before);
      if (is_found && !job_.options.has_header) break;
      table_.lines_before += result.line_count;
      begin = result.end;
    }
    if (!is_found)
      return fail(ErrorCode::empty_input, "there are only blank lines", table_.name,
                  "a file of labels has a line of column names and one line for each label");
    if (malformed != nullptr)
      return fail(ErrorCode::malformed_csv, string("the line of column names is damaged: ") + malformed,
                  at_line(table_.lines_before));
    table_.rows_begin = begin;
    return {};
  }

  void keep_names(const csv::Row& row) {
    string buffer;
    for (size_t i = 0; i < row.field_count; ++i)
      table_.columns.emplace_back(job_.options.has_header ? trimmed(csv::unescape(row.fields[i].text, buffer))
                                                          : std::to_string(i + 1));
  }

  // Places where stretches probably begin; each stretch owns the rows up to where the next one begins.
  void cut() {
    const string_view text = table_.text;
    const size_t size = text.size() - table_.rows_begin;
    const size_t count = std::max<size_t>(1, size / std::max<size_t>(1, job_.options.chunk_bytes));
    std::vector<std::uint8_t> is_odd(count, 0);
    std::vector<std::uint8_t> has_nul(count, 0);
    job_.pool.run(count, [&](size_t i) {
      const BlockRange range = block_range(size, count, i);
      const auto begin = text.begin() + static_cast<std::ptrdiff_t>(table_.rows_begin);
      is_odd[i] = std::count(begin + static_cast<std::ptrdiff_t>(range.begin),
                             begin + static_cast<std::ptrdiff_t>(range.end), '"') &
                  1;
      has_nul[i] = text.substr(table_.rows_begin + range.begin, range.end - range.begin).find('\0') !=
                   string_view::npos;
    });
    // Of the whole text: the last row of a stretch may run on behind its end.
    table_.may_hold_nul = std::ranges::count(has_nul, 1) > 0;
    stretches_.resize(count);
    bool is_quoted = false;
    for (size_t i = 0; i < count; ++i) {
      const size_t begin = table_.rows_begin + block_range(size, count, i).begin;
      stretches_[i].begin = i == 0 ? begin : row_behind(begin - 1, is_quoted);
      is_quoted = is_quoted != (is_odd[i] != 0);
      if (i > 0) stretches_[i].begin = std::max(stretches_[i].begin, stretches_[i - 1].begin);
      if (i > 0) stretches_[i - 1].end = stretches_[i].begin;
    }
    stretches_.back().end = text.size();
  }

  // Where the first row begins that begins behind `from`. The byte at `from` belongs to the stretch before.
  // The search is bounded: a wrong guess is mended, but an endless search in each stretch would be quadratic.
  [[nodiscard]] size_t row_behind(size_t from, bool is_quoted) const {
    const string_view text = table_.text;
    if (text[from] == '"') is_quoted = !is_quoted;  // counted already
    const size_t end = std::min(text.size(), from + std::max(kMinSearchBytes, job_.options.chunk_bytes));
    for (size_t i = from; i < end; ++i) {
      if (text[i] == '"') is_quoted = !is_quoted;
      if (text[i] == table_.dialect.newline && !is_quoted) return i + 1;
    }
    return end;
  }

  Result<void> read_stretches() {
    Meter meter(job_.progress, "reading labels", table_.text.size());
    job_.pool.run(stretches_.size(), [&](size_t i) {
      if (meter.is_cancelled()) return;
      read(stretches_[i]);
      meter.add(stretches_[i].end - stretches_[i].begin);
    });
    if (meter.is_cancelled()) return fail(ErrorCode::cancelled, "the work was cancelled");
    return {};
  }

  void read(Stretch& stretch) const {
    stretch.chunk = std::make_unique<LabelChunk>(table_.shape);
    stretch.result = {.end = stretch.begin};
    if (stretch.begin < stretch.end) {
      stretch.chunk->may_hold_nul = table_.may_hold_nul;
      stretch.chunk->reserve((stretch.end - stretch.begin) / kBytesPerRow);
      RowTaker taker(table_, *stretch.chunk);
      csv::Scanner scanner(table_.dialect);
      stretch.result = scanner.scan(table_.text, stretch.begin, stretch.end,
                                    [&](const csv::Row& row) { taker.take(row); });
    }
    stretch.chunk->place_count = stretch.result.line_count;
    stretch.chunk->seal();
  }

  // From front to back: reads again what was guessed wrong, and reports the first thing that ends the
  // reading.
  Result<void> check_guesses() {
    size_t expected = table_.rows_begin;
    std::uint64_t lines = table_.lines_before;
    for (Stretch& stretch : stretches_) {
      if (stretch.begin != expected) {
        stretch.begin = expected;
        stretch.end = std::max(stretch.end, expected);
        read(stretch);
      }
      if (stretch.result.status != csv::ScanEnd::complete) return unclosed(stretch.result, lines);
      lines += stretch.result.line_count;
      expected = stretch.result.end;
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> unclosed(const csv::ScanResult& result,
                                               std::uint64_t lines_before) const {
    const string reason = result.status == csv::ScanEnd::unclosed_quote
                              ? "a quoted field is opened here and never closed"
                              : "a quoted field is opened here and is longer than 16 MiB";
    return fail(ErrorCode::malformed_csv, reason, at_line(lines_before + result.quote_line),
                "close the quote; a quote inside a quoted field is written twice (\"\")");
  }

  const ReadJob& job_;
  Table table_;
  std::vector<Stretch> stretches_;
};

}  // namespace

Result<ReadOutcome> read_delimited(const ReadJob& job) {
  return DelimitedReader(job).run();
}

}  // namespace mizan::dataset
