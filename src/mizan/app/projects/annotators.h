// Annotators of a supplier: the people, and models, who answer. Known by pseudonymous ids; who is behind one
// is the supplier's knowledge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizan/app/access/caller.h"
#include "mizan/app/service.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/projects/annotators.h"

namespace mizan::app {

using Annotator = store::AnnotatorRow;

struct CreateAnnotator {
  domain::SupplierId supplier_id;
  std::string contributor_id;  ///< the supplier's own name for this person, without personal data
  std::vector<std::string> languages{};
  std::vector<std::string> domains{};
  std::vector<std::string> teams{};
};
/// @errors invalid_argument; not_found: the supplier; conflict: the supplier has this contributor, named
[[nodiscard]] Result<Annotator> create_annotator(Service& service, const Caller& caller,
                                                 const CreateAnnotator& command);

/// @errors not_found: also for what the caller may not see
[[nodiscard]] Result<Annotator> read_annotator(Service& service, const Caller& caller,
                                               domain::AnnotatorId id);

struct ListAnnotators {
  domain::SupplierId supplier_id;
  domain::AnnotatorId after{};
  std::int64_t limit = 100;
};
/// @errors not_found: the supplier
[[nodiscard]] Result<std::vector<Annotator>> list_annotators(Service& service, const Caller& caller,
                                                             const ListAnnotators& query);

struct UpdateAnnotator {
  domain::AnnotatorId annotator_id;
  std::int64_t version = 0;
  std::optional<std::vector<std::string>> languages{};
  std::optional<std::vector<std::string>> domains{};
  std::optional<std::vector<std::string>> teams{};
};
/// What changes who may work on what lets the annotator look at the whole queue again.
/// @errors not_found, precondition_failed, invalid_argument
[[nodiscard]] Result<Annotator> update_annotator(Service& service, const Caller& caller,
                                                 const UpdateAnnotator& command);

/// A suspended annotator is given nothing new; live assignments are taken back. Suspending again takes back
/// what may have been left.
/// @errors not_found
[[nodiscard]] Result<Annotator> suspend_annotator(Service& service, const Caller& caller,
                                                  domain::AnnotatorId id);
/// @errors not_found
[[nodiscard]] Result<Annotator> resume_annotator(Service& service, const Caller& caller,
                                                 domain::AnnotatorId id);

}  // namespace mizan::app
