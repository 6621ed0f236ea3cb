#include "mizan/engine/simulation/simulate_labels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mizan/base/rng.h"
#include "mizan/engine/simulation/people.h"

namespace mizan::simulation {
namespace {

// One stream of random numbers for each part, so that a change of one part leaves the others as they were.
enum Stream : std::uint64_t { kTasks, kPeople, kAssignment, kAnswers, kSeconds, kGold, kFamily };

bool is_share(double x) {
  return x >= 0 && x <= 1;
}

Result<void> check(const SupplierOptions& supplier) {
  const std::string where = "supplier " + supplier.name;
  const auto refuse = [&](std::string what) {
    return fail(ErrorCode::invalid_argument, std::move(what), where);
  };
  for (const double share : {supplier.task_share, supplier.skill_mean, supplier.trap_pull,
                             supplier.random_share, supplier.constant_share, supplier.position_share,
                             supplier.copier_share, supplier.copy_probability, supplier.shared_error})
    if (!is_share(share)) return refuse("a share or chance lies outside 0 to 1");
  if (supplier.random_share + supplier.constant_share + supplier.position_share + supplier.copier_share > 1)
    return refuse("the shares of spammers and copiers add up to more than 1");
  if (supplier.annotator_count == 0) return refuse("it has no annotators");
  if (supplier.labels_per_task < 0) return refuse("labels per task is negative");
  if (supplier.labels_per_task > static_cast<double>(supplier.annotator_count))
    return refuse("more labels per task than annotators");
  if (supplier.price_per_label < 0 || supplier.seconds_median <= 0)
    return refuse("a negative price, or a time that is not positive");
  return {};
}

Result<void> check(const SimulationOptions& options) {
  const auto refuse = [](const char* what) { return fail(ErrorCode::invalid_argument, what); };
  if (options.task_count == 0) return refuse("a simulation needs at least one task");
  if (options.class_count < 2 || options.class_count > domain::kMaxClasses)
    return refuse("a simulation needs two classes or more");
  if (options.suppliers.empty()) return refuse("a simulation needs at least one supplier");
  if (!is_share(options.trap_share) || !is_share(options.gold_share))
    return refuse("a share lies outside 0 to 1");
  if (!options.class_prior.empty() && options.class_prior.size() != options.class_count)
    return refuse("the class prior does not have one number a class");
  double total = 0;
  for (const double share : options.class_prior) {
    if (!is_share(share)) return refuse("a share of the class prior lies outside 0 to 1");
    total += share;
  }
  if (!options.class_prior.empty() && std::abs(total - 1) > 1e-6)
    return refuse("the class prior does not add up to 1");
  for (const SupplierOptions& supplier : options.suppliers) MIZAN_CHECK_OK(check(supplier));
  return {};
}

std::vector<Task> draw_tasks(const SimulationOptions& options, const std::vector<double>& prior, Rng rng) {
  std::vector<Task> tasks(options.task_count);
  for (Task& task : tasks) {
    task.answer = static_cast<std::uint32_t>(rng.categorical(prior));
    task.difficulty = options.difficulty_spread * rng.normal();
    task.is_trap = rng.uniform() < options.trap_share;
    const auto step = static_cast<std::uint32_t>(rng.below(options.class_count - 1));
    task.trap_answer = (task.answer + 1 + step) % static_cast<std::uint32_t>(options.class_count);
    task.slowness = 0.3 * rng.normal();
  }
  return tasks;
}

/// One task given to one person.
struct Assignment {
  std::uint32_t task;
  std::uint32_t person;
  std::int64_t time_us;
  std::int64_t copied_from = -1;  ///< index of the assignment whose answer is copied, or -1
};

/// Draws distinct people of one supplier, each with a chance proportional to its activity.
class Draw {
 public:
  Draw(const std::vector<Person>& people, std::uint32_t supplier) {
    for (std::uint32_t p = 0; p < people.size(); ++p)
      if (people[p].supplier == supplier) add(p, people[p].activity);
  }

  void pick(std::size_t count, Rng& rng, std::vector<std::uint32_t>& chosen) const {
    chosen.clear();
    if (2 * count > members_.size()) return pick_many(count, rng, chosen);
    while (chosen.size() < count) {
      const double mark = rng.uniform() * sums_.back();
      const auto place = std::upper_bound(sums_.begin(), sums_.end() - 1, mark) - sums_.begin();
      const std::uint32_t person = members_[static_cast<std::size_t>(place)];
      if (std::find(chosen.begin(), chosen.end(), person) == chosen.end()) chosen.push_back(person);
    }
  }

 private:
  void add(std::uint32_t person, double activity) {
    members_.push_back(person);
    sums_.push_back(activity + (sums_.empty() ? 0.0 : sums_.back()));
  }

  // The first of exponential clocks that run at the speed of each one's activity.
  void pick_many(std::size_t count, Rng& rng, std::vector<std::uint32_t>& chosen) const {
    std::vector<std::pair<double, std::uint32_t>> clocks;
    for (std::size_t i = 0; i < members_.size(); ++i)
      clocks.emplace_back(rng.exponential() / (sums_[i] - (i == 0 ? 0.0 : sums_[i - 1])), members_[i]);
    std::sort(clocks.begin(), clocks.end());
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(clocks[i].second);
  }

  std::vector<std::uint32_t> members_;
  std::vector<double> sums_;
};

// Copied work needs a shared task: when a source is asked, its copiers slip into the places of others.
void seat_copiers(const std::vector<Person>& people, std::vector<std::uint32_t>& chosen, Rng& rng) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto source = static_cast<std::int64_t>(chosen[i]);
    for (std::uint32_t p = 0; p < people.size(); ++p) {
      if (people[p].copies != source || rng.uniform() > 0.5) continue;
      if (std::find(chosen.begin(), chosen.end(), p) != chosen.end()) continue;
      const std::size_t seat = rng.below(chosen.size());
      if (seat != i) chosen[seat] = p;
    }
  }
}

class Assigner {
 public:
  Assigner(const SimulationOptions& options, const std::vector<Person>& people, Rng rng)
      : options_(options), people_(people), rng_(rng) {}

  std::vector<Assignment> assign() {
    for (std::uint32_t s = 0; s < options_.suppliers.size(); ++s) {
      const Draw draw(people_, s);
      const bool has_copiers = options_.suppliers[s].copier_share > 0;
      for (std::uint32_t t = 0; t < options_.task_count; ++t) assign_task(t, s, draw, has_copiers);
    }
    return std::move(assignments_);
  }

 private:
  void assign_task(std::uint32_t task, std::uint32_t supplier_index, const Draw& draw, bool has_copiers) {
    const SupplierOptions& supplier = options_.suppliers[supplier_index];
    if (rng_.uniform() >= supplier.task_share) return;
    const double whole = std::floor(supplier.labels_per_task);
    const bool one_more = rng_.uniform() < supplier.labels_per_task - whole;
    draw.pick(static_cast<std::size_t>(whole) + (one_more ? 1 : 0), rng_, chosen_);
    if (has_copiers) seat_copiers(people_, chosen_, rng_);
    const std::size_t first = assignments_.size();
    for (const std::uint32_t person : chosen_)
      assignments_.push_back({.task = task, .person = person, .time_us = time_of(task)});
    for (std::size_t i = first; i < assignments_.size(); ++i) link_copy(i, first);
  }

  void link_copy(std::size_t index, std::size_t first) {
    const Person& person = people_[assignments_[index].person];
    if (person.copies < 0) return;
    const double chance = options_.suppliers[person.supplier].copy_probability;
    for (std::size_t i = first; i < assignments_.size(); ++i) {
      if (assignments_[i].person != static_cast<std::uint32_t>(person.copies)) continue;
      if (rng_.uniform() >= chance) return;
      constexpr std::int64_t kCopyLag_us = 90'000'000;
      assignments_[index].copied_from = static_cast<std::int64_t>(i);
      assignments_[index].time_us = assignments_[i].time_us + kCopyLag_us;
    }
  }

  // Work runs through the tasks in order, with a twentieth of the project open at any time.
  std::int64_t time_of(std::uint32_t task) {
    const double share = (task + rng_.uniform()) / static_cast<double>(options_.task_count);
    const double part = 0.95 * share + 0.05 * rng_.uniform();
    return options_.start_us + static_cast<std::int64_t>(part * static_cast<double>(options_.duration_us));
  }

  const SimulationOptions& options_;
  const std::vector<Person>& people_;
  Rng rng_;
  std::vector<Assignment> assignments_;
  std::vector<std::uint32_t> chosen_;
};

std::vector<std::uint32_t> order_by_time(const std::vector<Assignment>& assignments) {
  std::vector<std::uint32_t> order(assignments.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(assignments[a].time_us, a) < std::pair(assignments[b].time_us, b);
  });
  return order;
}

std::vector<std::uint32_t> answer_all(const SimulationOptions& options, const std::vector<Task>& tasks,
                                      std::vector<Person>& people, const std::vector<Assignment>& work) {
  Rng rng = Rng(options.seed).split(kAnswers);
  const Rng family = Rng(options.seed).split(kFamily);
  std::vector<std::uint32_t> answers(work.size());
  for (const std::uint32_t index : order_by_time(work)) {
    const Assignment& one = work[index];
    Person& person = people[one.person];
    const SupplierOptions& supplier = options.suppliers[person.supplier];
    Luck luck = draw_luck(rng);
    if (rng.uniform() < supplier.shared_error) {
      Rng shared = family.split(one.task * options.suppliers.size() + person.supplier);
      luck = draw_luck(shared);
    }
    const double progress = static_cast<double>(one.time_us - options.start_us) /
                            static_cast<double>(std::max<std::int64_t>(options.duration_us, 1));
    answers[index] = answer_of(person, supplier, tasks[one.task], progress, luck, options.class_count);
    if (one.copied_from >= 0) answers[index] = answers[static_cast<std::size_t>(one.copied_from)];
  }
  return answers;
}

std::string numbered(std::string_view stem, std::size_t index, std::size_t count) {
  std::string digits = std::to_string(index + 1);
  const std::size_t width = std::to_string(count).size();
  return std::string(stem) + std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string class_name(std::size_t index, std::size_t count) {
  return count <= 26 ? std::string(1, static_cast<char>('a' + index)) : numbered("c", index, count);
}

/// Turns people and answers into a table with ids in order of first appearance.
class Builder {
 public:
  Builder(const SimulationOptions& options, const std::vector<Task>& tasks, std::vector<Person>& people)
      : options_(options), tasks_(tasks), people_(people) {}

  Simulation build(const std::vector<Assignment>& work, const std::vector<std::uint32_t>& answers,
                   const std::vector<double>& prior) {
    name_everything();
    for (const std::uint32_t index : order_by_time(work)) add_row(work[index], answers[index]);
    for (std::uint32_t t = 0; t < tasks_.size(); ++t) task_index(t);
    for (std::uint32_t p = 0; p < people_.size(); ++p) annotator_index(p);
    fill_people(prior);
    fill_gold();
    return std::move(made_);
  }

 private:
  void name_everything() {
    domain::Question question;
    question.name = "label";
    for (std::size_t k = 0; k < options_.class_count; ++k)
      question.classes.intern(class_name(k, options_.class_count));
    made_.table.questions.push_back(std::move(question));
    made_.table.currency = options_.currency;
    for (const SupplierOptions& supplier : options_.suppliers) made_.table.suppliers.intern(supplier.name);
    made_.suppliers.resize(options_.suppliers.size());
    for (std::size_t p = 0, place = 0; p < people_.size(); ++p, ++place) {
      const std::uint32_t s = people_[p].supplier;
      if (p > 0 && people_[p - 1].supplier != s) place = 0;
      names_.push_back(
          numbered(options_.suppliers[s].name + "-", place, options_.suppliers[s].annotator_count));
    }
  }

  std::uint32_t task_index(std::uint32_t task) {
    const std::uint32_t index = made_.table.tasks.intern(numbered("t", task, tasks_.size()));
    if (index == made_.truth.size()) {
      made_.truth.push_back(static_cast<domain::ClassCode>(tasks_[task].answer));
      made_.is_trap.push_back(tasks_[task].is_trap);
    }
    return index;
  }

  std::uint32_t annotator_index(std::uint32_t person) {
    const std::uint32_t index = made_.table.annotators.intern(names_[person]);
    if (index == made_.annotators.size()) {
      made_.annotators.push_back({.behaviour = people_[person].behaviour});
      made_.table.supplier_of_annotator.push_back(people_[person].supplier);
      person_of_.push_back(person);
    }
    return index;
  }

  void add_row(const Assignment& one, std::uint32_t answer) {
    const std::uint32_t task = task_index(one.task);
    const std::uint32_t annotator = annotator_index(one.person);
    const SupplierOptions& supplier = options_.suppliers[people_[one.person].supplier];
    domain::LabelTable& table = made_.table;
    table.task.push_back(task);
    table.annotator.push_back(annotator);
    table.questions[0].label.push_back(static_cast<domain::ClassCode>(answer));
    table.price_micros.push_back(std::llround(supplier.price_per_label * 1e6));
    table.time_us.push_back(one.time_us);
    const bool careless = people_[one.person].behaviour != Behaviour::honest;
    const double log_seconds = std::log(supplier.seconds_median) + people_[one.person].slowness +
                               tasks_[one.task].slowness + 0.4 * seconds_.normal() - (careless ? 1.4 : 0.0);
    table.seconds.push_back(static_cast<float>(std::round(10 * std::exp(log_seconds)) / 10));
    AnnotatorTruth& who = made_.annotators[annotator];
    who.label_count += 1;
    who.correct_count += answer == tasks_[one.task].answer ? 1 : 0;
  }

  void fill_people(const std::vector<double>& prior) {
    for (std::uint32_t a = 0; a < person_of_.size(); ++a) {
      const Person& person = people_[person_of_[a]];
      AnnotatorTruth& who = made_.annotators[a];
      who.accuracy = accuracy_of(person, options_, prior);
      if (person.copies >= 0) who.copies = annotator_index(static_cast<std::uint32_t>(person.copies));
      SupplierTruth& supplier = made_.suppliers[person.supplier];
      supplier.label_count += who.label_count;
      supplier.correct_count += who.correct_count;
      supplier.accuracy += static_cast<double>(who.label_count) * who.accuracy;
    }
    for (SupplierTruth& supplier : made_.suppliers)
      supplier.accuracy /= static_cast<double>(std::max<std::size_t>(1, supplier.label_count));
  }

  void fill_gold() {
    Rng rng = Rng(options_.seed).split(kGold);
    for (std::uint32_t t = 0; t < made_.truth.size(); ++t)
      if (rng.uniform() < options_.gold_share) made_.table.questions[0].gold.push_back({t, made_.truth[t]});
  }

  const SimulationOptions& options_;
  const std::vector<Task>& tasks_;
  std::vector<Person>& people_;
  Rng seconds_ = Rng(options_.seed).split(kSeconds);
  std::vector<std::string> names_;
  std::vector<std::uint32_t> person_of_;
  Simulation made_;
};

}  // namespace

Result<Simulation> simulate_labels(const SimulationOptions& options) {
  MIZAN_CHECK_OK(check(options));
  const Rng rng(options.seed);
  std::vector<double> prior = options.class_prior;
  if (prior.empty()) prior.assign(options.class_count, 1 / static_cast<double>(options.class_count));
  const std::vector<Task> tasks = draw_tasks(options, prior, rng.split(kTasks));
  std::vector<Person> people = draw_people(options, prior, rng.split(kPeople));
  const std::vector<Assignment> work = Assigner(options, people, rng.split(kAssignment)).assign();
  const std::vector<std::uint32_t> answers = answer_all(options, tasks, people, work);
  return Builder(options, tasks, people).build(work, answers, prior);
}

}  // namespace mizan::simulation
