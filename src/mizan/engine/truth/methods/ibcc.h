// IBCC: independent Bayesian combination of classifiers: Dawid–Skene with Dirichlet beliefs about every
// annotator's confusion matrix. The model behind live posteriors, intervals and new annotators.
//
// Two forms of the same model: `map` takes the mean of each belief as the parameter (as accurate, less
// overconfident), `variational` takes exp(E[log]) and climbs an exact free energy. The belief about an
// annotator before the first label comes from the annotator's supplier, the supplier's from everybody,
// everybody's from (4 right, 1 for each wrong answer). Pure; thread-safe; the same result for any number of
// threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mizan/base/result.h"
#include "mizan/engine/truth/methods/confusion_prior.h"
#include "mizan/engine/truth/truth.h"

namespace mizan::truth {

enum class IbccForm : std::uint8_t { map, variational };

enum class IbccClassPrior : std::uint8_t {
  empirical,  ///< pseudo-counts = the votes of each class: keeps sparse labels from collapsing into one class
  flat,       ///< `flat_class_count` for each class
};

struct IbccOptions {
  IbccForm form = IbccForm::map;
  IbccClassPrior class_prior = IbccClassPrior::empirical;
  double flat_class_count = 1;
  double diagonal = 4;      ///< pseudo-count of the right answer at the top level
  double off_diagonal = 1;  ///< pseudo-count of each wrong answer at the top level
  int max_steps = 500;      ///< of each of the rounds below
  double tolerance = 1e-3;  ///< settled when no probability of any task moves more than this
  /// How often the priors of everybody and of suppliers are fitted to the annotators; 0 = (diagonal,
  /// off_diagonal) for all.
  int prior_rounds = 2;
  double prior_strength = 10;  ///< annotators that the pull of each level to the one above is worth
  /// Tasks with fewer labels (and no gold) teach the priors nothing: their answers are mostly the labels
  /// themselves, and annotators would look perfect.
  std::size_t prior_min_labels = 3;
  std::span<const std::uint32_t> supplier_of_annotator{};  ///< [W] or empty = no suppliers
  std::size_t supplier_count = 0;
};

/// A fitted model. `belief.confusion` are posterior means; `belief.skill` is mean accuracy under the class
/// prior; `belief.objective` is the free energy (variational) or the log posterior density (map,
/// unnormalised), and the trace is that of the last round, in which the priors were fixed: it never falls.
struct IbccModel {
  Belief belief;
  /// [W,K,K] Dirichlet posterior of P(label | right answer), row = right answer: prior plus expected counts.
  std::vector<double> pseudo_count;
  std::vector<double> class_pseudo_count;  ///< [K] Dirichlet posterior of the class shares
  ConfusionPrior everybody;
  std::vector<ConfusionPrior> suppliers;  ///< [supplier_count]
};

/// @errors invalid_argument: pseudo-counts that are not positive, suppliers that do not fit; cancelled
/// @cost   O(rounds * steps * (labels * K + W*K^2)) time, O(I*K + blocks*W*K^2) memory
/// @source Kim & Ghahramani 2012; Simpson et al. 2013; the empirical class prior: Li, Rubinstein & Cohn 2019
[[nodiscard]] Result<IbccModel> fit_ibcc(const Evidence& evidence, const IbccOptions& options, Run run);

/// The belief of `fit_ibcc` alone.
[[nodiscard]] Result<Belief> ibcc(const Evidence& evidence, const IbccOptions& options, Run run);

/// What is believed of an annotator who has not labelled yet.
struct NewAnnotator {
  double accuracy;                   ///< mean accuracy on the class mix of the project
  double deviation;                  ///< standard deviation of that accuracy over such annotators
  std::vector<double> pseudo_count;  ///< [K,K]
};

/// @in supplier  index of a supplier, or nothing for an annotator of a supplier that is not known
[[nodiscard]] NewAnnotator new_annotator(const IbccModel& model, std::optional<std::uint32_t> supplier);

}  // namespace mizan::truth
