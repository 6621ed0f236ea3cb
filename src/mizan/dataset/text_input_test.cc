#include "mizan/dataset/text_input.h"

#include <string>

#include <gtest/gtest.h>

namespace mizan::dataset {
namespace {

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
  } else if (code < 0x10000) {
    text += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
             static_cast<char>(0x80 | (code & 63))};
  } else {
    text += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
             static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
  }
}

TEST(Utf8, every_code_point_but_surrogates_is_valid) {
  for (std::uint32_t code = 0; code <= 0x110000; ++code) {
    std::string text;
    append_utf8(text, code);
    const bool is_character = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    ASSERT_EQ(valid_utf8_prefix(text), is_character ? text.size() : 0) << code;
  }
}

TEST(Utf8, long_forms_cut_characters_and_stray_bytes_are_found_wherever_they_stand) {
  for (const std::string bad :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\x80", "\xBF", "\xC3", "\xE2\x82",
        "\xF0\x9F\x98", "\xFE", "\xFF", "\xC3\x28", "\xE2\x28\xA1"})
    for (std::size_t before = 0; before < 200; before += 3) {
      const std::string text = std::string(before, 'a') + bad + std::string(100, 'z');
      ASSERT_EQ(valid_utf8_prefix(text), before) << before;
    }
}

TEST(Utf8, a_character_across_the_blocks_of_a_parallel_check_is_whole) {
  ThreadPool pool(4);
  for (std::size_t before = (1 << 20) - 4; before < (1 << 20) + 4; ++before) {
    const std::string text = std::string(before, 'a') + "😀" + std::string(1 << 20, 'z');
    ASSERT_TRUE(text_of(Input::of_bytes(text), pool));
    ASSERT_FALSE(text_of(Input::of_bytes(text.substr(0, before + 2)), pool));
  }
}

}  // namespace
}  // namespace mizan::dataset
