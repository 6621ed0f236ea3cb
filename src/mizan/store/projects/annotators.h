// Annotators: the people, and models, of a supplier, by pseudonymous ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/domain/ids.h"
#include "mizan/store/sql/transaction.h"

namespace mizan::store {

struct AnnotatorRow {
  domain::AnnotatorId annotator_id;
  domain::SupplierId supplier_id;
  std::string contributor_id;                     ///< the supplier's own name for this person
  std::optional<domain::AccountId> account_id{};  ///< nobody = works in the supplier's own system
  std::string name{};                             ///< of the account, read only; not for everybody to know
  std::string state;                              ///< active | suspended
  std::vector<std::string> languages{};           ///< empty = any
  std::vector<std::string> domains{};             ///< empty = any
  std::vector<std::string> teams{};               ///< sorted
  Instant created_at;
  std::int64_t version = 1;
};

/// @out false: the supplier has this contributor already, or the account is another annotator's, and nothing
///      was done. Twice with the same row is once.
[[nodiscard]] Result<bool> insert_annotator(Transaction& tx, const AnnotatorRow& row);
[[nodiscard]] Result<std::optional<AnnotatorRow>> find_annotator(Transaction& tx, domain::AnnotatorId id);
[[nodiscard]] Result<std::optional<AnnotatorRow>> find_annotator_of_account(Transaction& tx,
                                                                            domain::AccountId account_id);
[[nodiscard]] Result<std::optional<AnnotatorRow>> find_contributor(Transaction& tx,
                                                                   domain::SupplierId supplier_id,
                                                                   std::string_view contributor_id);

struct AnnotatorPage {
  domain::SupplierId supplier_id;
  domain::AnnotatorId after{};
  std::int64_t limit = 100;
};
/// The next annotators of a supplier, by id.
[[nodiscard]] Result<std::vector<AnnotatorRow>> annotators_of_supplier(Transaction& tx,
                                                                       const AnnotatorPage& page);
/// Writes account, state, languages, domains and teams over the row whose version is row.version, and raises
/// the version.
/// @out false: the row has another version by now
/// @errors conflict: the account is another annotator's
[[nodiscard]] Result<bool> update_annotator(Transaction& tx, const AnnotatorRow& row);

}  // namespace mizan::store
