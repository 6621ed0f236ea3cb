#include "support/shared_set.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "mizan/engine/truth/truth.h"

namespace mizan::test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::filesystem::path data_folder() {
  if (const char* folder = std::getenv("MIZAN_SHARED_DATA")) return folder;
  return std::filesystem::path(MIZAN_SOURCE_DIR).parent_path() / "shared" / "data";
}

Rows read_rows(const std::filesystem::path& file) {
  Rows rows;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);  // header
  while (std::getline(in, line)) {
    std::vector<std::string> fields(1);
    for (const char c : line) {
      if (c == ',') {
        fields.emplace_back();
      } else if (c != '\r') {
        fields.back() += c;
      }
    }
    rows.push_back(std::move(fields));
  }
  return rows;
}

struct Names {
  std::map<std::string, std::uint32_t> index;
  std::vector<std::string> list;
  std::uint32_t of(const std::string& name) {
    const auto [place, is_new] = index.try_emplace(name, static_cast<std::uint32_t>(list.size()));
    if (is_new) list.push_back(name);
    return place->second;
  }
};

}  // namespace

std::optional<SharedSet> load_shared_set(const std::string& name, truth::Repeats repeats) {
  const auto folder = data_folder() / name;
  if (!std::filesystem::exists(folder / "labels.csv")) return std::nullopt;
  const Rows rows = read_rows(folder / "labels.csv");
  const Rows truth_rows = read_rows(folder / "truth.csv");
  std::set<std::string> class_set;
  for (const auto& row : rows) class_set.insert(row[2]);
  for (const auto& row : truth_rows) class_set.insert(row[1]);
  const std::vector<std::string> classes(class_set.begin(), class_set.end());
  const auto class_of = [&](const std::string& label) {
    return static_cast<std::uint32_t>(std::lower_bound(classes.begin(), classes.end(), label) -
                                      classes.begin());
  };
  Names tasks;
  Names annotators;
  std::vector<truth::LabelRow> labels;
  for (const auto& row : rows) labels.push_back({tasks.of(row[0]), annotators.of(row[1]), class_of(row[2])});
  for (const auto& row : truth_rows) tasks.of(row[0]);
  std::vector<std::int32_t> truth(tasks.list.size(), truth::kNoGold);
  for (const auto& row : truth_rows) truth[tasks.of(row[0])] = static_cast<std::int32_t>(class_of(row[1]));
  Names suppliers;
  std::vector<std::uint32_t> supplier_of;
  if (const Rows people = read_rows(folder / "annotators.csv"); !people.empty()) {
    supplier_of.assign(annotators.list.size(), 0);
    for (const auto& row : people)
      if (annotators.index.contains(row[0])) supplier_of[annotators.of(row[0])] = suppliers.of(row[1]);
  }
  auto matrix = truth::LabelMatrix::from_rows(labels, tasks.list.size(), annotators.list.size(),
                                              classes.size(), repeats);
  if (!matrix) return std::nullopt;
  return SharedSet{name,           tasks.list,  annotators.list,    classes,
                   suppliers.list, supplier_of, *std::move(matrix), truth};
}

}  // namespace mizan::test
