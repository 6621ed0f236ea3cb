#include "mizan/dataset/label_table_builder.h"

#include <algorithm>
#include <utility>

#include "mizan/base/assert.h"
#include "mizan/dataset/assemble.h"
#include "mizan/dataset/label_chunk.h"

namespace mizan::dataset {

// Rows go into parts of a fixed size, so that merging them has something to do in parallel.
struct LabelTableBuilder::State {
  static constexpr std::uint64_t kRowsPerPart = 64 << 10;

  explicit State(TableShape table_shape) : shape(std::move(table_shape)) { begin_part(); }

  LabelChunk& part() {
    if (parts.back()->row_count >= kRowsPerPart) begin_part();
    return *parts.back();
  }
  void begin_part() {
    if (!parts.empty()) parts.back()->seal();
    parts.push_back(std::make_unique<LabelChunk>(shape));
  }

  TableShape shape;
  std::vector<std::unique_ptr<LabelChunk>> parts;
};

LabelTableBuilder::LabelTableBuilder(TableShape shape) : state_(std::make_unique<State>(std::move(shape))) {
  MIZAN_ASSERT(!state_->shape.questions.empty());
}
LabelTableBuilder::~LabelTableBuilder() = default;
LabelTableBuilder::LabelTableBuilder(LabelTableBuilder&&) noexcept = default;
LabelTableBuilder& LabelTableBuilder::operator=(LabelTableBuilder&&) noexcept = default;

void LabelTableBuilder::add_row(const RowText& row) {
  state_->part().add_row(row, intern::Bytes::fleeting);
}

void LabelTableBuilder::add_gold(std::string_view task, std::size_t question, std::string_view answer,
                                 std::uint64_t place) {
  state_->part().add_gold(task, question, answer, place, intern::Bytes::fleeting);
}

void LabelTableBuilder::refuse_row(std::uint64_t place, std::string_view reason) {
  state_->part().refuse_row(place, reason);
}

void LabelTableBuilder::note(OddityCode code, std::uint64_t place, std::string_view text) {
  state_->part().oddities.note(code, place, text);
}

Result<ReadOutcome> LabelTableBuilder::finish(ThreadPool& pool, const ReadOptions& options,
                                              const std::string& name, std::string_view place_word) && {
  state_->parts.back()->seal();
  const AssembleOptions assembling{.name = name,
                                   .place_word = std::string(place_word),
                                   .currency = options.currency,
                                   .is_strict = options.strict};
  // The parts' places are those of the whole input already: place_count is 0 throughout.
  return assemble(pool, state_->shape, std::move(state_->parts), assembling);
}

}  // namespace mizan::dataset
