#include "mizan/dataset/label_chunk.h"

#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include "mizan/base/assert.h"

namespace mizan::dataset {
namespace {

using intern::Bytes;
using std::string_view;

constexpr std::size_t kQuotedBytes = 40;  // of an offending value in a message

std::string quoted(string_view text) {
  std::string shown = "\"";
  for (const char c : text.substr(0, kQuotedBytes)) shown += static_cast<unsigned char>(c) < ' ' ? '?' : c;
  // A character of several bytes is not cut in two.
  if (text.size() > kQuotedBytes) {
    while ((static_cast<unsigned char>(shown.back()) & 0xC0) == 0x80) shown.pop_back();
    if (static_cast<unsigned char>(shown.back()) >= 0xC0) shown.pop_back();
    shown += "…";
  }
  return shown + "\"";
}

}  // namespace

LabelChunk::LabelChunk(const TableShape& shape)
    : shape_(&shape), questions_(shape.questions.size()), labels_(shape.questions.size()) {}

void LabelChunk::reserve(std::size_t rows) {
  task_.reserve(rows);
  annotator_.reserve(rows);
  for (QuestionPart& question : questions_) question.label.reserve(rows);
}

void LabelChunk::refuse_row(std::uint64_t place, string_view reason) {
  ++row_count;
  oddities.note(OddityCode::unusable_row, place, reason);
}

string_view LabelChunk::trim_and_count(string_view text, std::uint64_t place) {
  const string_view bare = trimmed(text);
  if (!bare.empty() && bare.size() < text.size())
    oddities.note_lazily(OddityCode::trimmed_space, place, [&] { return "blanks around " + quoted(bare); });
  return bare;
}

bool LabelChunk::passes_as_id(string_view text, string_view what, std::uint64_t place) {
  const auto refuse = [&](string_view reason) {
    oddities.note_lazily(OddityCode::unusable_row, place,
                         [&] { return std::string("the ").append(what).append(" ").append(reason); });
    return false;
  };
  if (text.empty()) return refuse("is empty");
  if (text.size() > kMaxIdBytes)
    return refuse(
        std::string("has ").append(std::to_string(text.size())).append(" bytes: this is no ").append(what));
  if (may_hold_nul && std::memchr(text.data(), 0, text.size()) != nullptr) return refuse("holds a NUL byte");
  return true;
}

// The ladder of refusals: task, annotator, labels, in this order; nothing is interned before all have passed.
bool LabelChunk::is_usable(const RowText& row) {
  task_text_ = cleaned(row.task, row.place);
  if (!reads_as_id(task_text_, "task", row.place)) return false;
  annotator_text_ = cleaned(row.annotator, row.place);
  if (!reads_as_id(annotator_text_, "annotator", row.place)) return false;
  bool has_label = false;
  for (std::size_t q = 0; q < questions_.size(); ++q) {
    labels_[q] = q < row.labels.size() ? cleaned(row.labels[q], row.place) : string_view();
    if (labels_[q].empty()) continue;
    if (!reads_as_id(labels_[q], "label", row.place)) return false;
    has_label = true;
  }
  return has_label || reads_as_id({}, "label", row.place);
}

void LabelChunk::add_row(const RowText& row, Bytes bytes) {
  ++row_count;
  if (!is_usable(row)) return;
  task_.push_back(tasks_.intern(task_text_, bytes));
  annotator_.push_back(annotator_of(row, bytes));
  for (std::size_t q = 0; q < questions_.size(); ++q)
    questions_[q].label.push_back(labels_[q].empty() ? domain::kNoLabel
                                                     : class_of(questions_[q], labels_[q], bytes));
  for (std::size_t q = 0; q < row.gold.size() && q < questions_.size(); ++q)
    add_gold_answer(q, task_.back(), row.gold[q], row.place, bytes);
  if (shape_->has_price) price_micros_.push_back(price_of(row));
  if (shape_->has_seconds) seconds_.push_back(seconds_of(row));
  if (shape_->has_time) time_us_.push_back(time_of(row));
}

void LabelChunk::add_gold(string_view task, std::size_t question, string_view answer, std::uint64_t place,
                          Bytes bytes) {
  MIZAN_ASSERT(question < questions_.size());
  const string_view id = trimmed(task);
  if (id.empty() || trimmed(answer).empty()) return;
  add_gold_answer(question, tasks_.intern(id, bytes), answer, place, bytes);
}

void LabelChunk::add_gold_answer(std::size_t question, std::uint32_t task, string_view answer,
                                 std::uint64_t place, Bytes bytes) {
  const string_view text = cleaned(answer, place);
  if (text.empty()) return;
  if (text.size() > kMaxIdBytes || std::memchr(text.data(), 0, text.size()) != nullptr) {
    oddities.note(OddityCode::bad_gold, place, "the gold answer is too long or holds a NUL byte");
    return;
  }
  QuestionPart& part = questions_[question];
  const std::uint16_t code = class_of(part, text, bytes);
  if (code == domain::kNoLabel) return;
  if (part.gold_pairs.intern_pair(task, code) == part.gold.size()) part.gold.push_back({task, code, place});
}

std::uint16_t LabelChunk::class_of(QuestionPart& question, string_view text, Bytes bytes) {
  if (question.has_too_many_classes) return domain::kNoLabel;
  const std::uint32_t number = question.classes.intern(text, bytes);
  question.has_too_many_classes = number >= domain::kMaxClasses;
  return question.has_too_many_classes ? domain::kNoLabel : static_cast<std::uint16_t>(number);
}

std::uint32_t LabelChunk::annotator_of(const RowText& row, Bytes bytes) {
  const std::uint32_t annotator = annotators_.intern(annotator_text_, bytes);
  if (!shape_->has_supplier) return annotator;
  string_view supplier = cleaned(row.supplier, row.place);
  if (supplier.size() > kMaxIdBytes) supplier = {};
  if (supplier.empty()) {
    oddities.note_lazily(OddityCode::missing_supplier, row.place,
                         [&] { return "annotator " + quoted(annotator_text_) + " has no supplier here"; });
    supplier = kUnknownSupplier;
  }
  return pairs_.intern_pair(annotator, suppliers_.intern(supplier, bytes));
}

std::int64_t LabelChunk::price_of(const RowText& row) {
  if (row.price.empty()) return row.price_micros;
  if (const auto price = parse_price(row.price)) {
    see_currency(price->currency, row.place);
    return price->micros;
  }
  if (!says_unknown(trimmed(row.price)))
    oddities.note_lazily(OddityCode::bad_price, row.place,
                         [&] { return quoted(row.price) + " is not a price"; });
  return kUnknownPrice;
}

float LabelChunk::seconds_of(const RowText& row) {
  if (row.seconds.empty()) return row.seconds_value;
  if (const auto seconds = parse_seconds(row.seconds))
    return static_cast<float>(*seconds * shape_->seconds_scale);
  if (!says_unknown(trimmed(row.seconds)))
    oddities.note_lazily(OddityCode::bad_seconds, row.place,
                         [&] { return quoted(row.seconds) + " is not a number of seconds"; });
  return kUnknownSeconds;
}

std::int64_t LabelChunk::time_of(const RowText& row) {
  if (row.time.empty()) return row.time_us;
  if (const auto time = parse_time_us(row.time)) return *time;
  if (!says_unknown(trimmed(row.time)))
    oddities.note_lazily(OddityCode::bad_time, row.place,
                         [&] { return quoted(row.time) + " is neither ISO 8601 nor a Unix time"; });
  return kUnknownTime;
}

void LabelChunk::see_currency(Currency currency, std::uint64_t place) {
  if (currency.empty()) return;
  if (currency_.currency.empty()) currency_ = {currency, place};
  if (currency != currency_.currency && other_currency_.currency.empty()) other_currency_ = {currency, place};
}

// Turns the pairs into strings, which can be merged: the supplier's length in four bytes, the supplier, the
// annotator. Pairs differ, so the strings differ and stand in the same order.
void LabelChunk::pair_annotators() {
  intern::KeySet named;
  std::string text;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const auto [annotator, supplier] = pairs_.pair(i);
    const string_view supplier_text = suppliers_.text(supplier);
    const auto length = static_cast<std::uint32_t>(supplier_text.size());
    text.assign(reinterpret_cast<const char*>(&length), sizeof length);
    text += supplier_text;
    text += annotators_.text(annotator);
    named.intern(text, Bytes::fleeting);
  }
  annotators_ = std::move(named);
  suppliers_.clear();
  pairs_.clear();
}

void LabelChunk::seal() {
  if (shape_->has_supplier) pair_annotators();
  tasks_.seal();
  annotators_.seal();
  for (QuestionPart& question : questions_) {
    question.classes.seal();
    question.gold_pairs.clear();
  }
}

}  // namespace mizan::dataset
