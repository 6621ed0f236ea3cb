// Cuts delimited text (RFC 4180) into rows and fields.
//
// A quote opens a quoted field only at the beginning of a field (blanks before it are forgiven); inside a
// quoted field a doubled quote is one quote, and delimiters and line ends are text. A quote elsewhere in an
// unquoted field is an ordinary character. Text after a closing quote makes the row malformed: it is handed
// over with the reason, and reading goes on behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/dataset/csv/dialect.h"

namespace mizan::csv {

/// A quoted field longer than this has in all likelihood lost its closing quote.
inline constexpr std::size_t kMaxFieldBytes = 16 << 20;
/// Looking further back at every quote of a long field would be quadratic.
inline constexpr std::size_t kMaxBlanksBeforeQuote = 8;

struct Field {
  std::string_view text;    ///< without the enclosing quotes
  bool has_escape = false;  ///< holds doubled quotes: see unescape()
};

/// The field's text with doubled quotes made one, in `buffer`.
[[nodiscard]] std::string_view unescape(std::string_view text, std::string& buffer);

struct Row {
  const Field* fields;
  std::size_t field_count;
  std::uint64_t line;     ///< 1-based, counted from where the scan began; of the row's first line
  const char* malformed;  ///< nullptr, or why the row cannot be trusted
  [[nodiscard]] bool is_blank() const {
    return field_count == 1 && fields[0].text.find_first_not_of(" \t") == std::string_view::npos;
  }
};

enum class ScanEnd : std::uint8_t { complete, unclosed_quote, long_field };

struct ScanResult {
  std::size_t end = 0;           ///< where the next row begins
  std::uint64_t line_count = 0;  ///< line ends passed
  ScanEnd status = ScanEnd::complete;
  std::uint64_t quote_line = 0;  ///< of the quote that was not closed, as Row::line
};

/// One scan of one stretch of text. Not thread-safe; reusable for the next stretch.
class Scanner {
 public:
  explicit Scanner(Dialect dialect) : dialect_(dialect) {}

  /// Calls on_row(const Row&) for each row that begins in [begin, end) of `text`; the last one may run on
  /// behind `end`. `begin` must be the beginning of a row. Reads nothing outside `text`.
  template <class OnRow>
  ScanResult scan(std::string_view text, std::size_t begin, std::size_t end, OnRow&& on_row);

 private:
  enum class State : std::uint8_t { unquoted, quoted, closed };

  struct Cursor {
    std::string_view text;
    std::size_t field_begin = 0;  // of the content: behind the opening quote of a quoted field
    std::size_t content_end = 0;  // of a closed field: where its closing quote stands
    std::size_t skip = 0;         // the second of two doubled quotes stands here
    std::uint64_t line = 1;
    std::uint64_t row_line = 1;
    std::uint64_t quote_line = 0;
    State state = State::unquoted;
    bool has_escape = false;
    const char* malformed = nullptr;
  };

  void end_field(Cursor& at, std::size_t position);
  void meet_quote(Cursor& at, std::size_t position);
  // Whether the line end at `position` ends a row.
  bool meet_newline(Cursor& at, std::size_t position);
  [[nodiscard]] static ScanResult broken(const Cursor& at, ScanEnd status);

  Dialect dialect_;
  std::vector<Field> fields_;
};

/// Bit i = whether bytes[i] is one of the three; 64 bytes are read.
[[nodiscard]] std::uint64_t special_mask(const char* bytes, char a, char b, char c);

[[nodiscard]] inline bool is_all_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

// In the header, since they are called at every delimiter.
inline void Scanner::end_field(Cursor& at, std::size_t position) {
  if (at.state == State::closed) {
    if (!is_all_blank(at.text.substr(at.content_end + 1, position - at.content_end - 1)))
      at.malformed = "there is text behind a closing quote";
    fields_.push_back({at.text.substr(at.field_begin, at.content_end - at.field_begin), at.has_escape});
  } else {
    fields_.push_back({at.text.substr(at.field_begin, position - at.field_begin), false});
  }
  at.field_begin = position + 1;
  at.state = State::unquoted;
  at.has_escape = false;
}

inline void Scanner::meet_quote(Cursor& at, std::size_t position) {
  if (position == at.skip) return;
  if (at.state == State::quoted) {
    if (position + 1 < at.text.size() && at.text[position + 1] == '"') {
      at.skip = position + 1;
      at.has_escape = true;
    } else {
      at.content_end = position;
      at.state = State::closed;
    }
  } else if (at.state == State::unquoted && position - at.field_begin <= kMaxBlanksBeforeQuote &&
             is_all_blank(at.text.substr(at.field_begin, position - at.field_begin))) {
    at.field_begin = position + 1;
    at.quote_line = at.line;
    at.state = State::quoted;
  }
}

inline bool Scanner::meet_newline(Cursor& at, std::size_t position) {
  ++at.line;
  if (at.state == State::quoted) return false;
  const bool cuts_return =
      dialect_.newline == '\n' && position > at.field_begin && at.text[position - 1] == '\r';
  end_field(at, position);
  // A closed field ends at its quote, whatever blanks follow it.
  Field& last = fields_.back();
  if (cuts_return && last.text.data() + last.text.size() == at.text.data() + position)
    last.text.remove_suffix(1);
  return true;
}

template <class OnRow>
ScanResult Scanner::scan(std::string_view text, std::size_t begin, std::size_t end, OnRow&& on_row) {
  Cursor at{.text = text, .field_begin = begin, .skip = text.size()};
  fields_.clear();
  const auto finish_row = [&] {
    on_row(Row{fields_.data(), fields_.size(), at.row_line, at.malformed});
    fields_.clear();
    at.malformed = nullptr;
    at.row_line = at.line;
  };
  char tail[64] = {};
  for (std::size_t block = begin; block < text.size(); block += 64) {
    const std::size_t left = text.size() - block;
    const char* bytes = text.data() + block;
    if (left < 64) {
      text.copy(tail, left, block);
      bytes = tail;
    }
    std::uint64_t mask = special_mask(bytes, dialect_.delimiter, dialect_.newline, '"');
    if (left < 64) mask &= (1ULL << left) - 1;
    while (mask != 0) {
      const std::size_t position = block + static_cast<std::size_t>(__builtin_ctzll(mask));
      mask &= mask - 1;
      const char c = text[position];
      if (c == '"') {
        meet_quote(at, position);
      } else if (c == dialect_.delimiter) {
        if (at.state != State::quoted) end_field(at, position);
      } else if (meet_newline(at, position)) {
        finish_row();
        if (position + 1 >= end) return {position + 1, at.line - 1};
      }
    }
    if (at.state == State::quoted && block > at.field_begin && block - at.field_begin > kMaxFieldBytes)
      return broken(at, ScanEnd::long_field);
  }
  if (at.state == State::quoted) return broken(at, ScanEnd::unclosed_quote);
  if (at.field_begin < text.size() || !fields_.empty() || at.state == State::closed) {
    end_field(at, text.size());
    ++at.line;
    finish_row();
  }
  return {text.size(), at.line - 1};
}

}  // namespace mizan::csv
