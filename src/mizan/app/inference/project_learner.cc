#include "mizan/app/inference/project_learner.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "mizan/app/models/gold_labels.h"
#include "mizan/store/events/events.h"
#include "mizan/store/projects/question_classes.h"

namespace mizan::app {
namespace {

bool is_of_gold(const store::EventRow& event) {
  return event.kind.starts_with("gold.");
}

// Which task an event is about, if any.
domain::TaskId task_of(const store::EventRow& event) {
  boost::system::error_code wrong;
  const auto body = boost::json::parse(event.body, wrong);
  if (wrong || !body.is_object()) return {};
  const auto* text = body.get_object().if_contains("task_id");
  if (text == nullptr || !text->is_string()) return {};
  const auto task = parse_id<domain::TaskId>(std::string_view(text->get_string()));
  return task ? *task : domain::TaskId{};
}

bool changes_labels(const store::EventRow& event) {
  return event.kind.starts_with("annotation.") || event.kind.starts_with("review.") ||
         event.kind.starts_with("task.");
}

}  // namespace

QuestionLearner& ProjectLearner::question(const std::string& name, std::size_t class_count) {
  const auto [place, is_new] = questions_.try_emplace(name, std::max<std::size_t>(2, class_count));
  if (!is_new) place->second.widen(class_count);
  return place->second;
}

Result<void> ProjectLearner::widen_to_classes(store::Transaction& tx) {
  MIZAN_TRY(const auto classes, store::question_classes(tx, project_));
  for (const store::QuestionClass& each : classes)
    question(each.question, static_cast<std::size_t>(each.class_code) + 1);
  return {};
}

Result<std::unique_ptr<ProjectLearner>> ProjectLearner::load(store::Transaction& tx,
                                                             domain::ProjectId project) {
  std::unique_ptr<ProjectLearner> learner(new ProjectLearner(project));
  MIZAN_TRY(learner->after_sequence_, store::newest_sequence(tx, project));
  MIZAN_CHECK_OK(learner->widen_to_classes(tx));
  std::vector<store::TaskLabel> together;  // the labels of one question of one task
  const auto give = [&]() -> Result<void> {
    if (together.empty()) return {};
    const store::TaskLabel& first = together.front();
    MIZAN_CHECK_OK(learner->question(first.question, 2).set_labels(first.task, together));
    together.clear();
    return {};
  };
  MIZAN_CHECK_OK(store::for_each_label(tx, project, [&](const store::TaskLabel& label) -> Result<void> {
    if (!together.empty() &&
        (together.front().task != label.task || together.front().question != label.question)) {
      MIZAN_CHECK_OK(give());
    }
    together.push_back(label);
    return {};
  }));
  MIZAN_CHECK_OK(give());
  MIZAN_CHECK_OK(learner->take_gold(tx));
  return learner;
}

std::size_t ProjectLearner::changes() const {
  std::size_t sum = 0;
  for (const auto& [name, learner] : questions_) sum += learner.changes();
  return sum;
}

std::size_t ProjectLearner::label_count() const {
  std::size_t sum = 0;
  for (const auto& [name, learner] : questions_) sum += learner.label_count();
  return sum;
}

Result<void> ProjectLearner::take_labels_of_task(store::Transaction& tx, domain::TaskId task) {
  MIZAN_TRY(const auto labels, store::labels_of_task(tx, {project_, task}));
  std::set<std::string, std::less<>> seen;
  for (std::size_t begin = 0; begin < labels.size();) {
    std::size_t end = begin + 1;
    while (end < labels.size() && labels[end].question == labels[begin].question) ++end;
    const auto same = std::span(labels).subspan(begin, end - begin);
    MIZAN_CHECK_OK(question(labels[begin].question, 2).set_labels(task, same));
    seen.insert(labels[begin].question);
    begin = end;
  }
  for (auto& [name, learner] : questions_)
    if (!seen.contains(name)) MIZAN_CHECK_OK(learner.set_labels(task, {}));
  return {};
}

Result<void> ProjectLearner::take_gold(store::Transaction& tx) {
  MIZAN_TRY(const auto mark, store::gold_mark(tx, project_));
  if (mark == gold_mark_) return {};
  MIZAN_TRY(const auto gold, gold_labels(tx, project_));
  for (auto& [name, learner] : questions_) {
    for (const domain::TaskId task : gold_tasks_) {
      const auto still = gold.find(task);
      if (still == gold.end() || !still->second.contains(name)) MIZAN_CHECK_OK(learner.set_gold(task, -1));
    }
  }
  gold_tasks_.clear();
  for (const auto& [task, codes] : gold) {
    gold_tasks_.push_back(task);
    for (const auto& [name, code] : codes) MIZAN_CHECK_OK(question(name, 2).set_gold(task, code));
  }
  gold_mark_ = mark;
  return {};
}

Result<std::size_t> ProjectLearner::follow(store::Transaction& tx, std::int64_t limit) {
  MIZAN_TRY(const auto events, store::events_after(tx, project_, after_sequence_, limit));
  // A gold answer that replaces another leaves the mark as it was.
  if (std::any_of(events.begin(), events.end(), is_of_gold)) gold_mark_ = {};
  MIZAN_CHECK_OK(take_gold(tx));
  if (events.empty()) return 0;
  MIZAN_CHECK_OK(widen_to_classes(tx));
  std::set<domain::TaskId> touched;
  for (const store::EventRow& event : events)
    if (changes_labels(event)) touched.insert(task_of(event));
  touched.erase(domain::TaskId{});
  for (const domain::TaskId task : touched) MIZAN_CHECK_OK(take_labels_of_task(tx, task));
  after_sequence_ = events.back().sequence;
  return events.size();
}

Result<std::vector<ProjectLearner::Learned>> ProjectLearner::learn(truth::Run run) {
  std::vector<Learned> learned;
  for (auto& [name, learner] : questions_) {
    if (learner.changes() == 0) continue;
    MIZAN_TRY(auto draft, learner.learn(run));
    draft.model.key = {project_, name};
    draft.model.after_sequence = after_sequence_;
    learned.push_back({name, std::move(draft)});
  }
  return learned;
}

}  // namespace mizan::app
