#include "mizan/app/quality/scorecards.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mizan/app/quality/weighed_question.h"
#include "mizan/store/projects/project_suppliers.h"

namespace mizan::app {
namespace {

using ::mizan::supplier::Accuracy;

constexpr std::size_t kLeastForDrift = 40;  // labels
constexpr double kSureOfDrift = 3;          // standard errors: many annotators are looked at
constexpr double kMuchSentBack = 0.2;       // of the annotations that were reviewed
constexpr std::int64_t kLeastReviewed = 10;

struct Facts {
  std::vector<store::WorkFigures> figures;
  std::vector<store::ProjectSupplierRow> prices;
};

Result<Facts> read_facts(store::Transaction& tx, domain::ProjectId project) {
  Facts facts;
  MIZAN_TRY(facts.figures, store::work_figures(tx, project));
  MIZAN_TRY(facts.prices, store::suppliers_of_project(tx, project));
  return facts;
}

// `rows`: places of labels, oldest first.
std::optional<DriftHint> drift_of(const ScorecardLabels& labels, const truth::Table& posterior,
                                  const std::vector<std::size_t>& rows) {
  if (rows.size() < kLeastForDrift) return std::nullopt;
  const std::size_t half = rows.size() / 2;
  double sum[2] = {0, 0};
  double squares[2] = {0, 0};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const truth::LabelRow& row = labels.rows[rows[i]];
    const double right = posterior.row(row.task)[row.label];
    sum[i >= half ? 1 : 0] += right;
    squares[i >= half ? 1 : 0] += right * right;
  }
  const double counts[2] = {static_cast<double>(half), static_cast<double>(rows.size() - half)};
  double variance = 1e-12;
  for (int part = 0; part < 2; ++part) {
    const double mean = sum[part] / counts[part];
    variance += std::max(0.0, squares[part] / counts[part] - mean * mean) / counts[part];
  }
  const double change = sum[1] / counts[1] - sum[0] / counts[0];
  return DriftHint{change, change / std::sqrt(variance)};
}

void add_figures(const store::WorkFigures& more, store::WorkFigures& sum) {
  const auto mean = [&](const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return a ? a : b;
    const auto m = static_cast<double>(sum.annotation_count);
    const auto n = static_cast<double>(more.annotation_count);
    return std::optional((*a * m + *b * n) / (m + n));
  };
  sum.mean_duration_us = mean(sum.mean_duration_us, more.mean_duration_us);
  sum.mean_price_micros = mean(sum.mean_price_micros, more.mean_price_micros);
  sum.annotation_count += more.annotation_count;
  sum.reviewed_count += more.reviewed_count;
  sum.sent_back_count += more.sent_back_count;
}

void add_cost(const Facts& facts, Scorecard& card) {
  bool is_priced = card.figures.mean_price_micros.has_value();
  double price = card.figures.mean_price_micros.value_or(0);
  for (const store::ProjectSupplierRow& row : facts.prices) {
    if (row.supplier_id != card.supplier) continue;
    card.currency = row.currency;
    if (is_priced || !row.price_micros) continue;
    is_priced = true;
    price = static_cast<double>(*row.price_micros);
  }
  if (!is_priced) return;
  const auto count = static_cast<double>(card.figures.annotation_count);
  card.cost = {.cost = price * count / 1e6,
               .price_per_label = price / 1e6,
               .row_count = static_cast<std::size_t>(card.figures.annotation_count),
               .priced_row_count = static_cast<std::size_t>(card.figures.annotation_count)};
  // What was sent back was paid for and is not kept.
  ::mizan::supplier::Cost kept = card.cost;
  if (card.figures.reviewed_count > 0)
    kept.price_per_label /= std::max(1e-9, 1 - static_cast<double>(card.figures.sent_back_count) /
                                                   static_cast<double>(card.figures.reviewed_count));
  card.cost_per_accepted_correct = ::mizan::supplier::cost_per_correct(kept, card.accuracy);
}

void add_flags(std::size_t class_count, Scorecard& card) {
  if (card.drift && card.drift->z < -kSureOfDrift) card.flags.emplace_back("getting_worse");
  if (card.figures.reviewed_count >= kLeastReviewed &&
      static_cast<double>(card.figures.sent_back_count) >
          kMuchSentBack * static_cast<double>(card.figures.reviewed_count))
    card.flags.emplace_back("much_sent_back");
  if (card.accuracy.interval.high < 1 / static_cast<double>(class_count))
    card.flags.emplace_back("below_chance");
}

Scorecards make_cards(const Facts& facts, const WeighedQuestion& weighed) {
  const ScorecardLabels& labels = weighed.labels;
  std::vector<std::vector<std::size_t>> of_annotator(labels.annotators.size());
  std::vector<std::vector<std::size_t>> of_supplier(labels.suppliers.size());
  for (const std::size_t row : weighed.by_time) {
    of_annotator[labels.rows[row].annotator].push_back(row);
    of_supplier[labels.supplier_of[labels.rows[row].annotator]].push_back(row);
  }
  const auto finish = [&](Scorecard& card, const std::vector<std::size_t>& rows) {
    add_cost(facts, card);
    card.drift = drift_of(labels, weighed.posterior, rows);
    add_flags(labels.class_count, card);
  };
  Scorecards cards{.question = weighed.question};
  for (std::size_t s = 0; s < labels.suppliers.size(); ++s) {
    Scorecard card{.supplier = labels.suppliers[s], .accuracy = weighed.report.suppliers[s]};
    for (const store::WorkFigures& each : facts.figures)
      if (each.supplier == card.supplier) add_figures(each, card.figures);
    for (std::size_t w = 0; w < labels.annotators.size(); ++w) {
      if (labels.supplier_of[w] != s) continue;
      card.moved_label_count += weighed.moves[w].moved_count;
      card.moved_right_label_count += weighed.moves[w].moved_right_count;
    }
    finish(card, of_supplier[s]);
    cards.suppliers.push_back(std::move(card));
  }
  for (std::size_t w = 0; w < labels.annotators.size(); ++w) {
    Scorecard card{.supplier = labels.suppliers[labels.supplier_of[w]],
                   .annotator = labels.annotators[w],
                   .accuracy = weighed.report.annotators[w],
                   .moved_label_count = weighed.moves[w].moved_count,
                   .moved_right_label_count = weighed.moves[w].moved_right_count};
    for (const store::WorkFigures& each : facts.figures)
      if (each.annotator == card.annotator && each.supplier == card.supplier) card.figures = each;
    finish(card, of_annotator[w]);
    cards.annotators.push_back(std::move(card));
  }
  for (const auto& pair : weighed.report.pairs)
    cards.pairs.push_back({labels.suppliers[pair.supplier_a], labels.suppliers[pair.supplier_b], pair,
                           ::mizan::supplier::until_known(pair)});
  return cards;
}

// A supplier's people see its own rows, and no comparison with others.
std::shared_ptr<const Scorecards> visible(const std::shared_ptr<const Scorecards>& cards,
                                          const rules::Grant& grant) {
  if (grant.reach == rules::Reach::all) return cards;
  auto own = std::make_shared<Scorecards>(Scorecards{.question = cards->question});
  for (const Scorecard& card : cards->suppliers)
    if (grant.covers(card.supplier)) own->suppliers.push_back(card);
  for (const Scorecard& card : cards->annotators)
    if (grant.covers(card.supplier)) own->annotators.push_back(card);
  return own;
}

}  // namespace

Result<std::shared_ptr<const Scorecards>> read_scorecards(Service& service, const Caller& caller,
                                                          domain::ProjectId project,
                                                          const std::string& question) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_scorecards, rules::at(project)));
  MIZAN_TRY(const auto weighed, weigh_question(service, project, question));
  MIZAN_TRY(const Facts facts,
            service.database().read([&](store::Transaction& tx) { return read_facts(tx, project); }));
  return visible(std::make_shared<const Scorecards>(make_cards(facts, *weighed)), grant);
}

}  // namespace mizan::app
