#include "mizan/engine/truth/em/em_pass.h"

#include <utility>

#include "mizan/engine/truth/em/fast_em.h"

namespace mizan::truth {

bool is_fused_pass_chosen(const LabelMatrix& labels) {
  const std::size_t cells = labels.annotator_count() * labels.class_count() * labels.class_count();
  return labels.label_count() >= kFusedFromLabels && labels.label_count() / kFusedLabelsPerCell >= cells;
}

EmPass::EmPass(const Evidence& evidence, Run run, const EmPassOptions& options) : evidence_(evidence) {
  if (options.precision == EmPrecision::fast ||
      (options.precision == EmPrecision::automatic && is_fused_pass_chosen(evidence.labels)))
    fast_ = std::make_unique<FastEm>(evidence, options.cpu.value_or(cpu_level()), run);
}
EmPass::~EmPass() = default;

bool EmPass::is_fast() const {
  return fast_ != nullptr;
}

ExpectedCounts EmPass::counts_of_votes(Run run) {
  if (fast_) return fast_->counts_of_votes(run);
  return expected_counts(evidence_, vote_shares(evidence_, run), run);
}

ExpectedCounts EmPass::counts_of(const Table* start, Run run) {
  if (start == nullptr) return counts_of_votes(run);
  return expected_counts(evidence_, starting_posteriors(evidence_, start, run), run);
}

Table EmPass::take_posteriors(const LogConfusion& model, Run run) {
  if (!holds_posteriors_) {
    posterior_ = Table(evidence_.labels.task_count(), evidence_.labels.class_count());
    fill_posteriors(evidence_, model, posterior_, run);
  }
  holds_posteriors_ = false;
  return std::move(posterior_);
}

double EmPass::step(const LogConfusion& model, ExpectedCounts& counts, Run run) {
  holds_posteriors_ = false;
  if (fast_)
    if (const auto log_likelihood = fast_->step(model, counts, run)) return *log_likelihood;
  const LabelMatrix& labels = evidence_.labels;
  if (posterior_.rows != labels.task_count()) posterior_ = Table(labels.task_count(), labels.class_count());
  const double log_likelihood = fill_posteriors(evidence_, model, posterior_, run);
  holds_posteriors_ = true;
  counts = expected_counts(evidence_, posterior_, run);
  return log_likelihood;
}

}  // namespace mizan::truth
