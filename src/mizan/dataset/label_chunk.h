// The rows of one part of an input, by column, with ids interned within the part. Parts are filled in
// parallel and made one table by assemble.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mizan/dataset/field_values.h"
#include "mizan/dataset/intern/key_set.h"
#include "mizan/dataset/label_table_builder.h"
#include "mizan/dataset/oddities.h"
#include "mizan/domain/label_table.h"

namespace mizan::dataset {

/// Ids longer than this are refused: such a text is no id.
inline constexpr std::size_t kMaxIdBytes = 64 << 10;
/// Where a table has suppliers, the supplier of a row that names none.
inline constexpr std::string_view kUnknownSupplier = "unknown";

/// Not thread-safe; one for each part. Views passed in with Bytes::lasting must outlive the chunk.
class LabelChunk {
 public:
  explicit LabelChunk(const TableShape& shape);

  void reserve(std::size_t rows);
  void add_row(const RowText& row, intern::Bytes bytes);
  void add_gold(std::string_view task, std::size_t question, std::string_view answer, std::uint64_t place,
                intern::Bytes bytes);
  void refuse_row(std::uint64_t place, std::string_view reason);
  /// No more rows: prepares for merging and gives back what merging does not need.
  void seal();

  OddityTally oddities;
  std::uint64_t place_count = 0;  ///< how many places (lines, rows) this part spans
  std::uint64_t row_count = 0;    ///< rows met, used or not
  bool may_hold_nul = true;       ///< false: the caller has looked, no text holds a NUL byte

 private:
  friend class Assembler;

  struct GoldRow {
    std::uint32_t task;
    std::uint16_t answer;
    std::uint64_t place;
  };
  struct QuestionPart {
    intern::KeySet classes;
    std::vector<std::uint16_t> label;  // [rows] number in classes, or kNoLabel
    intern::KeySet gold_pairs;         // (task, answer), so that a task's gold is kept once
    std::vector<GoldRow> gold;
    bool has_too_many_classes = false;
  };
  struct CurrencySeen {
    Currency currency;
    std::uint64_t place = 0;
  };

  std::string_view cleaned(std::string_view text, std::uint64_t place) {
    const bool is_clean = text.empty() || (text.front() > ' ' && text.back() > ' ');
    return is_clean ? text : trim_and_count(text, place);
  }
  bool is_usable(const RowText& row);
  // The common case is in the header: this runs three times a row.
  bool reads_as_id(std::string_view text, std::string_view what, std::uint64_t place) {
    return (!may_hold_nul && text.size() - 1 < kMaxIdBytes) || passes_as_id(text, what, place);
  }
  bool passes_as_id(std::string_view text, std::string_view what, std::uint64_t place);
  std::string_view trim_and_count(std::string_view text, std::uint64_t place);
  std::uint16_t class_of(QuestionPart& question, std::string_view text, intern::Bytes bytes);
  std::uint32_t annotator_of(const RowText& row, intern::Bytes bytes);
  std::int64_t price_of(const RowText& row);
  float seconds_of(const RowText& row);
  std::int64_t time_of(const RowText& row);
  void see_currency(Currency currency, std::uint64_t place);
  void add_gold_answer(std::size_t question, std::uint32_t task, std::string_view answer, std::uint64_t place,
                       intern::Bytes bytes);
  void pair_annotators();

  const TableShape* shape_;
  intern::KeySet tasks_;
  intern::KeySet annotators_;
  intern::KeySet suppliers_;
  intern::KeySet pairs_;  // (annotator, supplier), when the table has suppliers
  std::vector<std::uint32_t> task_;
  std::vector<std::uint32_t> annotator_;  // number in annotators_, or in pairs_
  std::vector<QuestionPart> questions_;
  std::string_view task_text_;            // of the row at hand, trimmed
  std::string_view annotator_text_;       // the same
  std::vector<std::string_view> labels_;  // [questions] of the row at hand, trimmed
  std::vector<std::int64_t> price_micros_;
  std::vector<float> seconds_;
  std::vector<std::int64_t> time_us_;
  CurrencySeen currency_;        // the first one named
  CurrencySeen other_currency_;  // the first one that differs from it
};

}  // namespace mizan::dataset
