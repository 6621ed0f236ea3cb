#include "mizan/app/exports/row_export.h"

namespace mizan::app {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

}  // namespace

Result<bool> RowExport::next(std::string& piece) {
  const std::size_t begin = piece.size();
  while (!is_finished_ && piece.size() - begin < kPieceBytes) {
    MIZAN_TRY(const bool has_more, write_stretch());
    if (!has_more) {
      MIZAN_CHECK_OK(writer_->finish());
      is_finished_ = true;
    }
    piece += writer_->take();
  }
  return !is_finished_;
}

Result<dataset::RowFormat> export_format(std::string_view name) {
  const auto format = dataset::row_format_of(name);
  if (!format)
    return fail(ErrorCode::invalid_argument, "there is no such format of an export", "format",
                "one of jsonl, csv, parquet");
  return *format;
}

}  // namespace mizan::app
