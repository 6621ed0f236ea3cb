#include "mizan/app/quality/annotator_quality.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "mizan/app/quality/project_report.h"
#include "mizan/app/quality/weighed_question.h"
#include "mizan/store/work/annotations.h"

namespace mizan::app {
namespace {

constexpr std::size_t kLabelsOfPeriod = 25;
constexpr std::size_t kMostPeriods = 12;

struct Stretch {
  std::size_t first;  // places of labels
  std::size_t last;
};

// The annotator's labels, oldest first, cut into stretches of equal length; each is weighed as a person of
// its own beside everybody else.
Result<std::vector<QualityPeriod>> weigh_periods(const WeighedQuestion& weighed, std::uint32_t annotator,
                                                 std::vector<Stretch>& stretches) {
  const ScorecardLabels& labels = weighed.labels;
  std::vector<std::size_t> own;
  for (const std::size_t row : weighed.by_time)
    if (labels.rows[row].annotator == annotator) own.push_back(row);
  const std::size_t count = std::clamp<std::size_t>(own.size() / kLabelsOfPeriod, 1, kMostPeriods);
  const auto people = static_cast<std::uint32_t>(labels.annotators.size());
  std::vector<std::uint32_t> group(labels.rows.size());
  for (std::size_t row = 0; row < group.size(); ++row) group[row] = labels.rows[row].annotator;
  stretches.assign(count, {});
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::size_t period = i * count / own.size();
    if (period > 0) group[own[i]] = people + static_cast<std::uint32_t>(period) - 1;
    if (i == 0 || (i - 1) * count / own.size() != period) stretches[period].first = own[i];
    stretches[period].last = own[i];
  }
  std::vector<std::uint32_t> supplier_of = labels.supplier_of;
  supplier_of.resize(people + count - 1, labels.supplier_of[annotator]);
  std::vector<std::size_t> rows(labels.rows.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  MIZAN_TRY(const auto report,
            weigh_groups(weighed, {.rows = rows, .group_of_row = group, .supplier_of_group = supplier_of}));
  std::vector<QualityPeriod> periods;
  for (std::size_t p = 0; p < count; ++p)
    periods.push_back(
        {.from = {}, .to = {}, .accuracy = report.annotators[p == 0 ? annotator : people + p - 1]});
  return periods;
}

Result<void> date_periods(store::Transaction& tx, const ReadAnnotatorQuality& query,
                          const ScorecardLabels& labels, const std::vector<Stretch>& stretches,
                          std::vector<QualityPeriod>& periods) {
  for (std::size_t p = 0; p < periods.size(); ++p) {
    MIZAN_TRY(const auto first,
              store::find_annotation(tx, query.project, {labels.annotation[stretches[p].first]}));
    MIZAN_TRY(const auto last,
              store::find_annotation(tx, query.project, {labels.annotation[stretches[p].last]}));
    if (first) periods[p].from = first->submitted_at;
    if (last) periods[p].to = last->submitted_at;
  }
  return {};
}

// What the project's report says of this annotator.
void add_report(const ProjectReport& report, const rules::Grant& grant, AnnotatorQuality& quality) {
  const auto place = std::find(report.annotators.begin(), report.annotators.end(), quality.annotator);
  if (place == report.annotators.end()) return;
  const std::string& name =
      report.annotator_names[static_cast<std::size_t>(place - report.annotators.begin())];
  quality.contributor_id = name;
  for (const QuestionReport& question : report.report.questions) {
    if (question.name != quality.question) continue;
    quality.classes = question.classes;
    for (const AnnotatorReport& each : question.annotators) {
      if (each.annotator != name) {
        if (each.seconds_median) quality.others_seconds.push_back(*each.seconds_median);
        continue;
      }
      quality.confusion = each.confusion;
      quality.agreement = each.agreement_with_consensus;
      const auto same = static_cast<std::uint64_t>(
          std::llround(each.agreement_with_consensus * static_cast<double>(each.label_count)));
      quality.agreement_interval = ::mizan::supplier::wilson(same, each.label_count);
      quality.seconds_median = each.seconds_median;
      quality.flags = each.flags;
    }
    if (grant.reach != rules::Reach::all) continue;
    for (const CopiedPairReport& pair : question.copied_pairs)
      if (pair.annotator_a == name || pair.annotator_b == name) quality.copied_pairs.push_back(pair);
  }
  if (grant.reach != rules::Reach::all) quality.others_seconds.clear();
  std::sort(quality.others_seconds.begin(), quality.others_seconds.end());
}

}  // namespace

Result<AnnotatorQuality> read_annotator_quality(Service& service, const Caller& caller,
                                                const ReadAnnotatorQuality& query) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::read_scorecards, rules::at(query.project)));
  MIZAN_TRY(const auto weighed, weigh_question(service, query.project, query.question));
  const ScorecardLabels& labels = weighed->labels;
  const auto place = std::find(labels.annotators.begin(), labels.annotators.end(), query.annotator);
  const auto annotator = static_cast<std::uint32_t>(place - labels.annotators.begin());
  if (place == labels.annotators.end() || !grant.covers(labels.suppliers[labels.supplier_of[annotator]]))
    return fail(ErrorCode::not_found, "there are no labels of this annotator", "annotator_id");
  AnnotatorQuality quality{.question = weighed->question,
                           .annotator = query.annotator,
                           .supplier = labels.suppliers[labels.supplier_of[annotator]],
                           .accuracy = weighed->report.annotators[annotator]};
  std::vector<Stretch> stretches;
  MIZAN_TRY(quality.periods, weigh_periods(*weighed, annotator, stretches));
  MIZAN_CHECK_OK(service.database().read(
      [&](store::Transaction& tx) { return date_periods(tx, query, labels, stretches, quality.periods); }));
  MIZAN_TRY(const auto report, make_project_report(service, query.project));
  add_report(*report, grant, quality);
  return quality;
}

}  // namespace mizan::app
