#include "mizan/dataset/assemble.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "mizan/base/assert.h"
#include "mizan/dataset/intern/merge_keys.h"

namespace mizan::dataset {
namespace {

using domain::ClassCode;
using domain::kNoLabel;
using std::string_view;

constexpr std::size_t kRowsPerBlock = 256 << 10;

std::optional<double> number_of(string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// order[i] = which class stands at place i.
std::vector<std::uint32_t> class_order(const domain::Dictionary& classes) {
  std::vector<std::uint32_t> order(classes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> numbers;
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (const auto number = number_of(classes[i])) numbers.push_back(*number);
  const bool all_numbers = numbers.size() == classes.size();
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    if (all_numbers && numbers[a] != numbers[b]) return numbers[a] < numbers[b];
    return classes[a] < classes[b];
  });
  return order;
}

// Letters and digits in lower case: what "Yes", "yes" and "yes." have in common.
std::string skeleton(string_view text) {
  std::string bare;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z') bare += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || byte >= 0x80) bare += c;
    if ((c >= '0' && c <= '9') || c == '-' || c == '+') bare += c;
  }
  return bare;
}

}  // namespace

class Assembler {
 public:
  Assembler(ThreadPool& pool, const TableShape& shape, std::vector<std::unique_ptr<LabelChunk>> parts,
            const AssembleOptions& options)
      : pool_(pool), shape_(shape), parts_(std::move(parts)), options_(options) {}

  Result<ReadOutcome> run() {
    add_up();
    MIZAN_CHECK_OK(settle_currency());
    merge_tasks();
    merge_annotators();
    outcome_.table.questions.resize(shape_.questions.size());
    for (std::size_t q = 0; q < shape_.questions.size(); ++q) MIZAN_CHECK_OK(merge_question(q));
    join_optional_columns();
    if (options_.is_strict)
      if (auto error = tally_.first_fatal(options_.name)) return fail(*std::move(error));
    if (outcome_.used_row_count == 0) return no_usable_rows();
    outcome_.oddities = tally_.list(options_.place_word);
    return std::move(outcome_);
  }

 private:
  void add_up() {
    std::uint64_t place = options_.first_place;
    for (const auto& part : parts_) {
      row_begin_.push_back(outcome_.used_row_count);
      place_begin_.push_back(place);
      tally_.add(part->oddities, place);
      place += part->place_count;
      outcome_.row_count += part->row_count;
      outcome_.used_row_count += part->task_.size();
    }
  }

  Result<void> settle_currency() {
    LabelChunk::CurrencySeen first;
    std::string said = options_.currency;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      for (auto seen : {parts_[p]->currency_, parts_[p]->other_currency_}) {
        if (seen.currency.empty()) continue;
        if (seen.place > 0) seen.place += place_begin_[p];
        if (said.empty()) {
          first = seen;
          said = seen.currency.text();
        }
        if (seen.currency.text() != said) return two_currencies(said, first.place, seen);
      }
    }
    if (shape_.has_price) outcome_.table.currency = std::move(said);
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> two_currencies(const std::string& said, std::uint64_t said_place,
                                                     const LabelChunk::CurrencySeen& seen) const {
    const std::string source =
        said_place > 0 ? options_.place_word + " " + std::to_string(said_place) + " has" : "--currency says";
    return fail(ErrorCode::bad_number,
                "prices in two currencies: " + std::string(seen.currency.text()) + " here, but " + source +
                    " " + said,
                options_.name + ":" + std::to_string(seen.place),
                "convert all prices to one currency first; Mizan knows no exchange rates");
  }

  [[nodiscard]] tl::unexpected<Error> no_usable_rows() const {
    std::string reason = outcome_.row_count == 0
                             ? "there is a header but not one row of data"
                             : "not one of " + std::to_string(outcome_.row_count) + " rows could be used";
    const auto oddities = tally_.list(options_.place_word);
    for (const Oddity& oddity : oddities)
      if (oddity.code == oddity_name(OddityCode::unusable_row)) reason += "; " + oddity.examples.front();
    return fail(
        ErrorCode::no_usable_rows, reason, options_.name,
        "a row needs a task, an annotator and a label; name the columns with --task, --annotator, --label");
  }

  // The interned ids of one column of all parts, merged.
  template <class SetOf>
  intern::MergedKeys merge(SetOf&& set_of) {
    std::vector<const intern::KeySet*> sets;
    for (const auto& part : parts_) sets.push_back(&set_of(*part));
    return intern::merge_keys(pool_, sets);
  }

  // Writes to[row] = convert(part, value) for every row; `from` of a part is given back at once.
  template <class To, class ColumnOf, class Convert>
  void join(std::vector<To>& to, ColumnOf&& column_of, Convert&& convert) {
    to.resize(outcome_.used_row_count);
    pool_.run(parts_.size(), [&](std::size_t p) {
      auto& from = column_of(*parts_[p]);
      To* out = to.data() + row_begin_[p];
      for (std::size_t i = 0; i < from.size(); ++i) out[i] = convert(p, from[i]);
      std::remove_reference_t<decltype(from)>().swap(from);
    });
  }

  void merge_tasks() {
    auto merged = merge([](LabelChunk & part) -> auto& { return part.tasks_; });
    for (auto& part : parts_) part->tasks_.clear();
    outcome_.table.tasks = std::move(merged.dictionary);
    join(
        outcome_.table.task, [](LabelChunk & part) -> auto& { return part.task_; },
        [&](std::size_t p, std::uint32_t task) { return merged.number[p][task]; });
    task_number_ = std::move(merged.number);
  }

  void merge_annotators() {
    auto merged = merge([](LabelChunk & part) -> auto& { return part.annotators_; });
    for (auto& part : parts_) part->annotators_.clear();
    join(
        outcome_.table.annotator, [](LabelChunk & part) -> auto& { return part.annotator_; },
        [&](std::size_t p, std::uint32_t annotator) { return merged.number[p][annotator]; });
    if (shape_.has_supplier) {
      split_suppliers(merged.dictionary);
    } else {
      outcome_.table.annotators = std::move(merged.dictionary);
    }
  }

  // `pairs` holds (supplier, annotator) as LabelChunk::pair_annotators wrote them.
  void split_suppliers(const domain::Dictionary& pairs) {
    domain::LabelTable& table = outcome_.table;
    domain::Dictionary ids;
    std::vector<std::uint32_t> id_of_pair;
    std::vector<std::uint32_t> pairs_of_id;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      string_view text = pairs[i];
      std::uint32_t supplier_bytes = 0;
      std::memcpy(&supplier_bytes, text.data(), sizeof supplier_bytes);
      text.remove_prefix(sizeof supplier_bytes);
      table.supplier_of_annotator.push_back(table.suppliers.intern(text.substr(0, supplier_bytes)));
      id_of_pair.push_back(ids.intern(text.substr(supplier_bytes)));
      pairs_of_id.resize(ids.size());
      ++pairs_of_id[id_of_pair.back()];
    }
    name_annotators(ids, id_of_pair, pairs_of_id);
  }

  // An id under one supplier is its annotator's name. An id under several names several annotators, each
  // "supplier/id"; underscores are added until the name is not taken.
  void name_annotators(const domain::Dictionary& ids, const std::vector<std::uint32_t>& id_of_pair,
                       const std::vector<std::uint32_t>& pairs_of_id) {
    domain::LabelTable& table = outcome_.table;
    for (std::size_t i = 0; i < ids.size(); ++i)
      if (pairs_of_id[i] > 1)
        tally_.note_lazily(OddityCode::shared_annotator_id, 0, [&] {
          return "annotator \"" + std::string(ids[i]) + "\" appears under " + std::to_string(pairs_of_id[i]) +
                 " suppliers and is counted as that many annotators";
        });
    for (std::size_t i = 0; i < id_of_pair.size(); ++i) {
      std::string name(ids[id_of_pair[i]]);
      if (pairs_of_id[id_of_pair[i]] > 1) {
        std::string whole(table.suppliers[table.supplier_of_annotator[i]]);
        whole += '/';
        whole += name;
        name = std::move(whole);
        while (ids.find(name) || table.annotators.find(name)) name += "_";
      }
      table.annotators.intern(name);
    }
    MIZAN_ASSERT(table.annotators.size() == id_of_pair.size());
  }

  Result<void> merge_question(std::size_t q) {
    domain::Question& question = outcome_.table.questions[q];
    question.name = shape_.questions[q];
    for (const auto& part : parts_)
      if (part->questions_[q].has_too_many_classes) return too_many_classes(q, domain::kMaxClasses + 1);
    auto merged = merge([&](LabelChunk & part) -> auto& { return part.questions_[q].classes; });
    if (merged.dictionary.size() > domain::kMaxClasses) return too_many_classes(q, merged.dictionary.size());
    question.classes = std::move(merged.dictionary);
    std::vector<std::uint32_t> place = sort_dictionary(question.classes);
    for (auto& numbers : merged.number)
      for (std::uint32_t& number : numbers) number = place[number];
    join(
        question.label, [&](LabelChunk & part) -> auto& { return part.questions_[q].label; },
        [&](std::size_t p, std::uint16_t label) {
          return label == kNoLabel ? kNoLabel : static_cast<ClassCode>(merged.number[p][label]);
        });
    settle_gold(q, merged.number);
    note_similar_classes(question);
    return {};
  }

 public:
  /// Sorts; returns where each old number went.
  static std::vector<std::uint32_t> sort_dictionary(domain::Dictionary& classes) {
    const std::vector<std::uint32_t> order = class_order(classes);
    domain::Dictionary sorted;
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      sorted.append(classes[order[i]]);
      place[order[i]] = i;
    }
    classes = std::move(sorted);
    return place;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> too_many_classes(std::size_t q, std::size_t count) const {
    return fail(ErrorCode::too_many_classes,
                "column \"" + shape_.questions[q] + "\" has " + std::to_string(count) +
                    " or more different answers; a choice question has at most " +
                    std::to_string(domain::kMaxClasses),
                options_.name, "this looks like free text or an id; name the column of answers with --label");
  }

  struct GoldSeen {
    std::uint32_t task;
    ClassCode answer;
    std::uint64_t place;
  };

  // One answer a task. Where the input contradicts itself, none is trusted: the task is left without gold.
  void settle_gold(std::size_t q, const std::vector<std::vector<std::uint32_t>>& class_number) {
    std::vector<GoldSeen> seen;
    for (std::size_t p = 0; p < parts_.size(); ++p)
      for (const auto& gold : parts_[p]->questions_[q].gold)
        seen.push_back({task_number_[p][gold.task], static_cast<ClassCode>(class_number[p][gold.answer]),
                        gold.place == 0 ? 0 : gold.place + place_begin_[p]});
    std::ranges::stable_sort(seen, {}, &GoldSeen::task);
    std::vector<GoldSeen> conflicts;
    domain::Question& question = outcome_.table.questions[q];
    for (auto begin = seen.begin(); begin != seen.end();) {
      const auto end =
          std::find_if(begin, seen.end(), [&](const GoldSeen& gold) { return gold.task != begin->task; });
      const auto other =
          std::find_if(begin, end, [&](const GoldSeen& gold) { return gold.answer != begin->answer; });
      if (other == end) {
        question.gold.push_back({begin->task, begin->answer});
      } else {
        conflicts.push_back(*begin);
        conflicts.push_back(*other);
      }
      begin = end;
    }
    note_gold_conflicts(question, std::move(conflicts));
  }

  // In the order of the input; conflicts come in pairs of what was said first and what contradicts it.
  void note_gold_conflicts(const domain::Question& question, std::vector<GoldSeen> conflicts) {
    std::vector<std::size_t> order(conflicts.size() / 2);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return conflicts[2 * i + 1].place; });
    for (const std::size_t i : order) {
      const GoldSeen& first = conflicts[2 * i];
      const GoldSeen& other = conflicts[2 * i + 1];
      tally_.note_lazily(OddityCode::bad_gold, other.place, [&] {
        return "task \"" + std::string(outcome_.table.tasks[first.task]) + "\" has gold \"" +
               std::string(question.classes[other.answer]) + "\" here and \"" +
               std::string(question.classes[first.answer]) + "\" before; neither is used";
      });
    }
  }

  void note_similar_classes(const domain::Question& question) {
    std::map<std::string, string_view> first_of;
    for (std::size_t i = 0; i < question.classes.size(); ++i) {
      const std::string bare = skeleton(question.classes[i]);
      if (bare.empty()) continue;
      const auto& [entry, is_new] = first_of.try_emplace(bare, question.classes[i]);
      const auto known = entry;  // clang 14 captures no structured binding
      if (is_new) continue;
      tally_.note_lazily(OddityCode::similar_classes, 0, [&] {
        return "\"" + std::string(known->second) + "\" and \"" + std::string(question.classes[i]) +
               "\" are counted as different answers to \"" + question.name + "\"";
      });
    }
  }

  void join_optional_columns() {
    const auto same = [](std::size_t, auto value) { return value; };
    if (shape_.has_price)
      join(
          outcome_.table.price_micros, [](LabelChunk & part) -> auto& { return part.price_micros_; }, same);
    if (shape_.has_seconds)
      join(
          outcome_.table.seconds, [](LabelChunk & part) -> auto& { return part.seconds_; }, same);
    if (shape_.has_time)
      join(
          outcome_.table.time_us, [](LabelChunk & part) -> auto& { return part.time_us_; }, same);
  }

  ThreadPool& pool_;
  const TableShape& shape_;
  std::vector<std::unique_ptr<LabelChunk>> parts_;
  const AssembleOptions& options_;
  ReadOutcome outcome_;
  OddityTally tally_;
  std::vector<std::uint64_t> row_begin_;
  std::vector<std::uint64_t> place_begin_;
  std::vector<std::vector<std::uint32_t>> task_number_;
};

Result<ReadOutcome> assemble(ThreadPool& pool, const TableShape& shape,
                             std::vector<std::unique_ptr<LabelChunk>> parts, const AssembleOptions& options) {
  return Assembler(pool, shape, std::move(parts), options).run();
}

void sort_classes(ThreadPool& pool, domain::Question& question) {
  const std::vector<std::uint32_t> place = Assembler::sort_dictionary(question.classes);
  parallel_blocks(pool, question.label.size(), question.label.size() / kRowsPerBlock + 1,
                  [&](std::size_t, std::size_t begin, std::size_t end) {
                    for (std::size_t i = begin; i < end; ++i)
                      if (question.label[i] != kNoLabel)
                        question.label[i] = static_cast<ClassCode>(place[question.label[i]]);
                  });
  for (domain::GoldAnswer& gold : question.gold) gold.answer = static_cast<ClassCode>(place[gold.answer]);
}

}  // namespace mizan::dataset
