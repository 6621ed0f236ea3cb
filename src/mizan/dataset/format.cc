#include "mizan/dataset/format.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace mizan::dataset {
namespace {

using std::string_view;
constexpr std::array<std::pair<Format, string_view>, 11> kNames{{
    {Format::csv, "csv"},
    {Format::tsv, "tsv"},
    {Format::jsonl, "jsonl"},
    {Format::json, "json"},
    {Format::parquet, "parquet"},
    {Format::arrow_file, "arrow_file"},
    {Format::arrow_stream, "arrow_stream"},
    {Format::label_studio, "label_studio"},
    {Format::argilla, "argilla"},
    {Format::mturk, "mturk"},
    {Format::toloka, "toloka"},
}};

constexpr std::size_t kSniffBytes = 64 << 10;

bool has(string_view text, string_view part) {
  return text.find(part) != string_view::npos;
}

// The magic numbers of the two columnar formats; an Arrow stream begins with the continuation marker of its
// schema message.
std::optional<Format> binary_format(string_view bytes) {
  if (bytes.starts_with("PAR1")) return Format::parquet;
  if (bytes.starts_with("ARROW1")) return Format::arrow_file;
  if (bytes.starts_with("\xFF\xFF\xFF\xFF")) return Format::arrow_stream;
  return std::nullopt;
}

// Label Studio's tasks carry "annotations" (or, in its flat export, "annotator" beside "annotation_id"); an
// Argilla record carries "responses" beside "fields".
std::optional<Format> json_format(string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == string_view::npos || (head[start] != '{' && head[start] != '[')) return std::nullopt;
  if (has(head, "\"annotations\"") && (has(head, "\"completed_by\"") || has(head, "\"data\"")))
    return Format::label_studio;
  if (has(head, "\"annotator\"") && has(head, "\"annotation_id\"")) return Format::label_studio;
  if (has(head, "\"responses\"") && has(head, "\"fields\"")) return Format::argilla;
  if (has(head, ".responses.users\"")) return Format::argilla;
  return head[start] == '[' ? Format::json : Format::jsonl;
}

Format text_format(string_view path, string_view head) {
  const string_view header = head.substr(0, head.find('\n'));
  if (has(header, "HITId") && has(header, "WorkerId") && has(header, "Answer.")) return Format::mturk;
  if (has(header, "INPUT:") && has(header, "OUTPUT:") && has(header, "ASSIGNMENT:")) return Format::toloka;
  std::string lower(path);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  for (const string_view packed : {".gz", ".zst"})
    if (lower.ends_with(packed)) lower.resize(lower.size() - packed.size());
  return lower.ends_with(".tsv") || lower.ends_with(".tab") ? Format::tsv : Format::csv;
}

}  // namespace

string_view format_name(Format format) {
  for (const auto& [known, name] : kNames)
    if (known == format) return name;
  return "csv";
}

std::optional<Format> format_of_name(string_view name) {
  for (const auto& [format, known] : kNames)
    if (known == name) return format;
  return std::nullopt;
}

Format detect_format(string_view path, string_view bytes) {
  string_view head = bytes.substr(0, kSniffBytes);
  if (const auto binary = binary_format(head)) return *binary;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (const auto json = json_format(head)) return *json;
  return text_format(path, head);
}

}  // namespace mizan::dataset
