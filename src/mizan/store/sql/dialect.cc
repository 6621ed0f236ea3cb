#include "mizan/store/sql/dialect.h"

#include <array>

namespace mizan::store {
namespace {

struct Macro {
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
};

// Longer names before those they begin with.
constexpr std::array kMacros{
    Macro{"IN @integers(", "IN (SELECT value FROM json_each(",
          "= ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text(("},
    Macro{"@for_update", "", "FOR UPDATE"},
    Macro{"@skip_locked", "", "FOR UPDATE SKIP LOCKED"},
    Macro{"@clustered", "STRICT, WITHOUT ROWID", ""},
    Macro{"@table", "STRICT", ""},
    Macro{"@int", "INTEGER", "BIGINT"},
    Macro{"@real", "REAL", "DOUBLE PRECISION"},
    Macro{"@text", "TEXT", "TEXT COLLATE \"C\""},
    Macro{"@blob", "BLOB", "BYTEA"},
};

class Expander {
 public:
  Expander(std::string_view text, Dialect dialect) : rest_(text), dialect_(dialect) {
    out_.reserve(text.size() + 32);
  }

  std::string run() {
    while (!rest_.empty()) step();
    return std::move(out_);
  }

 private:
  bool on_sqlite() const { return dialect_ == Dialect::sqlite; }
  bool at_line_start() const { return out_.empty() || out_.back() == '\n'; }

  void copy(std::size_t count) {
    out_ += rest_.substr(0, count);
    rest_.remove_prefix(std::min(count, rest_.size()));
  }

  std::size_t line_length() const {
    const auto end = rest_.find('\n');
    return end == std::string_view::npos ? rest_.size() : end;
  }

  void step() {
    const char c = rest_.front();
    if (c == '\'' || c == '"') return copy_quoted(c);
    if (rest_.starts_with("--")) return copy(line_length());
    if (c == '$' && on_sqlite() && rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9') {
      out_ += '?';
      return rest_.remove_prefix(1);
    }
    if (c == '@' || rest_.starts_with("IN @")) return expand_macro();
    copy(1);
  }

  void copy_quoted(char quote) {
    const auto end = rest_.find(quote, 1);
    copy(end == std::string_view::npos ? rest_.size() : end + 1);
  }

  void expand_macro() {
    if (at_line_start() && line_is_for("@sqlite ", on_sqlite())) return;
    if (at_line_start() && line_is_for("@postgres ", !on_sqlite())) return;
    for (const Macro& macro : kMacros) {
      if (!rest_.starts_with(macro.name)) continue;
      rest_.remove_prefix(macro.name.size());
      out_ += on_sqlite() ? macro.sqlite : macro.postgres;
      if (macro.name.back() == '(') close_list();
      return;
    }
    copy(1);
  }

  // Drops the marker, or the whole line when it is for the other database.
  bool line_is_for(std::string_view marker, bool wanted) {
    if (!rest_.starts_with(marker)) return false;
    rest_.remove_prefix(wanted ? marker.size() : line_length());
    return true;
  }

  // The parameter of a list macro, and the brackets that the macro has opened.
  void close_list() {
    const auto end = rest_.find(')');
    std::string_view parameter = rest_.substr(0, end);
    if (on_sqlite() && parameter.starts_with('$')) {
      out_ += '?';
      parameter.remove_prefix(1);
    }
    out_ += parameter;
    out_ += on_sqlite() ? "))" : ")::json)))";
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  }

  std::string_view rest_;
  Dialect dialect_;
  std::string out_;
};

}  // namespace

std::string expand_macros(std::string_view text, Dialect dialect) {
  return Expander(text, dialect).run();
}

}  // namespace mizan::store
