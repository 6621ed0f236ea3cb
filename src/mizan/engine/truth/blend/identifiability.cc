#include "mizan/engine/truth/blend/identifiability.h"

#include <algorithm>
#include <numeric>

namespace mizan::truth {
namespace {

// Disjoint sets of annotators, by path halving.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }

  AnnotatorIndex root(AnnotatorIndex w) {
    while (parent_[w] != w) w = parent_[w] = parent_[parent_[w]];
    return w;
  }
  // The smaller index leads, so that the result does not depend on the order of the tasks.
  void join(AnnotatorIndex a, AnnotatorIndex b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<AnnotatorIndex> parent_;
};

struct Tally {
  std::size_t labelled_tasks = 0;
  std::size_t single_tasks = 0;  // with one label and no gold
  std::size_t gold_tasks = 0;
  std::size_t annotators = 0;
  std::vector<std::size_t> labels_of_class;
};

Tally tally_of(const Evidence& evidence) {
  const LabelMatrix& labels = evidence.labels;
  Tally tally;
  tally.labels_of_class.assign(labels.class_count(), 0);
  std::vector<bool> seen(labels.annotator_count(), false);
  for (TaskIndex t = 0; t < labels.task_count(); ++t) {
    const std::size_t count = labels.label_count_of_task(t);
    const bool has_gold = evidence.gold_of(t) != kNoGold;
    tally.labelled_tasks += count > 0 ? 1 : 0;
    tally.single_tasks += count == 1 && !has_gold ? 1 : 0;
    tally.gold_tasks += has_gold && count > 0 ? 1 : 0;
    labels.visit_task(t, [&](AnnotatorIndex w, ClassIndex label) {
      seen[w] = true;
      ++tally.labels_of_class[label];
    });
  }
  tally.annotators = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
  return tally;
}

double number(std::size_t count) {
  return static_cast<double>(count);
}

void note_overlap(const Tally& tally, const IdentifiabilityOptions& options, std::vector<Note>& notes) {
  if (tally.labelled_tasks == 0) return;
  const double share = number(tally.single_tasks) / number(tally.labelled_tasks);
  if (tally.single_tasks == tally.labelled_tasks)
    notes.push_back({"one_label_per_task"});
  else if (share >= options.mostly_one_label)
    notes.push_back({"mostly_one_label", {{"share", share}}});
}

void note_connection(const Evidence& evidence, bool one_label_per_task, std::vector<Note>& notes) {
  if (one_label_per_task) return;  // nobody shares a task with anybody: said already
  const Connectivity found = connectivity(evidence);
  if (found.group_count < 2 || found.unlinked_without_gold == 0) return;
  // A few stragglers beside one main group, or a crowd in pieces?
  if (2 * found.largest_group > found.annotator_count)
    notes.push_back({"disconnected_annotators", {{"count", number(found.unlinked_without_gold)}}});
  else
    notes.push_back({"disconnected_groups", {{"group_count", number(found.group_count)}}});
}

void note_classes(const Tally& tally, const IdentifiabilityOptions& options, std::vector<Note>& notes) {
  const std::size_t classes = tally.labels_of_class.size();
  const std::size_t labels =
      std::accumulate(tally.labels_of_class.begin(), tally.labels_of_class.end(), std::size_t{0});
  if (classes > labels)
    notes.push_back(
        {"more_classes_than_labels", {{"class_count", number(classes)}, {"label_count", number(labels)}}});
  std::vector<ClassIndex> rare;
  std::vector<ClassIndex> given;
  for (ClassIndex k = 0; k < classes; ++k) {
    if (tally.labels_of_class[k] < options.rare_class_labels) rare.push_back(k);
    if (tally.labels_of_class[k] > 0) given.push_back(k);
  }
  if (!rare.empty() && classes <= labels && given.size() > 1)
    notes.push_back({"rare_classes", {{"count", number(rare.size())}, {"classes", rare}}});
  if (given.size() == 1) notes.push_back({"one_class", {{"class", given}}});
}

void note_gold(const Tally& tally, const IdentifiabilityOptions& options, std::vector<Note>& notes) {
  if (tally.gold_tasks == 0)
    notes.push_back({"no_gold"});
  else if (tally.gold_tasks < options.few_gold)
    notes.push_back({"few_gold", {{"count", number(tally.gold_tasks)}}});
  else
    notes.push_back({"gold_assumed_random"});
}

}  // namespace

Connectivity connectivity(const Evidence& evidence) {
  const LabelMatrix& labels = evidence.labels;
  Groups groups(labels.annotator_count());
  std::vector<bool> has_labels(labels.annotator_count(), false);
  for (TaskIndex t = 0; t < labels.task_count(); ++t) {
    AnnotatorIndex first = 0;
    bool is_first = true;
    labels.visit_task(t, [&](AnnotatorIndex w, ClassIndex) {
      has_labels[w] = true;
      if (!is_first) groups.join(first, w);
      first = w;
      is_first = false;
    });
  }
  std::vector<bool> has_gold(labels.annotator_count(), false);
  for (TaskIndex t = 0; t < labels.task_count(); ++t)
    if (evidence.gold_of(t) != kNoGold)
      labels.visit_task(t, [&](AnnotatorIndex w, ClassIndex) { has_gold[groups.root(w)] = true; });
  std::vector<std::size_t> size(labels.annotator_count(), 0);
  Connectivity found;
  for (AnnotatorIndex w = 0; w < labels.annotator_count(); ++w) {
    if (!has_labels[w]) continue;
    ++found.annotator_count;
    found.group_count += ++size[groups.root(w)] == 1 ? 1 : 0;
  }
  if (found.annotator_count == 0) return found;
  const auto largest = static_cast<std::size_t>(std::max_element(size.begin(), size.end()) - size.begin());
  found.largest_group = size[largest];
  for (std::size_t w = 0; w < size.size(); ++w)
    if (w != largest && !has_gold[w]) found.unlinked_without_gold += size[w];
  return found;
}

std::vector<Note> identifiability(const Evidence& evidence, const IdentifiabilityOptions& options) {
  std::vector<Note> notes;
  const Tally tally = tally_of(evidence);
  note_overlap(tally, options, notes);
  note_connection(evidence, tally.single_tasks == tally.labelled_tasks, notes);
  note_classes(tally, options, notes);
  if (tally.annotators == 1) notes.push_back({"one_annotator"});
  note_gold(tally, options, notes);
  const double labels = number(evidence.labels.label_count());
  if (tally.labelled_tasks > 0 && tally.single_tasks < tally.labelled_tasks &&
      labels / number(tally.labelled_tasks) < options.few_labels_per_task)
    notes.push_back({"few_labels_per_task", {{"labels_per_task", labels / number(tally.labelled_tasks)}}});
  return notes;
}

}  // namespace mizan::truth
