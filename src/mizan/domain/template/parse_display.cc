#include <array>

#include "mizan/domain/template/parse_parts.h"

namespace mizan::domain {

namespace {

constexpr std::array kBlockNames = {
#define MIZAN_BLOCK_NAME(kind, meaning) std::string_view(#kind),
    MIZAN_BLOCK_KINDS(MIZAN_BLOCK_NAME)
#undef MIZAN_BLOCK_NAME
};

BlockKind read_kind(ObjectReader& reader) {
  const std::string type = reader.word("type",
                                       {
#define MIZAN_BLOCK_WORD(kind, meaning) #kind,
                                           MIZAN_BLOCK_KINDS(MIZAN_BLOCK_WORD)
#undef MIZAN_BLOCK_WORD
                                       },
                                       "");
  for (std::size_t i = 0; i < kBlockNames.size(); ++i)
    if (kBlockNames[i] == type) return static_cast<BlockKind>(i);
  return BlockKind::text;
}

void read_content(ObjectReader& reader, DisplayBlock& block) {
  const bool may_be_fixed = block.kind == BlockKind::text || block.kind == BlockKind::markdown;
  if (!may_be_fixed || !reader.has("content")) {
    block.path = reader.path("path", true);
    block.is_optional = reader.flag("optional", false);
    return;
  }
  block.content = reader.text("content", {.is_needed = true, .max_length = 100'000});
  if (reader.has("path"))
    reader.complaint().say(reader.where("content"), "a block has either 'path' or 'content', not both");
}

void read_blocks(ObjectReader& reader, DisplayBlock& block) {
  reader.each("blocks", {.min = 2, .max = 4, .is_needed = true},
              [&](const boost::json::value& value, const std::string& where) {
                block.blocks.push_back(parse_block(value, where, reader.complaint()));
                if (block.blocks.back().kind == BlockKind::side_by_side)
                  reader.complaint().say(where, "side_by_side cannot stand inside side_by_side");
              });
}

}  // namespace

std::string_view block_kind_name(BlockKind kind) {
  return kBlockNames[static_cast<std::size_t>(kind)];
}

DisplayBlock parse_block(const boost::json::value& value, const std::string& where, Complaint& complaint) {
  ObjectReader reader(value, where, complaint);
  DisplayBlock block;
  block.kind = read_kind(reader);
  block.title = reader.text("title");
  if (block.kind == BlockKind::side_by_side) {
    // The depth of recursion is that of the JSON, which its parser bounds.
    read_blocks(reader, block);
  } else {
    read_content(reader, block);
  }
  if (block.kind == BlockKind::table)
    block.columns = reader.texts("columns", {.min = 1, .max = 200}, {.is_needed = true, .max_length = 200});
  reader.finish();
  return block;
}

}  // namespace mizan::domain
