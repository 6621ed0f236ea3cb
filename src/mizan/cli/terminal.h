// What kind of terminal stands behind an output, and text that is aligned on it.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace mizan::cli {

enum class Style { plain, bold, dim, accent, good, bad };

/// How to write on one stream. Colours only on a terminal, never when NO_COLOR is set.
struct Terminal {
  bool is_terminal = false;
  bool has_colour = false;
  std::size_t width = 100;

  [[nodiscard]] static Terminal of(std::FILE* stream);
  [[nodiscard]] std::string styled(std::string_view text, Style style) const;
};

/// How many columns UTF-8 text takes on a terminal; combining marks take none, East Asian wide characters
/// two.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// Cut to `width` columns with an ellipsis; control characters become '?', so an id cannot move the cursor.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);
/// Broken at spaces into lines of at most `width` columns; later lines begin with `indent` spaces.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Rows of cells in columns as wide as their widest cell.
class TextTable {
 public:
  enum class Align { left, right };
  explicit TextTable(std::vector<Align> aligns) : aligns_(std::move(aligns)) {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Every row on a line of its own after `indent` spaces; the first row, the heading, in dim style.
  [[nodiscard]] std::string text(const Terminal& terminal, std::size_t indent) const;

 private:
  std::vector<Align> aligns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace mizan::cli
