#include "mizan/dataset/side/supplier_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "mizan/dataset/column_names.h"
#include "mizan/dataset/label_chunk.h"
#include "mizan/dataset/side/side_table.h"

namespace mizan::dataset {
namespace {

constexpr auto kKindNames = std::to_array<std::string_view>({"kind", "supplierkind", "type", "suppliertype"});
constexpr auto kKinds = std::to_array<std::string_view>({"crowd", "expert", "staff", "model"});

struct Entry {
  std::string supplier;
  std::uint64_t line;
  bool is_used = false;
};
using Entries = std::map<std::string, Entry, std::less<>>;  // by annotator; ordered, so that messages are too

std::string at(const Input& input, std::uint64_t line) {
  return input.name() + ":" + std::to_string(line);
}

Result<void> take_kind(const Input& input, const SideRow& row, std::vector<SupplierKind>& kinds) {
  const std::string_view supplier = row.cells[1];
  const std::string_view kind = row.cells[2];
  if (kind.empty()) return {};
  if (std::ranges::find(kKinds, kind) == kKinds.end())
    return fail(ErrorCode::bad_suppliers, "\"" + std::string(kind) + "\" is not a kind of supplier",
                at(input, row.line), "the kinds are crowd, expert, staff and model");
  const auto known = std::ranges::find(kinds, supplier, &SupplierKind::supplier);
  if (known == kinds.end()) {
    kinds.push_back({std::string(supplier), std::string(kind)});
  } else if (known->kind != kind) {
    return fail(ErrorCode::bad_suppliers,
                "the supplier \"" + known->supplier + "\" is " + std::string(kind) + " here, but " +
                    known->kind + " before",
                at(input, row.line), "give each supplier one kind");
  }
  return {};
}

Result<Entries> read_entries(const Input& input, ThreadPool& pool, std::vector<SupplierKind>& kinds) {
  Entries entries;
  const std::array<SideColumn, 3> columns{{{"annotator", {kAnnotatorNames, kWeakAnnotatorNames}},
                                           {"supplier", {kSupplierNames, kWeakSupplierNames}},
                                           {"kind", {kKindNames}, false}}};
  const auto take = [&](const SideRow& row) -> Result<void> {
    const auto [entry, is_new] =
        entries.try_emplace(std::string(row.cells[0]), Entry{std::string(row.cells[1]), row.line});
    if (!is_new && entry->second.supplier != row.cells[1])
      return fail(ErrorCode::bad_suppliers,
                  "the annotator \"" + entry->first + "\" is under \"" + std::string(row.cells[1]) +
                      "\" here, but under \"" + entry->second.supplier + "\" in line " +
                      std::to_string(entry->second.line),
                  at(input, row.line), "give each annotator one supplier");
    return take_kind(input, row, kinds);
  };
  MIZAN_CHECK_OK(read_side_table(input, pool, ErrorCode::bad_suppliers, columns, take));
  return entries;
}

/// The id by which the file may know an annotator. One of an id that several suppliers use is called
/// "supplier/id" in the table; the file may say either.
std::string id_of(const domain::LabelTable& table, std::uint32_t annotator, const Entries& entries) {
  std::string name(table.annotators[annotator]);
  if (!table.has_suppliers() || entries.contains(name)) return name;
  const std::string prefix = std::string(table.suppliers[table.supplier_of_annotator[annotator]]) + "/";
  if (!name.starts_with(prefix) || !entries.contains(name.substr(prefix.size()))) return name;
  return name.substr(prefix.size());
}

bool knows_any(const domain::LabelTable& table, const Entries& entries) {
  for (std::uint32_t a = 0; a < table.annotators.size(); ++a)
    if (entries.contains(id_of(table, a, entries))) return true;
  return false;
}

/// Builds the annotators anew: two of one id under two suppliers become one when the file gives both the
/// same.
class Assigner {
 public:
  Assigner(ReadOutcome& outcome, Entries& entries) : outcome_(outcome), entries_(entries) {}

  void run() {
    domain::LabelTable& table = outcome_.table;
    std::vector<std::uint32_t> renumbered(table.annotators.size());
    for (std::uint32_t a = 0; a < renumbered.size(); ++a) renumbered[a] = place(a);
    for (std::uint32_t& annotator : table.annotator) annotator = renumbered[annotator];
    for (const auto& [annotator, entry] : entries_)
      if (!entry.is_used)
        count_oddity(outcome_, "unknown_supplier_row",
                     "line " + std::to_string(entry.line) + ": \"" + annotator + "\" has no label");
    table.annotators = std::move(annotators_);
    table.suppliers = std::move(suppliers_);
    table.supplier_of_annotator = std::move(supplier_of_);
  }

 private:
  std::uint32_t place(std::uint32_t old) {
    const std::string annotator = id_of(outcome_.table, old, entries_);
    const std::uint32_t supplier = suppliers_.intern(supplier_of(old, annotator));
    const auto [known, is_new] = numbers_.try_emplace(std::to_string(supplier) + " " + annotator,
                                                      static_cast<std::uint32_t>(supplier_of_.size()));
    if (!is_new) return known->second;
    annotators_.append(annotator);
    supplier_of_.push_back(supplier);
    return known->second;
  }

  std::string supplier_of(std::uint32_t old, const std::string& annotator) {
    const domain::LabelTable& table = outcome_.table;
    const std::string before = table.has_suppliers()
                                   ? std::string(table.suppliers[table.supplier_of_annotator[old]])
                                   : std::string();
    const auto entry = entries_.find(annotator);
    if (entry == entries_.end()) {
      if (before.empty())
        count_oddity(outcome_, "missing_supplier", "\"" + annotator + "\" is not in the file of suppliers");
      return before.empty() ? std::string(kUnknownSupplier) : before;
    }
    entry->second.is_used = true;
    if (!before.empty() && before != kUnknownSupplier && before != entry->second.supplier)
      count_oddity(
          outcome_, "conflicting_supplier",
          "\"" + annotator + "\": " + before + " in the labels, " + entry->second.supplier + " in the file");
    return entry->second.supplier;
  }

  ReadOutcome& outcome_;
  Entries& entries_;
  domain::Dictionary annotators_;
  domain::Dictionary suppliers_;
  std::vector<std::uint32_t> supplier_of_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by supplier and id
};

std::optional<Error> first_fatal(const Input& input, const ReadOutcome& outcome) {
  for (const char* code : {"conflicting_supplier", "missing_supplier", "unknown_supplier_row"}) {
    const auto found = std::ranges::find(outcome.oddities, code, &Oddity::code);
    if (found != outcome.oddities.end())
      return Error{ErrorCode::bad_suppliers, found->examples.front(), input.name(),
                   "mend the file, or leave out --strict to have it counted"};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<SupplierKind>> assign_suppliers(const Input& input, ReadOutcome& outcome, ThreadPool& pool,
                                                   bool strict) {
  std::vector<SupplierKind> kinds;
  MIZAN_TRY(Entries entries, read_entries(input, pool, kinds));
  if (!knows_any(outcome.table, entries))
    return fail(ErrorCode::bad_suppliers, "not one annotator of this file has a label", input.name(),
                "check that the file and the labels use the same ids of annotators");
  Assigner(outcome, entries).run();
  if (strict)
    if (auto error = first_fatal(input, outcome)) return fail(std::move(*error));
  return kinds;
}

}  // namespace mizan::dataset
