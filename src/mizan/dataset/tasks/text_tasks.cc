#include "mizan/dataset/tasks/text_tasks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mizan/dataset/csv/scanner.h"
#include "mizan/dataset/tasks/row_json.h"
#include "mizan/dataset/text_input.h"

namespace mizan::dataset {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Whole rows of text.
struct Stretch {
  std::string text;
  std::uint64_t first_line = 1;
};

/// Cuts a stream into stretches of whole rows.
class RowCutter {
 public:
  /// @in is_csv  a line end inside quotes does not end a row
  RowCutter(ReadBytes read, std::size_t block_bytes, bool is_csv)
      : read_(std::move(read)), block_bytes_(block_bytes), is_csv_(is_csv) {}

  /// The next stretch; an empty one at the end.
  Result<Stretch> next() {
    MIZAN_CHECK_OK(fill());
    std::size_t end = is_at_end_ ? buffer_.size() : last_row_end();
    while (end == 0 && !is_at_end_) {
      if (buffer_.size() > kMaxTaskRowBytes)
        return fail(ErrorCode::unusable_row, "the row is larger than 16 MiB",
                    "line " + std::to_string(line_));
      block_bytes_ *= 2;
      MIZAN_CHECK_OK(fill());
      end = is_at_end_ ? buffer_.size() : last_row_end();
    }
    Stretch out{buffer_.substr(0, end), line_};
    buffer_.erase(0, end);
    if (line_ == 1 && out.text.starts_with(kByteOrderMark)) out.text.erase(0, kByteOrderMark.size());
    if (const std::size_t valid = valid_utf8_prefix(out.text); valid != out.text.size())
      return fail(ErrorCode::not_utf8, "the text is not UTF-8",
                  "line " + std::to_string(line_ + lines(std::string_view(out.text).substr(0, valid))),
                  "save it as UTF-8, or convert it: iconv -f latin1 -t utf-8");
    line_ += lines(out.text);
    return out;
  }

 private:
  static std::uint64_t lines(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }

  Result<void> fill() {
    while (!is_at_end_ && buffer_.size() < block_bytes_) {
      const std::size_t used = buffer_.size();
      buffer_.resize(block_bytes_);
      const auto count = read_({buffer_.data() + used, buffer_.size() - used});
      buffer_.resize(used + count.value_or(0));
      if (!count) return fail(count.error());
      is_at_end_ = *count == 0;
    }
    return {};
  }

  [[nodiscard]] std::size_t last_row_end() const {
    if (is_csv_) return last_csv_row_end();
    const std::size_t end = buffer_.rfind('\n');
    return end == std::string::npos ? 0 : end + 1;
  }

  /// As csv::Scanner: a quote opens a field only at its beginning. A doubled quote closes and opens again.
  [[nodiscard]] std::size_t last_csv_row_end() const {
    enum class At : std::uint8_t { beginning, unquoted, quoted } at = At::beginning;
    std::size_t end = 0;
    for (std::size_t i = 0; i < buffer_.size(); ++i) {
      const char c = buffer_[i];
      if (at == At::quoted) {
        if (c == '"') at = At::beginning;
      } else if (c == '"') {
        at = at == At::beginning ? At::quoted : At::unquoted;
      } else if (c == '\n') {
        end = i + 1;
        at = At::beginning;
      } else if (c == ',') {
        at = At::beginning;
      } else if (c != ' ') {
        at = At::unquoted;
      }
    }
    return end;
  }

  ReadBytes read_;
  std::size_t block_bytes_;
  bool is_csv_;
  std::string buffer_{};
  bool is_at_end_ = false;
  std::uint64_t line_ = 1;
};

class LineBlock final : public TaskBlock {
 public:
  explicit LineBlock(Stretch stretch) : stretch_(std::move(stretch)) {}

  void read_rows(const RowVisitor& visit) const override {
    std::string_view rest = stretch_.text;
    for (std::uint64_t line = stretch_.first_line; !rest.empty(); ++line) {
      const std::size_t end = rest.find('\n');
      const std::string_view text = rest.substr(0, end);
      if (text.find_first_not_of(" \t\r") != std::string_view::npos) visit(line, text);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }

 private:
  Stretch stretch_;
};

class LineSource final : public TaskSource {
 public:
  LineSource(ReadBytes read, const TaskSourceOptions& options)
      : cutter_(std::move(read), options.block_bytes, false) {}

  Result<std::unique_ptr<TaskBlock>> next() override {
    MIZAN_TRY(Stretch stretch, cutter_.next());
    if (stretch.text.empty()) return std::unique_ptr<TaskBlock>();
    return std::unique_ptr<TaskBlock>(new LineBlock(std::move(stretch)));
  }

 private:
  RowCutter cutter_;
};

class CsvBlock final : public TaskBlock {
 public:
  CsvBlock(Stretch stretch, std::shared_ptr<const std::vector<RowColumn>> columns)
      : stretch_(std::move(stretch)), columns_(std::move(columns)) {}

  void read_rows(const RowVisitor& visit) const override {
    csv::Scanner scanner(csv::Dialect{});
    RowJson json(*columns_);
    std::string buffer;
    const auto result = scanner.scan(stretch_.text, 0, stretch_.text.size(), [&](const csv::Row& row) {
      if (row.is_blank()) return;
      const std::uint64_t line = stretch_.first_line + row.line - 1;
      if (row.malformed != nullptr) return bad(visit, line, row.malformed);
      if (row.field_count != columns_->size())
        return bad(visit, line,
                   "the row has " + std::to_string(row.field_count) + " fields, the header has " +
                       std::to_string(columns_->size()));
      json.begin();
      for (std::size_t i = 0; i < row.field_count; ++i) {
        const csv::Field& field = row.fields[i];
        json.add(i, field.has_escape ? csv::unescape(field.text, buffer) : field.text);
      }
      visit(line, json.end());
    });
    if (result.status != csv::ScanEnd::complete)
      bad(visit, stretch_.first_line + result.quote_line - 1,
          "a quoted field is opened here and never closed");
  }

 private:
  static void bad(const RowVisitor& visit, std::uint64_t line, std::string message) {
    visit(line, fail(ErrorCode::malformed_csv, std::move(message), "/"));
  }

  Stretch stretch_;
  std::shared_ptr<const std::vector<RowColumn>> columns_;
};

class CsvSource final : public TaskSource {
 public:
  CsvSource(ReadBytes read, const TaskSourceOptions& options)
      : cutter_(std::move(read), options.block_bytes, true), options_(options) {}

  Result<std::unique_ptr<TaskBlock>> next() override {
    MIZAN_TRY(Stretch stretch, cutter_.next());
    if (!columns_ && !stretch.text.empty()) MIZAN_CHECK_OK(take_header(stretch));
    if (stretch.text.empty()) return std::unique_ptr<TaskBlock>();
    return std::unique_ptr<TaskBlock>(new CsvBlock(std::move(stretch), columns_));
  }

 private:
  Result<void> take_header(Stretch& stretch) {
    std::vector<std::string> names;
    std::string buffer;
    const char* malformed = nullptr;
    csv::Scanner scanner(csv::Dialect{});
    const auto result = scanner.scan(stretch.text, 0, 1, [&](const csv::Row& row) {
      malformed = row.malformed;
      for (std::size_t i = 0; i < row.field_count; ++i)
        names.emplace_back(row.fields[i].has_escape ? csv::unescape(row.fields[i].text, buffer)
                                                    : row.fields[i].text);
    });
    if (malformed != nullptr || result.status != csv::ScanEnd::complete)
      return fail(ErrorCode::malformed_csv, "the header cannot be read", "line 1");
    MIZAN_TRY(auto columns, plan_row_columns(options_, names));
    columns_ = std::make_shared<const std::vector<RowColumn>>(std::move(columns));
    stretch.text.erase(0, result.end);
    stretch.first_line += result.line_count;
    return {};
  }

  RowCutter cutter_;
  const TaskSourceOptions options_;
  std::shared_ptr<const std::vector<RowColumn>> columns_{};
};

}  // namespace

Result<std::unique_ptr<TaskSource>> open_text_tasks(ReadBytes read, const TaskSourceOptions& options) {
  if (options.format == TaskFormat::csv)
    return std::unique_ptr<TaskSource>(new CsvSource(std::move(read), options));
  return std::unique_ptr<TaskSource>(new LineSource(std::move(read), options));
}

}  // namespace mizan::dataset
