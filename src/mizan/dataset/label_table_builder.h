// Builds a LabelTable row by row: for readers whose input is not a plain table (nested JSON and the like).
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/oddities.h"
#include "mizan/dataset/read_labels.h"

namespace mizan::dataset {

inline constexpr std::int64_t kUnknownPrice = -1;
inline constexpr std::int64_t kUnknownTime = std::numeric_limits<std::int64_t>::min();
inline constexpr float kUnknownSeconds = std::numeric_limits<float>::quiet_NaN();

/// One row as it was found. Texts are trimmed; an empty text is "not there". Views are needed during the call
/// only. Of a price, seconds or a time, either the text or the value is given; the text wins.
struct RowText {
  std::string_view task{};
  std::string_view annotator{};
  std::string_view supplier{};
  std::span<const std::string_view> labels{};  ///< one a question; shorter = the rest is not answered
  std::span<const std::string_view> gold{};    ///< one a question, or none
  std::string_view price{};
  std::string_view seconds{};
  std::string_view time{};
  std::int64_t price_micros = kUnknownPrice;
  float seconds_value = kUnknownSeconds;
  std::int64_t time_us = kUnknownTime;
  std::uint64_t place = 0;  ///< line, row or record number, 1-based; 0 = none
};

/// What a table will hold. Optional columns that are not asked for stay empty, whatever rows say.
struct TableShape {
  std::vector<std::string> questions{"label"};
  bool has_supplier = false;
  bool has_price = false;
  bool has_seconds = false;
  bool has_time = false;
  double seconds_scale = 1;  ///< RowText::seconds is multiplied by it
};

/// Not thread-safe. A row without a task, an annotator or any label is refused and counted as unusable_row.
class LabelTableBuilder {
 public:
  explicit LabelTableBuilder(TableShape shape);
  ~LabelTableBuilder();
  LabelTableBuilder(LabelTableBuilder&&) noexcept;
  LabelTableBuilder& operator=(LabelTableBuilder&&) noexcept;

  void add_row(const RowText& row);
  /// The right answer of a task to one question; the task need not have labels.
  void add_gold(std::string_view task, std::size_t question, std::string_view answer,
                std::uint64_t place = 0);
  /// A row (record, annotation) that the reader itself refuses.
  void refuse_row(std::uint64_t place, std::string_view reason);
  void note(OddityCode code, std::uint64_t place, std::string_view text);

  /// The table, checked, with sorted classes, and the oddities; columns, format and byte_count are the
  /// caller's.
  /// @in     options     strict and currency are looked at
  /// @in     name        of the input, for messages
  /// @in     place_word  what a place counts: "line", "record", "annotation"
  /// @errors no_usable_rows, too_many_classes, bad_number (prices in two currencies); with strict the first
  ///         oddity that loses something
  [[nodiscard]] Result<ReadOutcome> finish(ThreadPool& pool, const ReadOptions& options,
                                           const std::string& name, std::string_view place_word) &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::dataset
