#include "mizan/app/work/whom.h"

#include <vector>

#include "mizan/store/projects/annotators.h"

namespace mizan::app {
namespace {

tl::unexpected<Error> nobody() {
  return fail(ErrorCode::forbidden, "this account is no annotator", {},
              "sign in as an annotator, or name a contributor_id of your supplier");
}

Result<domain::AnnotatorId> find_own_contributor(store::Transaction& tx, const rules::Grant& grant,
                                                 const std::string& contributor_id) {
  for (const domain::SupplierId supplier : grant.suppliers) {
    MIZAN_TRY(const auto found, store::find_contributor(tx, supplier, contributor_id));
    if (found) return found->annotator_id;
  }
  return fail(ErrorCode::not_found, "the supplier has no contributor \"" + contributor_id + "\"",
              "/contributor_id", "register the contributor as an annotator first");
}

}  // namespace

rules::Grant grant_at(const Caller& caller, rules::Action action, const rules::Scope& place) {
  std::vector<rules::Membership> covering;
  for (const rules::Membership& held : caller.memberships)
    if (rules::covers(held.scope, place)) covering.push_back(held);
  return rules::allowed(covering, action, place);
}

bool may_touch(const Caller& caller, const rules::Grant& grant, domain::SupplierId supplier,
               domain::AnnotatorId annotator) {
  if (grant.reach == rules::Reach::none) return false;
  if (caller.annotator == annotator) return true;
  return grant.reach != rules::Reach::mine && grant.covers(supplier);
}

Result<domain::AnnotatorId> find_whom(store::Transaction& tx, const Caller& caller, const rules::Grant& grant,
                                      const Whom& whom) {
  if (!whom.contributor_id.empty()) {
    if (grant.reach == rules::Reach::mine) return nobody();
    return find_own_contributor(tx, grant, whom.contributor_id);
  }
  if (!whom.annotator) {
    if (!caller.annotator) return nobody();
    return *caller.annotator;
  }
  if (caller.annotator == whom.annotator) return *whom.annotator;
  MIZAN_TRY(const auto row, store::find_annotator(tx, *whom.annotator));
  if (!row || !may_touch(caller, grant, row->supplier_id, row->annotator_id))
    return fail(ErrorCode::not_found, "there is no such annotator of this supplier");
  return row->annotator_id;
}

}  // namespace mizan::app
