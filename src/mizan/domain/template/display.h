// How a task is shown: blocks that show parts of its payload, from top to bottom. Pure values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mizan::domain {

// X(kind as it is written, what it shows)
#define MIZAN_BLOCK_KINDS(X)                                         \
  X(text, "plain text, as it is")                                    \
  X(markdown, "GitHub-flavoured Markdown with code and mathematics") \
  X(chat, "messages with roles and tool calls")                      \
  X(image, "a picture, by address")                                  \
  X(audio, "a recording, by address")                                \
  X(video, "a film, by address")                                     \
  X(pdf, "a PDF document, by address")                               \
  X(table, "an array of objects or of arrays, as rows")              \
  X(html, "HTML, in a sandbox")                                      \
  X(side_by_side, "two to four blocks beside each other")

enum class BlockKind : std::uint8_t {
#define MIZAN_BLOCK_ENUM(kind, meaning) kind,
  MIZAN_BLOCK_KINDS(MIZAN_BLOCK_ENUM)
#undef MIZAN_BLOCK_ENUM
};

/// The spelling in a template: "side_by_side".
[[nodiscard]] std::string_view block_kind_name(BlockKind kind);

/// Invariant: a side_by_side has 2 to 4 blocks that are not side_by_side themselves, and no path; every other
/// block has either a path or (text and markdown only) fixed content.
struct DisplayBlock {
  BlockKind kind = BlockKind::text;
  std::string title{};
  std::string path{};                  ///< JSON pointer into the payload (RFC 6901): "/messages/0/content"
  std::string content{};               ///< fixed text, the same for every task
  bool is_optional = false;            ///< a payload without the path is fine: the block is left out
  std::vector<std::string> columns{};  ///< table: which columns, in this order; empty = all
  std::vector<DisplayBlock> blocks{};  ///< side_by_side
};

}  // namespace mizan::domain
