#include "mizan/cli/terminal.h"

#include <gtest/gtest.h>

namespace mizan::cli {
namespace {

TEST(Terminal, width_counts_columns_and_not_bytes) {
  EXPECT_EQ(display_width("ميزان"), 5U);
  EXPECT_EQ(display_width("é…"), 2U);
  EXPECT_EQ(display_width("漢字"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(Terminal, ids_cannot_move_the_cursor_or_turn_the_line_round) {
  EXPECT_EQ(fitted("a\x1b[2Jb\n", 20), "a?[2Jb?");
  EXPECT_EQ(fitted("x\u202Ey", 20), "x?y");
  EXPECT_EQ(fitted("abcdefgh", 5), "abcd…");
  EXPECT_EQ(fitted("abcde", 5), "abcde");
}

TEST(Terminal, text_is_wrapped_at_spaces) {
  EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrapped("overlongword x", 4, 0), "overlongword\nx");
}

TEST(Terminal, columns_are_aligned_in_any_script) {
  TextTable table({TextTable::Align::left, TextTable::Align::right});
  table.add({"who", "n"});
  table.add({"ميزان", "12"});
  EXPECT_EQ(table.text(Terminal{}, 1), " who     n\n ميزان  12\n");
}

}  // namespace
}  // namespace mizan::cli
