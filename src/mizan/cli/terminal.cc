#include "mizan/cli/terminal.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace mizan::cli {
namespace {

// The code point at `at` and how many bytes it takes; a broken byte counts as one character.
struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;
};
CodePoint code_point(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (bytes == 1 || at + bytes > text.size()) return {lead, 1};
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i)
    value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return {value, bytes};
}

std::size_t columns_of(std::uint32_t c) {
  const auto within = [c](std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; };
  if (within(0x300, 0x36F) || within(0x610, 0x61A) || within(0x64B, 0x65F) || within(0x200B, 0x200F) ||
      within(0x202A, 0x202E) || within(0x2066, 0x2069) || within(0xFE00, 0xFE0F))
    return 0;
  if (within(0x1100, 0x115F) || within(0x2E80, 0xA4CF) || within(0xAC00, 0xD7A3) || within(0xF900, 0xFAFF) ||
      within(0xFF00, 0xFF60) || within(0x1F300, 0x1FAFF) || within(0x20000, 0x3FFFD))
    return 2;
  return 1;
}

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

Terminal Terminal::of(std::FILE* stream) {
  Terminal terminal;
  terminal.is_terminal = isatty(fileno(stream)) == 1;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  terminal.has_colour = terminal.is_terminal && (no_colour == nullptr || *no_colour == '\0') &&
                        kind != nullptr && std::string_view(kind) != "dumb";
  winsize size{};
  if (terminal.is_terminal && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    terminal.width = std::clamp<std::size_t>(size.ws_col, 60, 140);
  return terminal;
}

std::string Terminal::styled(std::string_view text, Style style) const {
  if (!has_colour || style == Style::plain) return std::string(text);
  const char* code = style == Style::bold     ? "1"
                     : style == Style::dim    ? "2"
                     : style == Style::accent ? "36"
                     : style == Style::good   ? "32"
                                              : "33";
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    width += columns_of(c.value);
    at += c.bytes;
  }
  return width;
}

std::string fitted(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  const bool fits = display_width(text) <= width;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point(text, at);
    const std::size_t columns = is_control(c.value) ? 1 : columns_of(c.value);
    if (!fits && used + columns + 1 > width) return out + "…";
    out += is_control(c.value) ? "?" : std::string(text.substr(at, c.bytes));
    used += columns;
    at += c.bytes;
  }
  return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, space - at);
    const std::size_t columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      out += "\n" + std::string(indent, ' ');
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns;
    at = space + 1;
  }
  return out;
}

std::string TextTable::text(const Terminal& terminal, std::size_t indent) const {
  std::vector<std::size_t> widths(aligns_.size(), 0);
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], display_width(row[c]));
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < rows_[r].size(); ++c) {
      const std::string padding(widths[c] - display_width(rows_[r][c]), ' ');
      if (c > 0) line += "  ";
      line += aligns_[c] == Align::right ? padding + rows_[r][c] : rows_[r][c] + padding;
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += std::string(indent, ' ') + terminal.styled(line, r == 0 ? Style::dim : Style::plain) + "\n";
  }
  return out;
}

}  // namespace mizan::cli
