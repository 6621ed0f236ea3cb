#include "mizan/engine/simulation/people.h"

#include <algorithm>
#include <cmath>

namespace mizan::simulation {
namespace {

double logit(double p) {
  const double inside = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(inside / (1 - inside));
}

double sigmoid(double x) {
  return 1 / (1 + std::exp(-x));
}

double draw_skill(Rng& rng, double mean, double spread) {
  if (spread <= 0 || mean <= 0 || mean >= 1) return mean;
  const double size = mean * (1 - mean) / (spread * spread) - 1;
  return size > 0 ? rng.beta(mean * size, (1 - mean) * size) : mean;
}

Behaviour draw_behaviour(const SupplierOptions& supplier, double draw) {
  if (draw < supplier.random_share) return Behaviour::random;
  draw -= supplier.random_share;
  if (draw < supplier.constant_share) return Behaviour::constant;
  draw -= supplier.constant_share;
  return draw < supplier.position_share ? Behaviour::position_bound : Behaviour::honest;
}

Person draw_person(const SimulationOptions& options, std::uint32_t supplier_index,
                   const std::vector<double>& class_prior, Rng& rng) {
  const SupplierOptions& supplier = options.suppliers[supplier_index];
  Person person{.supplier = supplier_index};
  person.favourite = static_cast<std::uint32_t>(rng.categorical(class_prior));
  person.activity = std::exp(supplier.activity_spread * rng.normal());
  person.slowness = 0.35 * rng.normal();
  const double base = logit(draw_skill(rng, supplier.skill_mean, supplier.skill_spread));
  for (std::size_t k = 0; k < options.class_count; ++k)
    person.skill_logit.push_back(base + supplier.class_spread * rng.normal());
  return person;
}

// The shares are met exactly (rounded), not by chance: who asks for two copiers among forty gets two.
void give_behaviours(std::vector<Person>& people, std::size_t first, const SupplierOptions& supplier,
                     Rng& rng) {
  const std::size_t count = people.size() - first;
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = first + i;
  rng.shuffle(order);
  const double spam = supplier.random_share + supplier.constant_share + supplier.position_share;
  const auto spammers = static_cast<std::size_t>(std::lround(spam * static_cast<double>(count)));
  const auto copiers =
      static_cast<std::size_t>(std::lround(supplier.copier_share * static_cast<double>(count)));
  for (std::size_t i = 0; i < std::min(spammers, count); ++i)
    people[order[i]].behaviour =
        draw_behaviour(supplier, spam * (static_cast<double>(i) + 0.5) / static_cast<double>(spammers));
  const std::size_t honest_from = std::min(spammers + copiers, count);
  if (honest_from == count) return;  // nobody left to copy from
  for (std::size_t i = std::min(spammers, count); i < honest_from; ++i)
    people[order[i]].copies = static_cast<std::int64_t>(order[honest_from + rng.below(count - honest_from)]);
}

std::uint32_t wrong_class(std::uint32_t answer, ErrorShape shape, double draw, std::size_t class_count) {
  const auto classes = static_cast<std::uint32_t>(class_count);
  constexpr double kFavouredShare = 0.8;
  const bool favoured = draw < kFavouredShare;
  const double within = favoured ? draw / kFavouredShare : (draw - kFavouredShare) / (1 - kFavouredShare);
  if (shape == ErrorShape::one_rival && favoured) return (answer + 1) % classes;
  if (shape == ErrorShape::neighbours && favoured) {
    if (answer == 0) return 1;
    if (answer + 1 == classes) return answer - 1;
    return within < 0.5 ? answer - 1 : answer + 1;
  }
  const double uniform = shape == ErrorShape::uniform ? draw : within;
  const auto step = static_cast<std::uint32_t>(uniform * static_cast<double>(classes - 1));
  return (answer + 1 + std::min(step, classes - 2)) % classes;
}

}  // namespace

Luck draw_luck(Rng& rng) {
  const double trap = rng.uniform();
  const double error = rng.uniform();
  return {trap, error, rng.uniform()};
}

std::vector<Person> draw_people(const SimulationOptions& options, const std::vector<double>& class_prior,
                                Rng rng) {
  std::vector<Person> people;
  for (std::uint32_t s = 0; s < options.suppliers.size(); ++s) {
    const std::size_t first = people.size();
    for (std::size_t i = 0; i < options.suppliers[s].annotator_count; ++i)
      people.push_back(draw_person(options, s, class_prior, rng));
    give_behaviours(people, first, options.suppliers[s], rng);
  }
  return people;
}

std::uint32_t answer_of(Person& person, const SupplierOptions& supplier, const Task& task, double progress,
                        const Luck& luck, std::size_t class_count) {
  const std::uint32_t turn = person.answered++;
  const auto classes = static_cast<std::uint32_t>(class_count);
  switch (person.behaviour) {
    case Behaviour::random:
      return static_cast<std::uint32_t>(luck.kind * static_cast<double>(classes));
    case Behaviour::constant:
      return person.favourite;
    case Behaviour::position_bound:
      return turn % classes;
    case Behaviour::honest:
      break;
  }
  if (task.is_trap && luck.trap < supplier.trap_pull) return task.trap_answer;
  const double right =
      sigmoid(person.skill_logit[task.answer] + task.difficulty + supplier.drift * (progress - 0.5));
  return luck.error < right ? task.answer
                            : wrong_class(task.answer, supplier.error_shape, luck.kind, class_count);
}

double accuracy_of(const Person& person, const SimulationOptions& options,
                   const std::vector<double>& class_prior) {
  const double equal = 1 / static_cast<double>(options.class_count);
  if (person.behaviour == Behaviour::constant) return class_prior[person.favourite];
  if (person.behaviour != Behaviour::honest) return equal;
  // The mean over the normal difficulty by an even grid over +-4 standard deviations.
  double total = 0;
  double weights = 0;
  for (int step = -40; step <= 40; ++step) {
    const double z = 0.1 * step;
    const double weight = std::exp(-0.5 * z * z);
    weights += weight;
    for (std::size_t k = 0; k < options.class_count; ++k)
      total += weight * class_prior[k] * sigmoid(person.skill_logit[k] + options.difficulty_spread * z);
  }
  return (1 - options.trap_share * options.suppliers[person.supplier].trap_pull) * total / weights;
}

}  // namespace mizan::simulation
