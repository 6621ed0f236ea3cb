#include "support/broken_files.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include <unistd.h>

#include "mizan/dataset/write/table.h"
#include "support/gzip_of.h"

namespace mizan::test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

const std::string kGoodLabels =
    "task,annotator,label,supplier\nt1,ann,yes,crowd\nt1,bob,no,experts\nt2,ann,no,crowd\nt2,bob,no,"
    "experts\n";
const std::string kHeader = "task,annotator,label\n";

/// A sound Parquet file of one column.
std::string parquet_of(const std::string& column) {
  const auto path =
      std::filesystem::temp_directory_path() / ("mizan-broken-" + std::to_string(::getpid()) + ".parquet");
  std::filesystem::remove(path);
  const std::vector<std::string> texts{"a", "b"};
  auto sink = dataset::FileSink::create(path.string());
  if (!sink || !dataset::append_parquet(*sink, {{{column, dataset::TextCells{texts}}}}) || !sink->finish())
    return {};
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return bytes;
}

std::string utf16(const std::string& ascii, bool is_big_endian) {
  std::string text = is_big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) text += is_big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return text;
}

std::string many_classes(std::size_t count) {
  std::string text = kHeader;
  for (std::size_t i = 0; i < count; ++i)
    text += "t" + std::to_string(i) + ",ann,class" + std::to_string(i) + "\n";
  return text;
}

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

std::string junk() {
  std::string bytes;
  std::uint32_t state = 12345;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

using Rows = std::vector<BrokenFile>;

Rows text_files() {
  return {
      {"empty", "labels.csv", "", ErrorCode::empty_input, "labels.csv"},
      {"blank_lines_only", "labels.csv", "\n\n  \n", ErrorCode::empty_input, "labels.csv"},
      {"header_only", "labels.csv", kHeader, ErrorCode::no_usable_rows, "labels.csv"},
      {"no_task_column", "labels.csv", "colour,annotator,label\nx,ann,yes\n", ErrorCode::missing_column,
       ":1"},
      {"no_annotator_column", "labels.csv", "task,colour,label\nt1,x,yes\n", ErrorCode::missing_column, ":1"},
      {"no_label_column", "labels.csv", "task,annotator,colour\nt1,ann,x\n", ErrorCode::missing_column, ":1"},
      {"two_task_columns", "labels.csv", "task,item,annotator,label\n1,2,ann,x\n",
       ErrorCode::ambiguous_column, ":1"},
      {"two_columns_of_one_name", "labels.csv", "task,annotator,label,label\n1,ann,x,y\n",
       ErrorCode::duplicate_column, ":1"},
      {"one_column_for_each_annotator", "labels.csv", "task,rater_1,rater_2\nt1,x,y\n",
       ErrorCode::missing_column, ":1"},
      {"unclosed_quote", "labels.csv", kHeader + "t1,ann,yes\nt2,\"ann,no\nt3,ann,yes\n",
       ErrorCode::malformed_csv, ":3"},
      {"unclosed_quote_in_header", "labels.csv", "task,\"annotator,label\nt1,ann,yes\n",
       ErrorCode::malformed_csv, ":1"},
      {"text_after_a_quote", "labels.csv", kHeader + "t1,ann,yes\nt2,\"bob\"x,no\n", ErrorCode::unusable_row,
       ":3", BrokenPart::labels, true},
      {"ragged_row", "labels.csv", kHeader + "t1,ann,yes\nt2,bob\n", ErrorCode::unusable_row, ":3",
       BrokenPart::labels, true},
      {"ragged_rows_only", "labels.csv", kHeader + "t1,ann\nt2,bob\n", ErrorCode::no_usable_rows,
       "labels.csv"},
      {"row_without_annotator", "labels.csv", kHeader + "t1,ann,yes\nt2,,no\n", ErrorCode::unusable_row, ":3",
       BrokenPart::labels, true},
      {"latin_1", "labels.csv", kHeader + "t1,ann,yes\nt2,Jos\xE9,no\n", ErrorCode::not_utf8, ":3"},
      {"utf_16_little_endian", "labels.csv", utf16(kHeader + "t1,ann,yes\n", false), ErrorCode::not_utf8,
       "labels.csv"},
      {"utf_16_big_endian", "labels.csv", utf16(kHeader + "t1,ann,yes\n", true), ErrorCode::not_utf8,
       "labels.csv"},
      {"zero_bytes", "labels.csv", kHeader + repeated("t1,ann,y\0\0\0\n"sv, 3), ErrorCode::no_usable_rows,
       "labels.csv"},
      {"random_bytes", "labels.csv", junk(), ErrorCode::not_utf8, ":1"},
      {"very_long_field", "labels.csv",
       kHeader + "t1,ann,yes\nt2,\"" + std::string((17U << 20U), 'x') + "\",no\n", ErrorCode::malformed_csv,
       ":3"},
      {"too_many_classes", "labels.csv", many_classes(5000), ErrorCode::too_many_classes, "labels.csv"},
      {"one_class_only", "labels.csv", kHeader + "t1,ann,yes\nt2,bob,yes\n", ErrorCode::too_few_classes,
       "labels.csv", BrokenPart::labels, false, RefusedBy::audit},
      {"two_currencies", "labels.csv",
       "task,annotator,label,price\nt1,ann,yes,$1\nt2,ann,no,2 \xE2\x82\xAC\n", ErrorCode::bad_number, ":3"},
      {"infinite_price", "labels.csv", "task,annotator,label,price\nt1,ann,yes,1\nt2,ann,no,inf\n",
       ErrorCode::bad_number, ":3", BrokenPart::labels, true},
      {"negative_price", "labels.csv", "task,annotator,label,price\nt1,ann,yes,1\nt2,ann,no,-2\n",
       ErrorCode::bad_number, ":3", BrokenPart::labels, true},
      {"tabs_without_labels", "labels.tsv", "task\tannotator\nt1\tann\n", ErrorCode::missing_column, ":1"},
  };
}

Rows packed_files() {
  const std::string packed = gzip_of(kGoodLabels + repeated("t3,ann,yes,crowd\n", 2000));
  const std::string parquet = parquet_of("colour");
  return {
      {"gzip_cut_short", "labels.csv.gz", packed.substr(0, packed.size() / 2),
       ErrorCode::malformed_compression, "labels.csv.gz"},
      {"gzip_of_nothing", "labels.csv.gz", gzip_of(""), ErrorCode::empty_input, "labels.csv.gz"},
      {"gzip_damaged", "labels.csv.gz", packed.substr(0, 12) + "\xFF\xFF\xFF\xFF" + packed.substr(16),
       ErrorCode::malformed_compression, "labels.csv.gz"},
      {"zstd_damaged", "labels.csv.zst", "\x28\xB5\x2F\xFD\x24\x05oops, this is not zstd",
       ErrorCode::malformed_compression, "labels.csv.zst"},
      {"zstd_cut_short", "labels.csv.zst", "\x28\xB5\x2F\xFD", ErrorCode::malformed_compression,
       "labels.csv.zst"},
      {"parquet_cut_short", "labels.parquet", parquet.substr(0, parquet.size() - 9),
       ErrorCode::malformed_parquet, "labels.parquet"},
      {"parquet_of_four_bytes", "labels.parquet", "PAR1", ErrorCode::malformed_parquet, "labels.parquet"},
      {"parquet_without_the_columns", "labels.parquet", parquet, ErrorCode::missing_column, "labels.parquet"},
      {"arrow_file_cut_short", "labels.arrow", "ARROW1\0\0\x10\x02"s, ErrorCode::malformed_parquet,
       "labels.arrow"},
      {"excel_workbook", "labels.xlsx", "PK\x03\x04rest of a workbook", ErrorCode::unsupported_format,
       "labels.xlsx"},
      {"sqlite_database", "labels.db", "SQLite format 3\0"s, ErrorCode::unsupported_format, "labels.db"},
  };
}

Rows json_files() {
  const std::string row = R"({"task":"t1","annotator":"ann","label":"yes"})";
  return {
      {"json_cut_short", "labels.json", "[" + row + ",\n{\"task\":", ErrorCode::malformed_json, ":2"},
      {"json_of_numbers", "labels.json", "[1,2,3]", ErrorCode::malformed_json, ":1"},
      {"json_nested_too_deep", "labels.json", "[{\"task\":" + std::string(5000, '['),
       ErrorCode::malformed_json, ":1"},
      {"json_lines_with_a_bad_line", "labels.jsonl", row + "\n{\"task\":t2}\n", ErrorCode::unusable_row, ":2",
       BrokenPart::labels, true},
      {"json_lines_without_a_label", "labels.jsonl", "{\"task\":\"t1\",\"annotator\":\"ann\"}\n",
       ErrorCode::missing_column, "labels.jsonl"},
      {"json_lines_in_latin_1", "labels.jsonl", row + "\n{\"task\":\"t\xE9\"}\n", ErrorCode::not_utf8, ":2"},
      {"label_studio_without_annotations", "tasks.json", R"([{"id":1,"data":{"text":"x"},"annotations":[]}])",
       ErrorCode::no_usable_rows, "tasks.json"},
      {"label_studio_of_free_text", "tasks.json",
       R"([{"id":1,"data":{},"annotations":[{"completed_by":1,"result":[{"from_name":"t","type":"textarea","value":{"text":["x"]}}]}]}])",
       ErrorCode::missing_column, "tasks.json"},
      {"label_studio_cut_short", "tasks.json",
       "[\n{\"id\":1,\"data\":{},\"annotations\":[{\"completed_by\":1", ErrorCode::malformed_json, ":2"},
      {"argilla_without_responses", "records.json", R"([{"id":"r","fields":{"text":"x"},"responses":{}}])",
       ErrorCode::no_usable_rows, "records.json"},
      {"argilla_of_rankings", "records.json",
       R"([{"id":"r","fields":{},"responses":{"q":[{"value":[{"rank":1}],"user_id":"u"}]}}])",
       ErrorCode::missing_column, "records.json"},
      {"toloka_without_output", "assignments.tsv", "INPUT:image\tASSIGNMENT:worker_id\na.jpg\tw1\n",
       ErrorCode::missing_column, ":1"},
      {"mturk_without_answers", "batch.csv", "HITId,WorkerId,Reward\nh1,w1,$0.05\n",
       ErrorCode::missing_column, ":1"},
      {"mturk_with_an_unclosed_quote", "batch.csv", "HITId,WorkerId,Answer.q\nh1,w1,yes\nh1,w2,\"no\n",
       ErrorCode::malformed_csv, ":3"},
  };
}

Rows files_beside() {
  const auto part = BrokenPart::suppliers;
  return {
      {"suppliers_of_nobody", "suppliers.csv", "annotator,supplier\nnobody,x\n", ErrorCode::bad_suppliers,
       "suppliers.csv", part},
      {"suppliers_in_conflict", "suppliers.csv", "annotator,supplier\nann,x\nbob,y\nann,y\n",
       ErrorCode::bad_suppliers, ":4", part},
      {"suppliers_without_the_column", "suppliers.csv", "annotator,colour\nann,x\n", ErrorCode::bad_suppliers,
       ":1", part},
      {"suppliers_of_unknown_kind", "suppliers.csv", "annotator,supplier,kind\nann,x,robot\n",
       ErrorCode::bad_suppliers, ":2", part},
      {"suppliers_empty", "suppliers.csv", "", ErrorCode::empty_input, "suppliers.csv", part},
      {"gold_of_unknown_tasks", "gold.csv", "task,answer\nt9,yes\n", ErrorCode::bad_gold, "gold.csv",
       BrokenPart::gold},
      {"gold_of_unknown_classes", "gold.csv", "task,answer\nt1,maybe\n", ErrorCode::bad_gold, "gold.csv",
       BrokenPart::gold},
      {"gold_without_answers", "gold.csv", "task,answer\nt1,yes\nt2,\n", ErrorCode::bad_gold, ":3",
       BrokenPart::gold},
      {"gold_of_an_unknown_question", "gold.csv", "task,answer,question\nt1,yes,mood\n", ErrorCode::bad_gold,
       ":2", BrokenPart::gold},
      {"gold_header_only", "gold.csv", "task,answer\n", ErrorCode::bad_gold, "gold.csv", BrokenPart::gold},
      {"price_infinite", "", "crowd=inf", ErrorCode::bad_number, "--price", BrokenPart::price},
      {"price_not_a_number", "", "crowd=nan", ErrorCode::bad_number, "--price", BrokenPart::price},
      {"price_of_an_unknown_supplier", "", "nobody=1", ErrorCode::not_found, "--price", BrokenPart::price},
      {.name = "folder_instead_of_file",
       .file_name = {},
       .bytes = {},
       .code = ErrorCode::file_unreadable,
       .where = "",
       .path = "."},
      {.name = "missing_file",
       .file_name = {},
       .bytes = {},
       .code = ErrorCode::file_not_found,
       .where = "/no-such-file.csv",
       .path = "no-such-file.csv"},
      {.name = "missing_folder",
       .file_name = {},
       .bytes = {},
       .code = ErrorCode::file_not_found,
       .where = "/no/such.csv",
       .path = "no/such.csv"},
      // Reading it fails even for root, who may read every ordinary file.
      {.name = "unreadable_file",
       .file_name = {},
       .bytes = {},
       .code = ErrorCode::file_unreadable,
       .where = "/proc/self/mem",
       .path = "/proc/self/mem"},
  };
}

Rows all_rows() {
  Rows rows;
  for (Rows part : {text_files(), packed_files(), json_files(), files_beside()})
    rows.insert(rows.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  return rows;
}

std::string save(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

}  // namespace

const std::vector<BrokenFile>& broken_files() {
  static const Rows rows = all_rows();
  return rows;
}

BrokenInput lay_out(const BrokenFile& broken, const std::filesystem::path& folder) {
  BrokenInput input;
  if (broken.path) {
    input.labels = (*broken.path == "." ? folder : folder / *broken.path).string();
  } else if (broken.part == BrokenPart::labels) {
    input.labels = save(folder / broken.file_name, broken.bytes);
  } else {
    input.labels = save(folder / "good.csv", kGoodLabels);
  }
  if (broken.part == BrokenPart::suppliers) input.suppliers = save(folder / broken.file_name, broken.bytes);
  if (broken.part == BrokenPart::gold) input.gold = save(folder / broken.file_name, broken.bytes);
  if (broken.part == BrokenPart::price) input.price = broken.bytes;
  return input;
}

}  // namespace mizan::test
